"""How a reader wants the pages shown: kept in one cookie, believed only as far as it is known."""

import re

import pytest
from django.test import Client

from core.display import CHOICES, DEFAULT, Display
from news.tests.factories import make_index, make_story


pytestmark = pytest.mark.once

URL = "/-/display/"
ORIGIN = {"Origin": "http://testserver"}


def choose(client, word, next_page="/", headers=ORIGIN, **extra):
    return client.post(URL, {"display": word, "next": next_page}, headers=headers, **extra)


# The choice --------------------------------------------------------------------------------------


def test_every_choice_has_its_word():
    assert {str(choice): choice for choice in CHOICES.values()} == CHOICES
    assert set(CHOICES) == {
        f"{size}{ruby}" for size in ("small", "standard", "large", "senior") for ruby in ("", ".ruby")
    }


def test_a_choice_knows_what_each_button_would_make_of_it():
    display = Display("large", ruby=True)
    assert display.sizes == [
        ("small", "small.ruby", False),
        ("standard", "standard.ruby", False),
        ("large", "large.ruby", True),
    ]
    assert (display.senior_toggled, display.ruby_toggled) == ("senior.ruby", "large")
    assert Display("senior").senior_toggled == "standard"


@pytest.mark.parametrize("word", sorted(set(CHOICES) - {"standard"}))
def test_a_choice_is_kept_for_a_year_in_one_cookie(client, word):
    response = choose(client, word, "/news/?page=2")
    assert (response.status_code, response["Location"]) == (303, "/news/?page=2")
    assert set(response.cookies) == {"display"}
    cookie = response.cookies["display"]
    assert cookie.value == word
    assert (cookie["max-age"], cookie["path"], cookie["samesite"]) == (31_536_000, "/", "Lax")
    assert cookie["httponly"] is True
    assert cookie["secure"] == ""


def test_over_https_the_cookie_is_secure(client):
    response = choose(client, "large", headers={"Origin": "https://testserver"}, secure=True)
    assert response.cookies["display"]["secure"] is True


@pytest.mark.parametrize("word", ["standard", "", "huge", "senior.ruby.", "Senior", "senior\n", "学", "x" * 10_000])
def test_the_default_and_what_is_unknown_forget_the_cookie(client, word):
    client.cookies["display"] = "senior"
    response = choose(client, word)
    assert response.status_code == 303
    assert (response.cookies["display"].value, response.cookies["display"]["max-age"]) == ("", 0)


def test_nothing_posted_is_the_default(client):
    response = client.post(URL, headers=ORIGIN)
    assert (response.status_code, response["Location"]) == (303, "/")
    assert response.cookies["display"].value == ""


# Who may choose ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://testserver"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "null", "Sec-Fetch-Site": "same-origin"},
    ],
)
def test_pages_of_this_site_may_choose_without_a_csrf_token(headers):
    response = choose(Client(enforce_csrf_checks=True), "large", headers=headers)
    assert response.cookies["display"].value == "large"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "null"},
        {"Origin": ""},
        {"Origin": "http://elsewhere.example"},
        {"Origin": "https://testserver"},
        {"Origin": "http://testserver:8000"},
        {"Origin": "http://testserver.elsewhere.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": ""},
        {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "http://elsewhere.example", "Sec-Fetch-Site": "same-origin"},
        {"Referer": "http://testserver/"},
    ],
)
def test_nobody_else_may(client, headers):
    response = choose(client, "large", headers=headers)
    assert response.status_code == 403
    assert not response.cookies


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_a_choice_is_posted(client, method):
    response = getattr(client, method)(URL, {"display": "large"}, headers=ORIGIN)
    assert response.status_code == 405
    assert not response.cookies


@pytest.mark.parametrize(
    "address",
    [
        "",
        "news/",
        "http://elsewhere.example/",
        "https://testserver/",
        "//elsewhere.example/",
        "///elsewhere.example/",
        "/\\elsewhere.example/",
        "\\\\elsewhere.example",
        "javascript:alert(1)",
        " //elsewhere.example",
        "\x00/",
        "/" + "a" * 2_000,
    ],
)
def test_nobody_is_led_away(client, address):
    assert choose(client, "large", address)["Location"] == "/"


@pytest.mark.parametrize(
    ("address", "location"),
    [
        ("/news/", "/news/"),
        ("/en/search/?q=学校", "/en/search/?q=%E5%AD%A6%E6%A0%A1"),
        ("/\r\nSet-Cookie: a=b", "/%0D%0ASet-Cookie:%20a=b"),
        ("/" + "学" * 1_499, "/" + "%E5%AD%A6" * 1_499),
    ],
)
def test_a_reader_comes_back_to_the_page(client, address, location):
    assert choose(client, "large", address)["Location"] == location


# What is shown -----------------------------------------------------------------------------------


@pytest.fixture
def story(db):
    make_index()
    return make_story(title="重庆的校长", standfirst="学校", slug="story")


def page(client, word="", path="/news/story/"):
    if word:
        client.cookies["display"] = word
    return client.get(path)


@pytest.mark.parametrize("word", ["", "huge", "senior,ruby", '"><script>', "\xe5\xad"])
def test_an_unknown_cookie_is_no_choice(client, story, word):
    response = page(client, word)
    assert response.context["request"].display == DEFAULT
    html = response.content.decode()
    assert 'data-display="standard">' in html
    assert "senior.css" not in html
    assert "<ruby>" not in html
    assert "<script>" not in html
    assert not response.cookies


def test_the_senior_mode_has_its_styles_and_a_way_out(client, story):
    html = page(client, "senior").content.decode()
    assert 'data-display="senior">' in html
    assert "css/senior.css" in html
    assert '<button class="leave" name="display" value="standard">' in html
    assert 'class="leave"' not in page(client, "large").content.decode()


def test_pressed_is_what_holds(client, story):
    html = page(client, "large.ruby").content.decode()
    assert 'value="large.ruby" data-size="large" aria-pressed="true"' in html
    assert 'value="small.ruby" data-size="small" aria-pressed="false"' in html
    assert 'value="senior.ruby" aria-pressed="false"' in html
    assert 'value="large" aria-pressed="true"' in html
    assert '<input type="hidden" name="next" value="/news/story/">' in html


def test_pinyin_stands_over_the_story_alone(client, story):
    html = page(client, "standard.ruby").content.decode()
    assert 'data-display="standard" data-ruby>' in html
    title = html[html.index("<h1") : html.index("</h1>")]
    assert '长<rp>(</rp><rt aria-hidden="true">zhǎng</rt>' in title
    assert "<ruby>" not in html[: html.index("<article")]
    assert re.search(r"<title[^>]*>\s*重庆的校长", html)


def test_pinyin_is_for_chinese_pages(client, story):
    shown_in_chinese = page(client, "standard.ruby", "/en/news/story/").content.decode()
    assert "data-ruby>" in shown_in_chinese
    assert "<ruby>" in shown_in_chinese
    english = page(client, "standard.ruby", "/en/nothing/").content.decode()
    assert "data-ruby" not in english
    assert 'value="standard" aria-pressed="true"' not in english


def test_the_query_comes_back_escaped(client, story):
    html = client.get("/news/?topic=%22%3E%3Cscript%3E&a=1").content.decode()
    assert '<input type="hidden" name="next" value="/news/?topic=%22%3E%3Cscript%3E">' in html


@pytest.mark.parametrize("path", ["/", "/news/", "/news/story/", "/en/news/", "/nothing/", "/fr/"])
def test_caches_are_told_that_pages_depend_on_it(client, story, path):
    response = client.get(path)
    assert "Cookie" in response["Vary"]
    assert not response.cookies


@pytest.mark.parametrize("path", ["/news/feed.xml", "/sitemap.xml", "/robots.txt"])
def test_what_is_no_page_does_not_depend_on_it(client, story, path):
    assert "Cookie" not in client.get(path).headers.get("Vary", "")
