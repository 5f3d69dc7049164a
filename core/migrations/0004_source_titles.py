"""Give the pages that Wagtail's own migrations made a title in the source language's column (D5)."""

from django.db import migrations
from django.db.models import F


def fill_source_titles(apps, schema_editor):
    BasePage = apps.get_model("core", "BasePage")
    BasePage.objects.filter(title_zh_hans__isnull=True).update(title_zh_hans=F("title"))


class Migration(migrations.Migration):
    dependencies = [("core", "0003_finalize_page_model")]

    operations = [migrations.RunPython(fill_source_titles, migrations.RunPython.noop)]
