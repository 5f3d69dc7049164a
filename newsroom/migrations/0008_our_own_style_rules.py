"""The rules of house style that the portal begins with (newsroom/style/data/rules.csv). Editors change and delete them as their
own: nothing brings them back."""

import csv
from pathlib import Path

from django.db import migrations


RULES = Path(__file__).resolve().parent.parent / "style" / "data" / "rules.csv"


def add(apps, _schema_editor):
    rule = apps.get_model("newsroom", "StyleRule")
    with RULES.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    rule.objects.bulk_create(
        [rule(**{**row, "is_active": row["is_active"] == "true"}) for row in rows], ignore_conflicts=True
    )


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0007_style_rules")]

    operations = [migrations.RunPython(add, migrations.RunPython.noop)]
