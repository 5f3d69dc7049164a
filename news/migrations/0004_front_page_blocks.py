"""The front page is composed of blocks: its lead story and its key figures become two of them.

In between the columns are plain JSON, since a ContentField without its blocks would drop what it does not know.
"""

from django.db import migrations, models


CODES = ["zh_hans", "zh_hant", "en", "fr", "es", "ru", "ar", "ja", "ko"]  # those there were then
COLUMNS = [f"body_{code}" for code in CODES]


def composed(figures, lead):
    """The stored form of the old figures, between the other parts of a front page."""
    return [
        {"type": "lead", "value": {"story": lead, "beside": 7}, "id": "front-lead"},
        *(figures or []),
        {"type": "schools", "value": {"heading": "", "schools": []}, "id": "front-schools"},
        {"type": "programmes", "value": {"heading": "", "programmes": []}, "id": "front-programmes"},
    ]


def compose(apps, schema_editor):
    import json

    HomePage = apps.get_model("news", "HomePage")
    Revision = apps.get_model("wagtailcore", "Revision")
    for home in HomePage.objects.all():
        for name in COLUMNS:
            value = getattr(home, name)
            if value:
                setattr(home, name, composed(value, home.lead_story_id))
        home.body = home.body_zh_hans
        home.save()
        for revision in Revision.objects.filter(object_id=str(home.pk), content_type__model="homepage"):
            content = revision.content
            figures = json.loads(content.pop("figures", None) or "[]")
            content["body"] = json.dumps(composed(figures, content.pop("lead_story", None)))
            revision.save(update_fields=["content"])


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0003_programme_dates"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [
        *(migrations.RenameField("homepage", name.replace("body", "figures"), name) for name in ["body", *COLUMNS]),
        *(
            migrations.AlterField("homepage", name, models.JSONField(blank=True, null=name != "body"))
            for name in ["body", *COLUMNS]
        ),
        migrations.RunPython(compose, migrations.RunPython.noop),
    ]
