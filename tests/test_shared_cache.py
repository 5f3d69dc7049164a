"""What processes share, a Redis that is away, and a cache in front of the portal."""

import socket
import threading
from contextlib import closing
from http.server import BaseHTTPRequestHandler, HTTPServer
from queue import Queue

import pytest
from django.core.cache import cache
from django.core.cache.backends.locmem import LocMemCache
from django.test import Client
from django_redis.cache import RedisCache
from wagtail.models import PageViewRestriction, Site

from core.caching import page_cache, redis, stores
from core.caching.kept import forget_all
from core.caching.stores import memory
from core.models import BasePage, Language, PortalSettings
from core.publishing import warming
from eduportal.settings.caches import caches  # noqa: TID251
from news.models import StoryPage, Topic
from news.tests.factories import make_index, make_story, publish

from .page_caching import keeping_pages


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture(autouse=True)
def _on(db, settings, monkeypatch):
    monkeypatch.setattr(page_cache, "shared", stores.Shared())
    with keeping_pages(settings, monkeypatch):
        yield
    redis.ask_again()


@pytest.fixture
def story():
    story = make_story(title="开学", slug="first-day")
    PortalSettings.for_site(Site.objects.get())
    return story


@pytest.fixture
def made(monkeypatch):
    found = []
    stock = page_cache.PageCache._make
    monkeypatch.setattr(
        page_cache.PageCache, "_make", lambda pages, asked: found.append(asked.path) or stock(pages, asked)
    )
    return found


def another_process():
    """One that remembers nothing."""
    memory.clear()
    forget_all()


# Shared between processes ------------------------------------------------------------------------


def test_what_one_process_has_made_the_others_send(story, made):
    first = Client().get(story.url)
    another_process()
    assert Client().get(story.url).content == first.content
    another_process()
    assert Client().get(f"{story.url}?utm_source=x").content == first.content
    assert made == [story.url]
    Topic.objects.create(key="places", name="学位")
    Client().get(story.url)
    assert made == [story.url] * 2


def test_a_process_waits_for_the_page_that_another_one_makes(story, made, monkeypatch):
    first = Client().get(story.url)
    (key,) = memory._entries
    entry = memory.get(key)
    another_process()
    cache.delete(stores._name(key))
    turn = f"{stores._name(key)}.{entry.stamp}"
    cache.set(turn, 1)  # the other one is at it
    monkeypatch.setattr(stores, "sleep", lambda _seconds: stores.Shared().set(key, entry))  # and then has done it
    assert Client().get(story.url).content == first.content
    assert made == [story.url]
    another_process()
    cache.delete(stores._name(key))
    monkeypatch.setattr(stores, "sleep", lambda _seconds: cache.delete(turn))  # it made nothing that is kept
    assert Client().get(story.url).content == first.content
    assert made == [story.url] * 2


# A Redis that is away ------------------------------------------------------------------------------


@pytest.fixture
def frozen():
    """A Redis that takes connections and never answers: its address, and those who came."""
    came = []
    with closing(socket.create_server(("127.0.0.1", 0))) as server:

        def take():
            while True:
                try:
                    came.append(server.accept()[0])
                except OSError:
                    return

        thread = threading.Thread(target=take)
        thread.start()
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0", came
        server.shutdown(socket.SHUT_RDWR)
    thread.join()
    for each in came:
        each.close()


def redis_as_in_production(address):
    made = caches(address)["default"]
    return RedisCache(made["LOCATION"], made)


def test_a_frozen_redis_costs_one_wait_and_no_page(story, frozen, monkeypatch):
    address, came = frozen
    monkeypatch.setattr(stores, "cache", redis_as_in_production(address))
    for _time in range(3):
        assert Client().get(story.url).status_code == 200
        another_process()
    assert len(came) == 1
    redis.ask_again()  # after a while
    assert Client().get(story.url).status_code == 200
    assert len(came) == 2


def test_a_stopped_redis_costs_no_page(story, monkeypatch):
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        port = server.getsockname()[1]
    monkeypatch.setattr(stores, "cache", redis_as_in_production(f"redis://127.0.0.1:{port}/0"))
    for _time in range(2):
        assert Client().get(story.url).status_code == 200


def test_what_lies_there_and_is_no_page_is_a_miss(story, monkeypatch):
    class Foreign(LocMemCache):
        def get(self, *_args, **_options):
            return b"something else"

    monkeypatch.setattr(stores, "cache", Foreign("foreign", {}))
    assert Client().get(story.url).status_code == 200


# In advance --------------------------------------------------------------------------------------


def test_the_front_page_and_the_sections_are_made_in_advance_in_every_open_language(story, made):
    paths = set(warming.warm())
    index = make_index().url
    assert {"/", index, "/en/", f"/en{index}", "/zh-hant/"} <= paths
    assert len(memory) == len(paths)
    made.clear()
    assert Client().get(index, headers={"host": "localhost"}).status_code == 200
    assert made == []


# A cache in front --------------------------------------------------------------------------------


@pytest.fixture
def asked(settings):
    """What a cache in front is asked for: (host, path)."""
    found = Queue()

    class Front(BaseHTTPRequestHandler):
        def do_GET(self):
            found.put((self.headers["Host"], self.path))
            self.send_error(404)

        def log_message(self, *_args): ...

    server = HTTPServer(("127.0.0.1", 0), Front)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    location = f"http://127.0.0.1:{server.server_port}"
    backend = {"BACKEND": "core.publishing.front_cache.AskAgain", "LOCATION": location, "WAIT": 0}
    settings.WAGTAILFRONTENDCACHE = {"front": backend}
    Language.objects.exclude(code__in=["zh-hans", "en"]).update(is_open=False)
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


def paths(asked, number):
    return {asked.get(timeout=60) for _each in range(number)}


@pytest.mark.parametrize("how", ["unpublished", "deleted", "restricted", "moved"])
def test_a_withdrawn_address_is_asked_for_through_the_cache_in_front(
    story, asked, django_capture_on_commit_callbacks, how
):
    page = StoryPage.objects.get(pk=story.pk)
    with django_capture_on_commit_callbacks(execute=True):
        if how == "unpublished":
            page.unpublish()
        elif how == "deleted":
            page.delete()
        elif how == "restricted":
            PageViewRestriction.objects.create(page=BasePage.objects.get(pk=page.pk), restriction_type="login")
        else:
            page.slug = "elsewhere"
            publish(page)
    assert paths(asked, 2) == {("localhost", story.url), ("localhost", f"/en{story.url}")}
    assert asked.empty()


def test_publishing_asks_for_nothing(story, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        publish(story)
        story.unpublish()
    assert paths(asked, 2) == {("localhost", story.url), ("localhost", f"/en{story.url}")}
    assert asked.empty()
