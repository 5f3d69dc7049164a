"""What PostgreSQL's search reads: names and texts together. Wagtail has an index for each of the two, which serves
neither `title || body` nor any part of it, so every search read the whole table (docs/performance.md)."""

from django.db import migrations


INDEX = "portal_search_names_and_texts"


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {INDEX} ON wagtailsearch_indexentry USING gin ((title || body))")


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP INDEX {INDEX}")


class Migration(migrations.Migration):
    dependencies = [("core", "0006_page_indexes"), ("wagtailsearch", "0010_add_text_fields")]

    operations = [migrations.RunPython(create, drop)]
