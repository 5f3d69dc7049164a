"""What is sent compressed, and what must not be."""

import gzip

import brotli
import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from core.compression import PublicCompressionMiddleware

from .factories import make_index


pytestmark = [pytest.mark.django_db, pytest.mark.once]
ACCEPTING = {"accept-encoding": "gzip, br"}


@pytest.fixture
def page():
    return make_index().url


def test_a_public_page_is_compressed_for_those_who_can_read_it(client, page):
    plain, packed = client.get(page), client.get(page, headers=ACCEPTING)
    older = client.get(page, headers={"accept-encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert (packed.headers["Content-Encoding"], older.headers["Content-Encoding"]) == ("br", "gzip")
    assert len(packed.content) < len(older.content) < len(plain.content) / 2
    assert brotli.decompress(packed.content) == gzip.decompress(older.content) == plain.content
    for response in (plain, packed, older):
        assert {"Cookie", "Accept-Encoding"} <= set(response.headers["Vary"].split(", "))


def test_what_is_answered_to_somebody_with_a_session_is_not(client, page):
    client.cookies[settings.SESSION_COOKIE_NAME] = "whatever"
    assert "Content-Encoding" not in client.get(page, headers=ACCEPTING).headers


def test_the_admin_is_not(client, admin_client):
    assert "Content-Encoding" not in client.get("/admin/login/", headers=ACCEPTING).headers
    assert "Content-Encoding" not in admin_client.get("/admin/", headers=ACCEPTING).headers


@pytest.mark.parametrize(
    ("method", "path", "content_type", "cookie", "packed"),
    [
        ("get", "/data/x.csv", "text/csv; charset=utf-8", "", True),
        ("head", "/data/x.svg", "image/svg+xml", "", True),
        ("get", "/documents/1/x.txt", "text/plain", "", False),
        ("get", "/data/x.xlsx", "application/vnd.ms-excel", "", False),
        ("get", "/data/x.csv", "text/csv", "sessionid", False),
        ("post", "/-/display/", "text/html", "", False),
        ("post", "/news/", "text/html", "", False),
    ],
)
def test_only_text_that_is_read_without_a_cookie(method, path, content_type, cookie, packed):
    request = getattr(RequestFactory(headers=ACCEPTING), method)(path)
    response = HttpResponse("long " * 200, content_type=content_type)
    if cookie:
        response.set_cookie(cookie, "secret")
    answer = PublicCompressionMiddleware(lambda _request: response)(request)
    assert ("Content-Encoding" in answer.headers) is packed
