"""Saving a page asks for what its blocks refer to once, however often they are read, and finds out what is gone."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield

from core.models import User
from core.rendering.remembering import remembering
from metrics.blocks import ObservationChooserBlock
from metrics.models import Observation
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_story

from .forms import form_data


pytestmark = pytest.mark.django_db


@pytest.fixture
def chooser():
    return ObservationChooserBlock("metrics.Observation")


@pytest.fixture
def figures():
    return [make_observation(metric=make_metric(key=f"places-{number}")) for number in range(4)]


def asked(queries):
    return sum('FROM "metrics_observation"' in query["sql"] for query in queries)


@pytest.mark.parametrize("button", [{}, {"action-publish": "on"}], ids=["save", "publish"])
def test_each_figure_of_a_form_is_asked_for_once(client, figures, button):
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "demo"))
    story = make_story()
    counts = []
    for number in (1, 4):
        rows = {"count": str(number)}
        for place, figure in enumerate(figures[:number]):
            rows |= {
                f"{place}-deleted": "",
                f"{place}-order": str(place),
                f"{place}-id": "",
                f"{place}-value": figure.pk,
            }
        body = streamfield([("figures", {"heading": "", "figures": rows})])
        data = form_data(StoryPage, story, body=body) | button
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data)
        assert answer.status_code == 302
        story.refresh_from_db()
        assert len(story.get_latest_revision_as_object().body[0].value["figures"]) == number
        counts.append(asked(queries))
    assert counts[1] - counts[0] == 3  # one for each figure more


def test_what_is_read_again_is_not_asked_for_again(chooser, figures, django_assert_num_queries):
    key = figures[0].pk
    with remembering(), django_assert_num_queries(1):
        first, again = chooser.to_python(key), chooser.value_from_form(str(key))
        assert [first, again, *chooser.bulk_to_python([key, key])] == [figures[0]] * 4
        assert first is not again
        assert chooser.clean(first) == figures[0]


def test_the_next_request_asks_again(chooser, figures):
    with remembering():
        value = chooser.to_python(figures[0].pk)
    Observation.objects.filter(pk=value.pk).delete()
    with remembering():
        assert chooser.to_python(value.pk) is None
        with pytest.raises(ValidationError):
            chooser.clean(value)


@pytest.mark.parametrize("words", ["", "abc", "²", "9" * 30])
def test_what_is_no_key_is_answered_as_ever(chooser, words):
    def answer():
        try:
            return chooser.value_from_form(words)
        except (ValueError, OverflowError) as error:
            return type(error)

    with remembering():
        within = answer()
    assert within == answer()


def test_a_required_chooser_stays_required(chooser):
    with remembering(), pytest.raises(ValidationError):
        chooser.clean(None)
