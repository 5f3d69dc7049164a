"""What the page of a programme lists: as it is published, and as a draft of it will be."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from core.models import User
from core.queries.prepared import forget_prepared
from metrics.tests.factories import make_observation
from news.models import StoryPage, StoryProgramme
from news.models.programmes import ProgrammeRelated, ProgrammeSchool
from schools.tests.factories import make_school

from .factories import make_index, make_programme, make_story, publish


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


def test_the_newest_stories_are_named_and_the_list_has_all(monkeypatch):
    index, programme = make_index(), make_programme()
    monkeypatch.setattr("news.models.programmes.MOST_STORIES", 2)
    stories = [make_story(title=f"第{number}则") for number in range(3)]
    for day, story in enumerate(stories, 1):
        StoryProgramme.objects.create(story=story, programme=programme)
        StoryPage.objects.filter(pk=story.pk).update(first_published_at=datetime(2026, 1, day, tzinfo=UTC))
    forget_prepared()
    response = Client().get(programme.url)
    forget_prepared()
    assert [each.pk for each in response.context["stories"]] == [stories[2].pk, stories[1].pk]
    every = f"{index.url}?programme={programme.key}"
    assert f'href="{every}"' in response.content.decode()
    assert [each.pk for each in Client().get(every).context["stories"]] == [each.pk for each in reversed(stories)]
