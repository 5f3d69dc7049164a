"""What is live gets a row beside its entry in the search index, and its kind as one more word of the entry, as if it had
been indexed again (docs/adr/0019-search-rows.md). Statements of the database's own: there may be 100,000 of them."""

import django.db.models.deletion
from django.db import migrations, models


KIND = "\u16f1"  # as core.searching.marks has it
OF_ROWS = "FROM core_searchrow row WHERE row.entry_id = wagtailsearch_indexentry.id"
LIVE = """FROM wagtailsearch_indexentry entry
    JOIN django_content_type kind ON kind.id = entry.content_type_id
    LEFT JOIN core_basepage page
        ON page.content_type_id = entry.content_type_id AND CAST(page.id AS varchar(50)) = entry.object_id
    WHERE COALESCE(page.live, {true}) AND {is_number}"""
SAID = {
    "postgresql": {
        "live": {"true": "true", "is_number": r"entry.object_id ~ '^\d{1,18}$'"},
        "with": f"title || to_tsvector('simple', '{KIND}' || row.kind)",
        "without": f"ts_delete(title, '{KIND}' || row.kind)",
    },
    "sqlite": {
        "live": {"true": "1", "is_number": "entry.object_id NOT GLOB '*[^0-9]*'"},
        "with": f"title || ' {KIND}' || row.kind",
        "without": f"replace(title, ' {KIND}' || row.kind, '')",
    },
}


def set_names(schema_editor, value):
    schema_editor.execute(f"UPDATE wagtailsearch_indexentry SET title = {value} {OF_ROWS}")  # noqa: S608 (see above)


def fill(apps, schema_editor):
    said = SAID[schema_editor.connection.vendor]
    schema_editor.execute(
        "INSERT INTO core_searchrow (entry_id, kind, object_pk, published)"
        " SELECT entry.id, kind.model, CAST(entry.object_id AS bigint), page.first_published_at "
        + LIVE.format(**said["live"])
    )
    set_names(schema_editor, said["with"])


def empty(apps, schema_editor):
    set_names(schema_editor, SAID[schema_editor.connection.vendor]["without"])


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0013_content_stamp"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailsearch", "0010_add_text_fields"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchRow",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_row",
                        serialize=False,
                        to="wagtailsearch.indexentry",
                    ),
                ),
                ("kind", models.CharField(max_length=100)),
                ("object_pk", models.BigIntegerField()),
                ("published", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["kind", "published", "object_pk"], name="search_row_newest")],
            },
        ),
        migrations.RunPython(fill, empty),
    ]
