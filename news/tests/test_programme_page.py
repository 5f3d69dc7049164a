"""What the page of a programme lists: as it is published, and as a draft of it will be."""

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from metrics.tests.factories import make_observation
from news.models.programmes import ProgrammeRelated, ProgrammeSchool
from schools.tests.factories import make_school

from .factories import make_programme, publish


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def listed(context):
    return {name: [each.pk for each in context[name]] for name in ("schools", "related", "observations")}


def test_a_draft_lists_what_it_links_to_and_the_live_page_what_was_published(client):
    school, later, other = make_school(), make_school(), make_programme()
    observation = make_observation()
    programme = make_programme()
    programme.school_links = [ProgrammeSchool(school=school)]
    publish(programme)
    programme.school_links = [ProgrammeSchool(school=later)]
    programme.related_links = [ProgrammeRelated(related=other)]
    programme.metrics = [observation.metric]
    programme.save_revision()

    live = Client().get(programme.url).context
    assert listed(live) == {"schools": [school.pk], "related": [], "observations": []}

    client.force_login(User.objects.create_superuser("admin"))
    draft = client.get(reverse("wagtailadmin_pages:view_draft", args=[programme.pk])).context
    assert listed(draft) == {"schools": [later.pk], "related": [other.pk], "observations": [observation.pk]}
