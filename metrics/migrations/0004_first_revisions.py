"""Figures that are there already are published: each gets a first revision, as what is published from now on has one.

When a figure without a revision was published is not on record, so its times stay empty.
"""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.db import migrations
from modelcluster.models import get_serializable_data_for_fields

from core.languages import TARGETS


SUFFIXES = tuple(f"_{code.replace('-', '_')}" for code in TARGETS)  # columns of translations: no revision holds them


def give_first_revisions(apps, schema_editor):
    observation_model = apps.get_model("metrics", "Observation")
    rows = observation_model.objects.using(schema_editor.connection.alias)
    if not rows.exists():
        return
    kind = _kind(apps, schema_editor)
    for observation in rows.filter(live_revision=None).iterator():
        recorded = observation.latest_revision
        observation.latest_revision = recorded or _revision(apps, schema_editor, observation, kind)
        observation.live_revision = observation.latest_revision
        if recorded:
            observation.first_published_at = recorded.created_at
            observation.last_published_at = recorded.created_at
        observation.save(
            update_fields=["latest_revision", "live_revision", "first_published_at", "last_published_at"]
        )


def _kind(apps, schema_editor):
    kinds = apps.get_model("contenttypes", "ContentType").objects.using(schema_editor.connection.alias)
    return kinds.get_or_create(app_label="metrics", model="observation")[0]


def _revision(apps, schema_editor, observation, kind):
    from django.utils import timezone

    data = get_serializable_data_for_fields(observation)
    content = {name: value for name, value in data.items() if not name.endswith(SUFFIXES)}
    return apps.get_model("wagtailcore", "Revision").objects.using(schema_editor.connection.alias).create(
        content_type=kind,
        base_content_type=kind,
        object_id=str(observation.pk),
        created_at=timezone.now(),
        object_str=observation.key,
        content=json.loads(json.dumps(content, cls=DjangoJSONEncoder)),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("metrics", "0003_observation_drafts"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(give_first_revisions, migrations.RunPython.noop)]
