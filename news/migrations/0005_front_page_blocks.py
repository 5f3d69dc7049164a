from django.db import migrations

import core.fields


CODES = ["zh_hans", "zh_hant", "en", "fr", "es", "ru", "ar", "ja", "ko"]  # those there were then


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
