"""The levels of headings show a page's structure, whichever blocks its body begins with."""

import re
from itertools import pairwise

import pytest

from schools.tests.factories import make_school

from .factories import make_programme, make_story, publish


pytestmark = [pytest.mark.django_db, pytest.mark.once]
HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>", re.DOTALL)


def headings(client, page):
    """(level, text) of every heading of the main part of a page."""
    html = client.get(page.url).content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return [(int(level), re.sub(r"<[^>]+>", "", text)) for level, text in HEADING.findall(main)]


def blocks(school, story):
    aside = {"heading": "旁白", "text": "<p>新校园。</p>"}
    cards = {"heading": "", "schools": [school]}
    return [
        ("schools", cards),
        ("aside", aside),
        ("schools", cards | {"heading": "学校"}),
        ("stories", {"heading": "", "stories": [story]}),
        ("heading", {"heading": "第一节", "subheading": ""}),
        ("aside", aside | {"heading": "节内旁白"}),
        ("schools", cards),
    ]


def test_no_level_is_left_out_before_and_after_the_first_heading(client):
    school, other = make_school(title="双福六小"), make_story()
    body = blocks(school, other)
    of_both = {(2, "旁白"), (2, "第一节"), (3, "节内旁白")}
    of_stories = of_both | {(2, "双福六小"), (2, "学校"), (3, "双福六小")}
    for page, expected in ((make_story(body=body), of_stories), (publish(make_programme(body=body)), of_both)):
        found = headings(client, page)
        assert found[0][0] == 1
        for (above, _text), (level, text) in pairwise(found):
            assert level <= above + 1, text
        assert expected <= set(found)


def test_in_a_profile_the_headings_of_blocks_are_below_its_own(client):
    school = make_school(body=[("aside", {"heading": "旁白", "text": "<p>新校园。</p>"})])
    found = headings(client, publish(school))
    assert found[found.index((3, "旁白")) - 1][0] == 2
