from django.conf import settings
from django.db import migrations

import core.fields


CODES = [code.replace("-", "_") for code, _name in settings.LANGUAGES]


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0004_front_page_blocks"),
    ]

    operations = [
        migrations.AlterField(
            "homepage", "body", core.fields.ContentField([], blank=True, verbose_name="front page")
        ),
        *(
            migrations.AlterField(
                "homepage", f"body_{code}", core.fields.ContentField([], blank=True, null=True, verbose_name="front page")
            )
            for code in CODES
        ),
        migrations.RemoveField("homepage", "lead_story"),
    ]
