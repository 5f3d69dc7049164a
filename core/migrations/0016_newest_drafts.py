"""The order of the admin's lists of pages: the last edited first, those that nobody has edited last. As SQLite sorts so anyway
and takes no such words in an index, each database has its own statement."""

from django.db import migrations


ORDER = {"postgresql": "latest_revision_created_at DESC NULLS LAST", "sqlite": "latest_revision_created_at"}


def create(apps, schema_editor):
    order = ORDER[schema_editor.connection.vendor]
    schema_editor.execute(f"CREATE INDEX page_last_edited ON core_basepage (depth, {order})")


def drop(apps, schema_editor):
    schema_editor.execute("DROP INDEX page_last_edited")


class Migration(migrations.Migration):
    dependencies = [("core", "0015_last_published")]

    operations = [migrations.RunPython(create, drop)]
