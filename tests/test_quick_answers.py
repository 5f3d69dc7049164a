"""Answers given again before Django sees the request: the same bytes and headers, for whom they were, while they hold."""

import time
from io import BytesIO

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from wagtail.models import Site

from core.caching import stamp
from core.caching.wsgi import MOST, QuickAnswers
from core.models import PortalSettings, User
from news.tests.factories import make_story, publish
from schools.tests.factories import make_home

from .page_caching import keeping_pages


pytestmark = pytest.mark.django_db

ENCODINGS = {"HTTP_ACCEPT_ENCODING": "gzip, deflate, br"}


@pytest.fixture(autouse=True)
def _on(db, settings, monkeypatch):
    monkeypatch.setattr("django.core.handlers.wsgi.signals.request_started.send", lambda **_kwargs: [])
    monkeypatch.setattr("django.http.response.signals.request_finished.send", lambda **_kwargs: [])
    with keeping_pages(settings, monkeypatch, interval=60.0):
        make_home()
        PortalSettings.for_site(Site.objects.get())
        yield


@pytest.fixture
def story():
    return make_story(title="开学", slug="first-day")


class Server:
    """Asks as a server does; `seen` are the paths that came to Django."""

    def __init__(self):
        self.django, self.seen = WSGIHandler(), []
        self.application = QuickAnswers(self._noted)

    def _noted(self, environ, start_response):
        self.seen.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def get(self, path, **headers):
        """(status, headers, body)."""
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SCRIPT_NAME": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
            **ENCODINGS,
            **headers,
        }
        said = []
        answer = self.application(environ, lambda status, headers, *_: said.extend([status, headers]))
        return said[0], said[1], b"".join(answer)


@pytest.fixture
def server():
    return Server()


def test_the_second_reader_gets_the_same_answer_without_django(server, story):
    first, second = server.get(story.url), server.get(story.url)
    assert first == second
    assert first[0] == "200 OK"
    assert server.seen == [story.url]
    assert dict(second[1])["Content-Encoding"] == "br"
    assert "Content-Security-Policy" in dict(second[1])


def test_the_headers_of_one_answer_are_not_those_of_the_next(server, story):
    server.get(story.url)
    server.get(story.url)[1].append(("X-Server", "one"))
    assert ("X-Server", "one") not in server.get(story.url)[1]


def test_after_a_change_the_page_is_made_anew(server, story):
    before = server.get(story.url)
    story.title = "放假"
    publish(story)
    stamp.forget()
    after = server.get(story.url)
    assert after[2] != before[2]
    assert server.get(story.url) == after
    assert server.seen == [story.url] * 2


def test_once_the_stamp_is_due_it_is_asked_for(server, story, monkeypatch):
    server.get(story.url)
    monkeypatch.setattr(stamp, "INTERVAL", 0.0)
    server.get(story.url)
    assert server.seen == [story.url] * 2


def test_a_page_that_changes_by_itself_is_made_anew(server, story, monkeypatch):
    monkeypatch.setattr("core.caching.moments.next_moment", lambda began: began)
    server.get(story.url)
    server.get(story.url)
    assert server.seen == [story.url] * 2


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_COOKIE": "sessionid=somebody"},
        {"HTTP_COOKIE": "display=contrast"},
        {"HTTP_IF_NONE_MATCH": 'W/"something"'},
        {"HTTP_IF_MATCH": '"something"'},
        {"HTTP_RANGE": "bytes=0-10"},
        {"QUERY_STRING": "page=2"},
        {"REQUEST_METHOD": "HEAD"},
        {"REQUEST_METHOD": "POST"},
        {"HTTP_ACCEPT_ENCODING": "identity"},
        {"HTTP_HOST": "other.example.org"},
        {"HTTP_X_FORWARDED_HOST": "other.example.org"},
        {"wsgi.url_scheme": "https"},
        {"SERVER_PORT": "8000"},
        {"HTTP_ACCEPT_ENCODING": "br" * 300},
    ],
    ids=str,
)
def test_whoever_asks_otherwise_is_answered_by_django(server, story, headers):
    server.get(story.url)
    server.get(story.url, **headers)
    server.get(story.url)
    assert server.seen == [story.url] * 2


def test_a_host_that_is_not_ours_is_refused_each_time(server, story, settings):
    settings.ALLOWED_HOSTS = ["testserver"]
    server.get(story.url)
    for _time in range(2):
        assert server.get(story.url, HTTP_HOST="evil.example.org")[0].startswith("400")


def test_what_an_editor_gets_is_given_to_nobody_else(server, story):
    client = Client()
    client.force_login(User.objects.create_superuser("editor", "editor@example.org", "demo"))
    cookie = client.cookies["sessionid"].value
    theirs = server.get(story.url, HTTP_COOKIE=f"sessionid={cookie}")
    ours = server.get(story.url)
    assert server.get(story.url) == ours
    assert theirs[2] != ours[2]


def test_what_is_not_there_is_not_remembered(server):
    server.get("/news/no-such-story/")
    assert server.get("/news/no-such-story/")[0].startswith("404")
    assert len(server.seen) == 2


def test_without_cache_every_page_is_made(server, story, settings):
    settings.PAGE_CACHE = False
    server.get(story.url)
    server.get(story.url)
    assert server.seen == [story.url] * 2


def test_it_remembers_no_more_than_there_is_room_for(server, story):
    for number in range(MOST + 10):
        key = (str(number),)
        server.application._remember(key, "200 OK", [], b"", ("stamp", time.time()))
    assert len(server.application._known) == MOST


def test_it_remembers_no_more_bytes_than_there_is_room_for(server, story, settings):
    """Whoever takes no compression gets a page whole, and may say so in a thousand ways."""
    settings.PAGE_CACHE_BYTES = 3 * len(server.get(story.url, HTTP_ACCEPT_ENCODING="identity")[2])
    for number in range(10):
        server.get(story.url, HTTP_ACCEPT_ENCODING=f"identity, x-{number}")
    known = server.application._known.values()
    assert len(known) == 3
    assert sum(len(each.body) for each in known) <= settings.PAGE_CACHE_BYTES
    seen = len(server.seen)
    server.get(story.url, HTTP_ACCEPT_ENCODING="identity, x-9")
    assert len(server.seen) == seen
