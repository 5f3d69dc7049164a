"""What the desk shows and checks in place of the links of a text."""

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from core.segments import tidy
from languages.desk.chips import Chip, as_html, chip_words, expand_tokens, with_chip_words


pytestmark = pytest.mark.once

FIGURE = Chip("8660 (places)", "8,660")
NAMED = Chip("江津中学", "Smith & Sons' School")
LINK = Chip("https://example.org/")
CHIPS = {"a1": FIGURE, "a2": LINK, "a3": NAMED}


def shown(text, **options):
    """The desk's HTML, with a chip as [id|words], one that cannot be typed in as [[id|words]]."""
    html = str(as_html(text, CHIPS, **{"target": True} | options))
    locked = r'<span class="desk-chip desk-chip--token" data-chip="(.*?)" .*? contenteditable="false".*?>(.*?)</span>'
    html = re.sub(locked, r"[[\1|\2]]", html)
    return re.sub(r'<span class="desk-chip" data-chip="(.*?)" .*?>(.*?)</span>', r"[\1|\2]", html)


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ('今年<a id="a1"></a>个', "今年[[a1|8,660]]个"),
        ('<a id="a1">8,660</a> places', "[[a1|8,660]] places"),
        ('<a id="a1">many</a> places', "[a1|many] places"),
        ('<a id="a2">the <b>note</b></a>', "[a2|the <b>note</b>]"),
        ('<a id="a3">Smith &amp; Sons\' School</a>', "[[a3|Smith &amp; Sons&#x27; School]]"),
        ('<b id="b1">x <b>y</b> z</b> w', "[b1|x <b>y</b> z] w"),
        ('a<wbr id="wbr1"/>b', "a[wbr1|]b"),
        ('<a id="a&quot;b">x</a>', "[a&quot;b|x]"),
        ("1 &lt; 2 <b>and</b> 3", "1 &lt; 2 <b>and</b> 3"),
    ],
)
def test_a_target(text, seen):
    assert shown(tidy(text)) == seen


def test_in_the_source_nothing_is_locked():
    assert shown('今年<a id="a1">8660个</a>', target=False) == "今年[a1|8660个]"


@pytest.mark.parametrize("block", ["p", "h2", "li", "blockquote", "td"])
def test_a_block_tag_is_no_chip(block):
    """A paragraph that somebody pastes, whatever its id, would part the text where the source has no parts."""
    pasted = f'<{block} id="a1"></{block}>次'
    assert tidy(pasted) == "次"
    assert expand_tokens(pasted, CHIPS) == pasted
    assert shown(pasted) == pasted


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('<a id="a1"></a> places', '<a id="a1">8,660</a> places'),
        ('<a id="a1">9,000</a> places', '<a id="a1">9,000</a> places'),
        ('<a id="a2"></a> places', '<a id="a2"></a> places'),
        ('<a id="a9"></a> places', '<a id="a9"></a> places'),
        ('<a id="a1"> places', '<a id="a1"> places'),
    ],
)
def test_the_checks_read_what_readers_will_see(text, said):
    assert expand_tokens(text, CHIPS) == said


PIECES = [
    *(
        '<a id="a1">',
        '<a id="a2">',
        '<a id="a3"/>',
        "<a id=a1 says='1'>",
        '<a href="javascript:x">',
        "<a",
        "</a>",
        "</a ",
    ),
    *(
        "<b>",
        '<b id="b1">',
        "</b>",
        '<wbr id="wbr1"/>',
        '<p id="a1">',
        "<script>",
        "</script>",
        "<!--",
        "-->",
        "<![CDATA[",
    ),
    *(
        "&lt;",
        "&amp;lt;",
        "&",
        "<",
        ">",
        '"',
        "'",
        "8,660",
        " ",
        "字",
        "\0",
        '<a id="' + "a" * 300 + '">',
        "<a>" * 50,
    ),
]
ALLOWED = {"span", "b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"}


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=4), max_size=14).map("".join))
def test_whatever_is_written_the_desk_shows_no_tag_that_is_not_its_own(text):
    once = tidy(text)
    assert tidy(once) == once
    assert with_chip_words(once, {}) == once
    bare = with_chip_words(once, dict.fromkeys(chip_words(once), ""))
    assert not any(chip_words(bare).values())
    for said in (once, bare, expand_tokens(once, CHIPS)):
        page = BeautifulSoup(f"<i>{as_html(said, CHIPS, target=True)}</i>", "html.parser")
        assert {tag.name for tag in page.find_all(True) if not tag.get("id")} <= ALLOWED
        attributes = {name for tag in page.find_all("span") for name in tag.attrs}
        assert attributes <= {"class", "data-chip", "data-tag", "data-token", "title", "contenteditable"}
