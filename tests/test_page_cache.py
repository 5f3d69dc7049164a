"""Whole pages from what is kept: the same as without, for whoever asks, and never what others may not see."""

import gzip
import threading
import time
from datetime import timedelta

import brotli
import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction, Site

from core.caching import page_cache, stamp, stores
from core.caching.kept import forget_all
from core.caching.stores import memory
from core.models import BasePage, Language, PortalSettings, SiteNotice, User
from news.models import StoryPage, Topic
from news.tests.factories import make_index, make_story, publish, translate
from schools.tests.factories import make_home

from .page_caching import keeping_pages


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _on(db, settings, monkeypatch):
    with keeping_pages(settings, monkeypatch):
        make_home()
        PortalSettings.for_site(Site.objects.get())  # Wagtail makes the row when it is first asked for
        yield


@pytest.fixture
def story():
    return make_story(title="开学", slug="first-day")


@pytest.fixture
def made(monkeypatch):
    """The addresses of the pages that were made, not taken from what is kept."""
    found = []
    stock = page_cache.PageCache._make

    def make(cache, request):
        found.append(request.get_full_path())
        return stock(cache, request)

    monkeypatch.setattr(page_cache.PageCache, "_make", make)
    return found


def get(path, client=None, **options):
    return (client or Client()).get(path, **options)


# A hit -----------------------------------------------------------------------------------------


def test_the_second_reader_gets_the_same_page_and_only_the_stamp_is_asked_for(story, made):
    first = get(story.url)
    with CaptureQueriesContext(connection) as captured:
        second = get(story.url)
    assert made == [story.url]
    assert (first.status_code, first.content, first.headers) == (200, second.content, second.headers)
    assert {query["sql"].split(" FROM ")[1] for query in captured} == {"core_contentstamp"}


def test_within_half_a_second_no_query_at_all(story, monkeypatch):
    get(story.url)
    monkeypatch.setattr(stamp, "INTERVAL", 60.0)
    get(story.url)
    with CaptureQueriesContext(connection) as captured:
        get(story.url)
    assert len(captured) == 0


def test_a_change_shows_at_once(story, made):
    get(story.url)
    story.title = "开学了"
    story.save_revision()  # a draft changes nothing
    assert "开学了" not in get(story.url).content.decode()
    assert made == [story.url]
    publish(story)
    assert "开学了" in get(story.url).content.decode()


def test_what_was_changed_while_a_page_was_made_is_in_the_next_one(story, monkeypatch):
    stock = page_cache.PageCache._make

    def slowly(cache, request):
        answer = stock(cache, request)
        StoryPage.objects.filter(pk=story.pk).update(title_zh_hans="改了")
        return answer

    monkeypatch.setattr(page_cache.PageCache, "_make", slowly)
    assert "开学" in get(story.url).content.decode()
    monkeypatch.setattr(page_cache.PageCache, "_make", stock)
    assert "改了" in get(story.url).content.decode()


# What it is known by ---------------------------------------------------------------------------


def test_only_declared_parameters_count(story, made):
    Topic.objects.create(key="places", name="学位")
    index = make_index().url
    plain = get(index).content
    for noise in ("?utm_source=x", "?fbclid=1&utm_medium=y", "?Page=1"):
        assert get(index + noise).content == plain
    assert made == [index]
    narrowed = get(f"{index}?kind=notice").content
    assert narrowed != plain
    assert get(f"{index}?utm_source=x&kind=notice").content == narrowed
    assert get(f"{index}?kind=notice&kind=news").content != narrowed
    assert len(made) == 3


def test_noise_is_nowhere_in_the_page(story):
    for path in (story.url, make_index().url, "/sitemap/", "/schools/compare/"):
        assert b"noise" not in get(f"{path}?utm_source=noise&x=noise").content


def test_a_page_cannot_see_what_it_has_not_declared(settings, story, made, monkeypatch):
    """Whether the cache is on or off."""
    seen = []
    monkeypatch.setattr(StoryPage, "get_context", lambda _page, request: seen.append(request.GET) or {"page": _page})
    for is_on in (True, False):
        settings.PAGE_CACHE = is_on
        Client(raise_request_exception=False).get(f"{story.url}?secret=1")
    assert [dict(query) for query in seen] == [{}, {}]


def test_host_language_and_display_are_keys(story, made):
    translate(story, "en")
    pages = [
        get(story.url).content,
        get(f"/en{story.url}").content,
        get(story.url, headers={"host": "127.0.0.1"}).content,
        get(story.url, headers={"cookie": "display=senior"}).content,
    ]
    assert len(set(pages)) == len(made) == 4
    assert get(story.url, headers={"cookie": "display=nonsense; other=1"}).content == pages[0]
    assert len(made) == 4


def test_no_other_header_reaches_the_page(story, made):
    plain = get(story.url)
    poison = {
        "accept-language": "fr",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        "x-original-url": "/admin/",
        "user-agent": "<script>",
        "referer": "https://evil.example/",
        "origin": "https://evil.example",
        "if-none-match": '"x"',
        "range": "bytes=0-1",
        "cookie": "messages=evil; csrftoken=evil; django_language=fr",
    }
    memory.clear()
    poisoned = get(story.url, headers=poison)
    assert poisoned.content == plain.content
    memory.clear()
    assert get(story.url).content == plain.content


# Who never touches it --------------------------------------------------------------------------


def test_an_editor_and_then_a_reader(story, made):
    editor = Client()
    editor.force_login(User.objects.create_superuser("ann"))
    seen = get(story.url, editor)
    assert b"wagtail-userbar" in seen.content
    assert "private" in seen.headers["Cache-Control"]
    assert "s-maxage" not in seen.headers["Cache-Control"]
    assert made == []
    assert b"wagtail-userbar" not in get(story.url).content
    assert b"wagtail-userbar" in get(story.url, editor).content
    assert len(made) == 1


def test_drafts_private_pages_and_closed_languages(story, made):
    url = story.url
    assert get(url).status_code == 200
    restriction = PageViewRestriction.objects.create(page=story, restriction_type="login")
    asked_to_log_in = get(url)  # a cache in front may put it in the place of the page
    assert (asked_to_log_in.status_code, "s-maxage=1" in asked_to_log_in.headers["Cache-Control"]) == (302, True)
    restriction.delete()
    assert get(url).status_code == 200
    StoryPage.objects.get(pk=story.pk).unpublish()
    assert get(url).status_code == 404
    assert get(f"/en{make_index().url}").status_code == 200
    Language.objects.filter(code="en").update(is_open=False)
    assert get(f"/en{make_index().url}").status_code == 404
    assert b"/en/" not in get(make_index().url).content


def test_forms_and_searches_are_not_kept(made):
    get("/search/?q=1")
    assert Client().post("/-/display/", {"display": "large"}, headers={"sec-fetch-site": "same-origin"}).cookies
    assert get("/-/live").status_code == 200
    assert len(memory) == 0
    get("/search/?q=1")
    assert len(made) == 2


def test_not_found_and_moved_are_not_kept():
    for path in ("/nowhere/", "/news"):
        assert get(path).status_code in (301, 404)
    assert len(memory) == 0


def test_what_is_not_found_in_a_list_does_not_keep_the_list_from_being_kept(made):
    index = make_index().url
    assert get(f"{index}?page=99").status_code == 404
    assert get(index).status_code == get(index).status_code == 200
    assert made == [f"{index}?page=99", index]


# How it is sent --------------------------------------------------------------------------------


def test_head_is_get_without_a_body(story, made):
    headers = Client().head(story.url).headers
    answer = get(story.url)
    assert dict(headers) == dict(answer.headers)
    assert answer.content
    assert made == [story.url]
    assert Client().head(story.url).content == b""


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [("", ""), ("gzip", "gzip"), ("gzip, br", "br"), ("br;q=0, gzip;q=0.5", "gzip"), ("*", "br"), ("gzip;q=0", "")],
)
def test_each_gets_the_encoding_that_it_takes(story, accepted, encoding):
    plain = get(story.url)
    packed = get(story.url, headers={"accept-encoding": accepted})
    assert packed.headers.get("Content-Encoding", "") == encoding
    unpack = {"gzip": gzip.decompress, "br": brotli.decompress, "": bytes}[encoding]
    assert unpack(packed.content) == plain.content
    assert packed.headers["ETag"] == plain.headers["ETag"]
    assert {"Accept-Encoding", "Cookie"} <= set(packed.headers["Vary"].split(", "))
    assert packed.headers["Content-Length"] == str(len(packed.content))


@pytest.mark.parametrize("is_on", [True, False])
def test_who_has_it_already_is_told_so(settings, story, is_on):
    settings.PAGE_CACHE = is_on
    known = get(story.url).headers["ETag"]
    again = get(story.url, headers={"if-none-match": known})
    assert (again.status_code, again.content) == (304, b"")
    publish(story)
    story.title = "改了"
    publish(story)
    assert get(story.url, headers={"if-none-match": known}).status_code == 200


@pytest.mark.parametrize("is_on", [True, False])
def test_caches_in_front_keep_it_for_a_second_and_while_the_portal_is_away(settings, story, is_on):
    settings.PAGE_CACHE = is_on
    assert get(story.url).headers["Cache-Control"] == "max-age=0, s-maxage=1, stale-if-error=86400"
    control = get("/sitemap.xml").headers["Cache-Control"]
    assert {"s-maxage=1", "max-age=3600"} <= set(control.split(", "))
    gone = get("/nowhere/")  # it takes the place of what was there
    assert (gone.status_code, gone.headers["Cache-Control"][:19]) == (404, "max-age=0, s-maxage")


# The clock -------------------------------------------------------------------------------------


def test_a_notice_begins_and_ends_on_time(story, monkeypatch):
    now = timezone.now()
    SiteNotice.objects.create(text="明日停课", starts_at=now + timedelta(hours=1), ends_at=now + timedelta(hours=2))
    for hours, is_shown in ((0, False), (1.5, True), (2.5, False)):
        then = now + timedelta(hours=hours)
        monkeypatch.setattr(timezone, "now", lambda then=then: then)
        monkeypatch.setattr(page_cache.time, "time", lambda then=then: then.timestamp())
        monkeypatch.setattr(
            page_cache, "datetime", type("Clock", (), {"now": staticmethod(lambda _tz, then=then: then)})
        )
        assert ("明日停课" in get(story.url).content.decode()) is is_shown
        assert ("明日停课" in get(story.url).content.decode()) is is_shown


# When something is out of order ------------------------------------------------------------------


@pytest.fixture
def broken(monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("a page that cannot be made")

    return lambda: monkeypatch.setattr(StoryPage, "get_context", fail)


def test_a_page_that_fails_is_served_as_it_last_was(story, broken):
    reader = Client(raise_request_exception=False)
    last = get(story.url, reader).content
    broken()
    Topic.objects.create(key="places", name="学位")  # the stamp moves
    answer = get(story.url, reader)
    assert (answer.status_code, answer.content) == (200, last)
    assert get(make_story().url, reader).status_code == 500  # one that was never made


@pytest.mark.parametrize("how", ["unpublished", "restricted", "deleted", "language closed"])
def test_unless_it_was_withdrawn_since(story, broken, how):
    reader = Client(raise_request_exception=False)
    url = f"/en{story.url}"
    translate(story, "en")
    assert get(url, reader).status_code == 200
    page = StoryPage.objects.get(pk=story.pk)
    if how == "unpublished":
        page.unpublish()
    elif how == "restricted":
        PageViewRestriction.objects.create(page=BasePage.objects.get(pk=page.pk), restriction_type="login")
    elif how == "deleted":
        page.delete()
    else:
        Language.objects.filter(code="en").update(is_open=False)
    broken()
    assert get(url, reader).status_code != 200


def test_without_a_database_pages_stay_as_they_were(story, monkeypatch):
    reader = Client(raise_request_exception=False)
    last = get(story.url, reader).content
    clock = [stamp.time.monotonic()]

    def fail():
        raise DatabaseError("gone")

    monkeypatch.setattr(stamp.time, "monotonic", lambda: clock[0])
    monkeypatch.setattr(stamp, "ask", fail)
    assert get(story.url, reader).content == last
    clock[0] += 3600
    assert get(story.url, reader).content == last  # nobody can have written since
    forget_all()  # a process that had not asked for long when it failed does not know what was written
    monkeypatch.setattr(
        page_cache.PageCache, "_make", lambda _cache, _request: (page_cache.HttpResponse(status=500), None)
    )
    assert get(story.url, reader).status_code == 500


def test_one_thread_makes_the_page_and_the_others_wait():
    turns, had = page_cache.Turns(), []

    def ask():
        with turns.turn("page") as mine:
            had.append(mine)

    other = threading.Thread(target=ask)
    with turns.turn("page") as mine, turns.turn("another page") as mine_too:
        assert (mine, mine_too) == (True, True)
        other.start()
        while not turns._under_way["page"]._cond._waiters:
            time.sleep(0.001)
        assert had == []
    other.join()
    assert had == [False]
    assert not turns._under_way


# The bounds ------------------------------------------------------------------------------------


def test_memory_is_bounded_and_what_was_asked_for_last_stays(story):
    get(story.url)
    entry = next(iter(memory._entries.values()))
    small = stores.Memory(room=entry.size * 3)
    for number in range(3):
        small.set(f"page {number}", entry)
    small.get("page 0")
    small.set("page 3", entry)
    assert small.get("page 1") is None
    assert len(small) == 3
    assert small.size <= small.room
    assert all(small.get(f"page {number}") for number in (0, 2, 3))
