"""Markup and addresses that no editor wrote: what readers see of them, that they are refused, and mended."""

import io
import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.converters.html_to_contentstate import HtmlToContentStateHandler
from wagtail.contrib.redirects.models import Redirect
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import User
from news.models import StoryPage
from news.tests.factories import make_index, make_story

from .forms import form_data


pytestmark = pytest.mark.django_db
DIRTY = """<p onclick="x()">学位<script>alert(1)</script><b>个</p><li>新<a href="//evil.example/">校</a><img src=x onerror=x>"""
KEPT = "<p>学位<b>个</b></p><ul><li><b>新校</b></li></ul>"
REFUSED = ["//evil.example/", "https:///evil.example/", "javascript:alert(1)", "/\\evil.example/", "https:evil.example"]


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("admin"))
    client.cookies["django_language"] = "en"
    return client


def dirty_story():
    """As a row is that was stored by an older release."""
    story = make_story(body=[{"type": "text", "id": "t", "value": "<p>一</p>"}])
    body = json.dumps([{"type": "text", "id": "t", "value": DIRTY}])
    revision = story.latest_revision
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE news_storypage SET body = %s, body_zh_hans = %s WHERE basepage_ptr_id = %s", [body, body, story.pk]
        )
    content = revision.content | {name: body for name in ("body", "body_zh_hans") if name in revision.content}
    type(revision).objects.filter(pk=revision.pk).update(content=content)
    return StoryPage.objects.get(pk=story.pk)


def stored(story):
    return StoryPage.objects.get(pk=story.pk).body.raw_data[0]["value"]


def test_readers_see_only_what_an_editor_could_have_written(client):
    page = client.get(dirty_story().url).content.decode()
    assert KEPT in page
    assert not [word for word in ("evil.example", "onclick", "onerror", "alert(1)") if word in page]


def test_an_editor_opens_it_and_saves_it(editor):
    story = dirty_story()
    url = reverse("wagtailadmin_pages:edit", args=[story.pk])
    html = editor.get(url).content.decode()
    assert "evil.example" not in html.replace("“//evil.example/”", "")  # the list before publishing names it
    assert 'href="//evil' not in html
    own = nested_form_data({"body": streamfield([("text", rich_text(DIRTY))]), "action-publish": "1"})
    assert editor.post(url, form_data(StoryPage, story, **own)).status_code == 302
    assert "学位" in stored(story)
    assert "onclick" not in stored(story)


def test_whatever_writes_it(client):
    story = make_story(body=[{"type": "text", "id": "t", "value": DIRTY}])
    assert stored(story) == KEPT
    StoryPage.objects.filter(pk=story.pk).update(body_zh_hans=[{"type": "text", "id": "t", "value": DIRTY}])
    assert stored(story) == KEPT


def contentstate(address):
    """A paragraph with a link, as the editor posts it."""
    block = {"key": "a", "text": "学位", "type": "unstyled", "depth": 0, "inlineStyleRanges": []}
    block["entityRanges"] = [{"offset": 0, "length": 2, "key": 0}]
    entity = {"type": "LINK", "mutability": "MUTABLE", "data": {"url": address}}
    return json.dumps({"blocks": [block], "entityMap": {"0": entity}})


@pytest.mark.parametrize("address", [*REFUSED[:2], "/\\evil.example/"])
def test_a_link_in_a_text_is_refused_beside_its_field(editor, address):
    story = make_story()
    own = nested_form_data({"body": streamfield([("text", contentstate(address))])})
    response = editor.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), form_data(StoryPage, story, **own))
    assert response.status_code == 200
    [error] = response.context["form"].errors.as_data()["body"]
    [message] = error.block_errors[0].messages
    assert f"链接不能指向“{address}”" in message


@pytest.mark.parametrize("address", REFUSED)
def test_addresses_are_refused_beside_their_field(editor, address):
    added = editor.post(reverse("wagtailredirects:add"), {"old_path": "/a", "redirect_link": address})
    assert list(added.context["form"].errors) == ["redirect_link"]
    chosen = editor.post(reverse("wagtailadmin_choose_page_external_link"), {"external-link-chooser-url": address})
    assert b"external_link_chosen" not in chosen.content
    assert not Redirect.objects.exists()


def test_a_video_at_an_address_that_hides_where_it_leads(editor):
    own = nested_form_data({"body": streamfield([("video", {"title": "一", "url": "//evil.example/", "poster": ""})])})
    response = editor.post(
        reverse("wagtailadmin_pages:add", args=("news", "storypage", make_index().pk)),
        form_data(StoryPage, title="一", slug="a", **own),
    )
    [error] = response.context["form"].errors.as_data()["body"]
    assert list(error.block_errors[0].block_errors) == ["url"]


@pytest.mark.parametrize("address", REFUSED)
def test_a_stored_redirect_leads_nowhere_else(client, address):
    make_index()
    Redirect.objects.create(old_path="/a", redirect_link=address)
    Redirect.objects.create(old_path="/b", redirect_link="https://example.org/b")
    assert client.get("/a/").status_code == 404
    assert client.get("/b/").headers["Location"] == "https://example.org/b"
    assert "leads to" in mended("--only", "redirects")[0]


def test_what_is_stored_already_is_found_and_mended():
    story = dirty_story()
    assert "body_zh_hans" in mended("--dry-run", "--only", "markup")[0]
    assert stored(story) == DIRTY
    mended("--safe")
    assert stored(story) == KEPT
    assert mended("--only", "markup") == ["Nothing to mend."]


def mended(*options):
    out = io.StringIO()
    call_command("mend_stored", *options, stdout=out)
    return out.getvalue().splitlines()


def test_two_forms_that_are_made_at_a_time_keep_their_texts_apart(monkeypatch):
    """The second begins while the first is in the middle of a paragraph, as in another thread."""
    converter, stock, others = ContentstateConverter(["bold"]), HtmlToContentStateHandler.handle_data, ["<p>乙</p>"]

    def handle_data(handler, text):
        if others:
            converter.from_database_format(others.pop())
        stock(handler, text)

    monkeypatch.setattr(HtmlToContentStateHandler, "handle_data", handle_data)
    blocks = json.loads(converter.from_database_format("<p>甲<b>甲</b></p>"))["blocks"]
    assert [block["text"] for block in blocks] == ["甲甲"]
