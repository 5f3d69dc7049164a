"""How much a page makes a reader load, who may have a slow line: its HTML, and the style sheets and scripts it names.

All sizes are bytes after gzip. Counted are the HTML of the page itself; every style sheet of the page, also that for
print and that of the senior mode; every script. Each file is compressed by itself, as it is sent. Pictures, icons and
the manifest are not counted.
"""

import gzip
import random
import re

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static

from metrics.tests.factories import make_figures_page, make_observation
from schools.tests.factories import make_school

from .factories import make_story


pytestmark = [pytest.mark.django_db, pytest.mark.once]
HTML, CSS, JS = 60_000, 20_000, 15_000
TAG = re.compile(r"<(link|script)\b[^>]*>")


def packed(content):
    return len(gzip.compress(content, 9))


def html_of(client, path, display=""):
    if display:
        client.cookies["display"] = display
    response = client.get(path)
    assert response.status_code == 200
    return response.content


def loaded(html):
    """(style sheets, scripts) as the tags that name them."""
    tags = [found.group() for found in TAG.finditer(html.decode())]
    scripts = [tag for tag in tags if tag.startswith("<script") and "ld+json" not in tag]
    return [tag for tag in tags if 'rel="stylesheet"' in tag], scripts


def size(tags):
    """Of all files named in these tags, each compressed by itself."""
    names = [re.search(r'(?:href|src)="([^"]+)"', tag).group(1).removeprefix(static("")) for tag in tags]
    total = 0
    for name in names:
        with open(finders.find(name), "rb") as file:
            total += packed(file.read())
    return total


def long_story():
    """Twelve thousand characters in twelve parts. Drawn at random they are harder to compress than any real text."""
    draw = random.Random(2023)
    blocks = []
    for part in range(12):
        text = ["".join(chr(draw.randrange(0x4E00, 0x59FF)) for _character in range(200)) for _paragraph in range(5)]
        rich = "".join(f'<p data-block-key="{part}-{number}">{words}。</p>' for number, words in enumerate(text))
        blocks += [("heading", {"heading": text[0][:12], "subheading": text[1][:20]}), ("text", rich)]
    return make_story(body=blocks)


@pytest.mark.parametrize("display", ["", "senior.ruby"])
def test_a_long_story_without_pictures_is_light(client, display):
    html = html_of(client, long_story().url, display)
    assert html.decode().count("<h2 id=") == 12 + 1  # the parts, and the heading of their list
    assert ("<ruby" in html.decode()) is bool(display)
    assert 20_000 < packed(html) <= HTML * (2 if display else 1)  # pinyin doubles a text


def test_styles_and_scripts_are_light_and_block_nothing(client):
    make_figures_page()
    metric = make_observation().metric
    paths = [make_school().url, make_story().url, "/", "/news/", "/schools/", "/schools/compare/"]
    paths += [metric.get_absolute_url(), "/search/?q=x", "/data/download/", "/api/v1/", "/sitemap/"]
    for path in paths:
        styles, scripts = loaded(html_of(client, path, "senior"))
        assert len(styles) >= 2, path
        assert scripts, path
        assert 1_000 < size(styles) <= CSS, path
        assert 0 < size(scripts) <= JS, path
        for tag in scripts:
            assert re.search(r"\sdefer\b|type=\"module\"", tag), tag


def test_a_page_loads_no_style_sheet_for_what_it_does_not_show(client):
    styles, scripts = loaded(html_of(client, make_story().url))
    names = " ".join([*styles, *scripts])
    for other in (
        "senior.css",
        "schools.css",
        "compare.css",
        "figures.css",
        "search.css",
        "open-data.css",
        "filter.js",
    ):
        assert other not in names
