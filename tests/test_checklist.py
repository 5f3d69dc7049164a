"""The list of what to look at before publishing, in the forms of pages."""

import re

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import streamfield
from wagtail.users.models import UserProfile

from core.models import User
from metrics.tests.factories import make_metric
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from schools.tests.factories import make_image

from .forms import form_data


pytestmark = [pytest.mark.django_db, pytest.mark.once]

NO_PICTURE, NO_AUTHOR = "There is no lead picture", "Nobody is named as author"


@pytest.fixture
def editor(client):
    user = User.objects.create_superuser("editor")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return client


@pytest.fixture
def story(editor):
    return make_story(live=False)


def address(story):
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def count(html):
    """The number at the panel's button."""
    button = html[html.index('data-side-panel-toggle="checklist"') :]
    return int(re.search(r"data-side-panel-toggle-counter[^>]*>\s*(\d+)", button)[1])


def test_the_form_shows_what_is_lacking(editor, story):
    html = editor.get(address(story)).content.decode()
    assert NO_PICTURE in html
    assert NO_AUTHOR in html
    assert count(html) == 3


def test_a_new_page_shows_it_too(editor):
    """And that it has no title yet."""
    create = reverse("wagtailadmin_pages:add", args=["news", "storypage", make_index().pk])
    assert count(editor.get(create).content.decode()) == 4


def test_a_figure_that_is_no_page_has_it_too(editor):
    """It lacks what it must have; nothing of it is ticked."""
    metric = make_metric()
    url = reverse(metric.snippet_viewset.get_url_name("edit"), args=[metric.pk])
    assert count(editor.get(url).content.decode()) == 0
    metric.name = ""
    metric.save_revision(clean=False)
    html = editor.get(url).content.decode()
    assert count(html) == 1
    assert "checklist__item--error" in html
    assert 'data-checklist-url=""' in html


def test_autosave_brings_it_up_to_date(editor, story):
    data = form_data(StoryPage, story, picture=make_image(description="操场").pk, picture_caption="操场")
    answer = editor.post(address(story), data, headers={"Accept": "application/json"}).json()
    assert answer["success"]
    assert NO_PICTURE not in answer["html"]
    assert NO_AUTHOR in answer["html"]
    assert re.search(r"data-side-panel-toggle-counter[^>]*>2<", answer["html"])


def test_publishing_goes_on_and_says_what_is_left(editor, story):
    bare = make_image(title="校门", credit="")
    image = {"image": bare.pk, "caption": "<b>", "credit": "", "alt": "", "wide": ""}
    data = form_data(StoryPage, story, body=streamfield([("image", image)])) | {"action-publish": "1"}
    html = editor.post(address(story), data, follow=True).content.decode()
    assert StoryPage.objects.get(pk=story.pk).live
    assert NO_PICTURE in html
    assert "The picture “校门” lacks: alternative text, credit." in html
    block = StoryPage.objects.get(pk=story.pk).body[0].id
    assert f'href="{address(story)}#:w:contentpath=body.{block}.alt"' in html


def test_what_is_complete_is_published_without_a_word(editor):
    story = make_story(live=False, kind="notice", index_number="2026-1", issued_on="2026-11-02")
    data = form_data(StoryPage, story) | {"action-publish": "1"}
    html = editor.post(address(story), data, follow=True).content.decode()
    assert StoryPage.objects.get(pk=story.pk).live
    assert "Still to be looked at" not in html
