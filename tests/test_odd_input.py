"""Odd input is an error of who sends it: no address of the admin, stock Wagtail's included, answers with 500."""

import re
import sys
from urllib.parse import urlencode

import pytest
from django.core.exceptions import BadRequest
from django.core.signals import got_request_exception
from django.urls import URLPattern, get_resolver, resolve
from wagtail.blocks import RichTextBlock

from core.models import BasePage, User
from core.odd_input import is_about_what_was_sent
from news.models import StoryPage
from news.tests.factories import make_story
from schools.tests.factories import make_image

from .forms import form_data


pytestmark = pytest.mark.django_db

MANY = "9" * 30
LAST = "9999-12-31T23:59:59-12:00"
GROUP = re.compile(r"<(?:(\w+):)?(\w+)>")
KEYS = [
    "id",
    "ids",
    "p",
    "page",
    "per_page",
    "ordering",
    "q",
    "collection_id",
    "parent_page_id",
    "page_type",
    "content_type",
    "locale",
    "user",
    "owner",
    "mode",
    "export",
    "next",
    "app_label",
    "model",
    "uuid",
    "object_id",
    "revision_id",
    "child_of",
    "live",
    "first_published_at_from",
    "first_published_at_to",
    "timestamp_from",
    "timestamp_to",
    "action",
    "latest_revision_created_at_from",
    "last_published_at_from",
    "created_at_from",
    "version",
    "original",
    "language",
    "status",
    "kind",
    "file",
    "focal_point",
]
# What ends the session; what fails on purpose; parts of listings.
LEFT_OUT = r"\(|/logout/|/failwhale/|/results/$"


def routes():
    """Every route of the admin, as '/admin/pages/<int:page_id>/edit/'."""
    waiting = [("/", each) for each in get_resolver().url_patterns if str(each.pattern) == "admin/"]
    while waiting:
        before, pattern = waiting.pop()
        route = before + str(pattern.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
        if isinstance(pattern, URLPattern):
            yield route
        else:
            waiting.extend((route, each) for each in pattern.url_patterns)


def filled(route, value, number):
    return GROUP.sub(lambda found: number if found[1] == "int" else value, route)


def addresses(key):
    for route in sorted(set(routes())):
        if not re.search(LEFT_OUT, route):
            values = (("x", key), (MANY, MANY), (key, key)) if "<" in route else ((key, key),)
            yield from (filled(route, *each) for each in values)


@pytest.fixture
def failures():
    caught = []

    def catch(sender, request, **_extra):
        caught.append(f"{request.method} {request.get_full_path()[:200]}: {sys.exception()!r}")

    got_request_exception.connect(catch)
    yield caught
    got_request_exception.disconnect(catch)


@pytest.mark.sqlite
def test_no_odd_value_is_our_error(client, failures):
    story = make_story()
    client.force_login(User.objects.create_superuser("root"))
    client.raise_request_exception = False
    for address in addresses(str(story.pk)):
        client.get(address)
        client.post(address, {"id": ["x"], "go_live_at": LAST, "version": MANY})
        if MANY not in address and "/x/" not in address:
            for value in (MANY, "x"):
                client.get(f"{address}?{urlencode(dict.fromkeys(KEYS, value))}")
    assert failures == []


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/admin/snippets/choose/news/topic/chosen/x/", None),
        ("/admin/choose-page/chosen-multiple/?id=x", None),
        ("/admin/pages/{story}/edit/", {"body-count": "1", "body-0-type": "text", "body-0-value": "[" * 20_000}),
        ("/admin/pages/{story}/edit/", {"body-count": "1", "body-0-type": "text", "body-0-value": "[1]"}),
    ],
)
def test_odd_values_are_answered_with_400(client, path, data):
    path = path.format(story=make_story().pk)
    client.force_login(User.objects.create_superuser("root"))
    if data:
        data |= {"body-0-order": "0", "body-0-deleted": "", "body-0-id": "x"}
    answer = client.post(path, data) if data else client.get(path)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "typed",
    [
        "x",
        "[1]",
        "7",
        '"x"',
        '{"blocks": 5}',
        '{"blocks": [7]}',
        '{"blocks": [{"key": "a", "text": "x", "type": "unstyled", "entityRanges": [{"key": 0}]}], "entityMap": {}}',
        '{"blocks": [{"key": "a", "text": "x", "type": ["x"]}], "entityMap": {}}',
    ],
)
def test_what_the_editor_of_texts_never_writes_is_no_error_of_ours(typed):
    with pytest.raises(BadRequest):
        RichTextBlock().field.widget.value_from_datadict({"text": typed}, {}, "text")


@pytest.mark.parametrize("what", ["lock", "unlock", "set_position"])
def test_the_root_of_the_tree_is_no_page(client, what):
    make_story()
    client.force_login(User.objects.create_superuser("root"))
    root = BasePage.objects.get(depth=1).pk
    assert client.post(f"/admin/pages/{root}/{what}/").status_code == 404


@pytest.mark.parametrize("field", ["go_live_at", "expire_at"])
@pytest.mark.parametrize("moment", [LAST, "0001-01-01T00:00:00+12:00", ["x", "y"]])
def test_a_moment_that_no_calendar_has_is_said_beside_its_field(client, field, moment):
    story = make_story()
    client.force_login(User.objects.create_superuser("root"))
    data = form_data(StoryPage, story, **{field: moment, "action-publish": "1"})
    assert client.post(f"/admin/pages/{story.pk}/edit/", data).status_code in (200, 302, 400)


def test_a_key_beyond_every_table_is_no_error_of_ours(client):
    """SQLite refuses the number (400), PostgreSQL finds nothing by it (200)."""
    client.force_login(User.objects.create_superuser("root"))
    assert client.get(f"/admin/images/chooser/chosen-multiple/?id={MANY}").status_code in (200, 400)


def test_an_error_of_ours_stays_one(rf):
    request = rf.get("/admin/", {"id": "7"})
    request.resolver_match = resolve("/admin/")
    for error in (ValueError("no such thing"), OverflowError(), KeyError("id"), RecursionError(), TypeError("7")):
        assert not is_about_what_was_sent(request, error)


def test_pictures_of_a_tag_are_searched(client):
    client.force_login(User.objects.create_superuser("root"))
    make_image(title="操场").tags.add("校园")
    make_image(title="操场")
    shown = client.get("/admin/images/chooser/results/?q=操场&tag=校园")
    assert shown.status_code == 200
    assert shown.context["results"].paginator.count == 1
