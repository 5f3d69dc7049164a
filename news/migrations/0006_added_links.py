"""What editors add to a story by hand gets tables of its own; the rows of before, which readers see, stay as they are.

Revisions keep what they hold: `news.models.links.with_added_links` reads those of before. On the way back they are
given the names of before, which is all that the code of before reads.
"""

import uuid

import modelcluster.fields
from django.db import migrations, models


NAMES = {"school": "school_links", "programme": "programme_links", "observation": "observation_links"}
TARGETS = {
    "school": ("schools.schoolpage", "school"),
    "programme": ("news.programmepage", "programme"),
    "observation": ("metrics.observation", "figure"),
}
HASHES = uuid.UUID("bdc70d8b-e7a2-4c2a-bf43-2a3e3fcbbe86")  # Wagtail's, of paths in its reference index


def added(name):
    return f"added_{name}s"


def divide(apps, schema_editor):
    for name, links in NAMES.items():
        linked = apps.get_model("news", f"Story{name.title()}").objects.filter(origin="editor").order_by("pk")
        keys = copy(linked, apps.get_model("news", f"Added{name.title()}"), name)
        move_references(apps, (links, added(name)), name, keys)


def unite(apps, schema_editor):
    keys = {}
    for name, links in NAMES.items():
        model = apps.get_model("news", f"Story{name.title()}")
        model.objects.filter(origin="editor").delete()
        rows = apps.get_model("news", f"Added{name.title()}").objects.order_by("pk")
        keys[name] = copy(rows, model, name, origin="editor")
        move_references(apps, (added(name), links), name, keys[name])
    name_in_revisions(apps, keys)


def copy(rows, model, name, **values):
    """{key of a row: key of its copy}"""
    rows = list(rows)
    copies = [
        model(story_id=row.story_id, sort_order=row.sort_order, **{f"{name}_id": getattr(row, f"{name}_id")}, **values)
        for row in rows
    ]
    model.objects.bulk_create(copies, batch_size=1000)
    return {row.pk: made.pk for row, made in zip(rows, copies)}


def kind_of_stories(apps):
    return apps.get_model("contenttypes", "ContentType").objects.filter(app_label="news", model="storypage").first()


def move_references(apps, names, name, keys):
    """What a copied row refers to is found at its copy; the body itself refers to what the other rows were made from."""
    before, after = names
    references = apps.get_model("wagtailcore", "ReferenceIndex").objects.filter(
        content_type=kind_of_stories(apps), model_path=f"{before}.item.{name}"
    )
    moved = []
    for reference in references:
        key = reference.content_path.split(".")[1]
        if key.isdecimal() and int(key) in keys:
            reference.model_path = f"{after}.item.{name}"
            reference.content_path = f"{after}.{keys[int(key)]}.{name}"
            reference.content_path_hash = uuid.uuid5(HASHES, reference.content_path)
            moved.append(reference)
    fields = ["model_path", "content_path", "content_path_hash"]
    references.model.objects.bulk_update(moved, fields, batch_size=500)
    references.delete()  # those that have not been moved


def name_in_revisions(apps, keys):
    revisions = apps.get_model("wagtailcore", "Revision").objects.filter(
        content_type=kind_of_stories(apps), content__has_any_keys=[added(name) for name in NAMES]
    )
    for revision in revisions.iterator():
        for name, links in NAMES.items():
            rows = revision.content.pop(added(name), [])
            revision.content[links] = [
                row | {"pk": keys[name].get(row["pk"]), "origin": "editor"} for row in rows
            ]
        revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ("contenttypes", "0002_remove_content_type_name"),
        ("metrics", "0004_first_revisions"),
        ("news", "0005_front_page_blocks"),
        ("schools", "0001_initial"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(  # nothing changes in the tables
            state_operations=[
                migrations.AlterField(
                    f"story{name}",
                    "story",
                    models.ForeignKey("news.storypage", models.CASCADE, related_name=links),
                )
                for name, links in NAMES.items()
            ]
        ),
        *(
            migrations.CreateModel(
                f"Added{name.title()}",
                [
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("sort_order", models.IntegerField(blank=True, editable=False, null=True)),
                    (
                        "story",
                        modelcluster.fields.ParentalKey(
                            to="news.storypage", on_delete=models.CASCADE, related_name=added(name)
                        ),
                    ),
                    (
                        name,
                        models.ForeignKey(
                            target, models.CASCADE, related_name="+", verbose_name=verbose_name
                        ),
                    ),
                ],
                {
                    "ordering": ["sort_order"],
                    "abstract": False,
                    "constraints": [models.UniqueConstraint(fields=("story", name), name=f"added_{name}_once")],
                },
            )
            for name, (target, verbose_name) in TARGETS.items()
        ),
        migrations.RunPython(divide, unite),
    ]
