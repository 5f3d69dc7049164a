"""HTML taken apart into text and tags: nothing is lost, and no text is taken for a tag."""

import re
from pathlib import Path

import pytest
from django.conf import settings as project
from hypothesis import given, settings
from hypothesis import strategies as st

from core.tests.work import is_linear
from core.text.tags import attributes, map_text, paragraphs, pieces, plain


PATTERN = re.compile(r"""["'(|]</?[?]?\(?(?:\?P<\w+>)?\[""")  # "<[^>]*>", "(<[a-z]+", "</?([a-z]"
MARKUP = st.sampled_from(
    ["<", ">", "</", "/>", "<a ", "<p>", "</p>", "<!--", "-->", "<script>", "</script>", "=", *"\"' &;学x"]
)


@settings(deadline=None)
@given(st.lists(MARKUP).map("".join))
def test_the_pieces_are_the_whole(html):
    found = list(pieces(html))
    assert "".join(piece.raw for piece in found) == html
    assert all(piece.raw and html[piece.start : piece.end] == piece.raw for piece in found)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("学<b>校</b>", ["学", "校"]),
        ('<a title="学 > 数据" href=/学/>链</a>', ["链"]),
        ("<a title='\"<b>'>链</a>", ["链"]),
        ("<BR/>学<br >校", ["学", "校"]),
        ("1 < 2 而 3 > 2", ["1 < 2 而 3 > 2"]),
        ("<60分", ["<60分"]),
        ("<学>", ["<学>"]),
        ("<info@example.org>", ["<info@example.org>"]),
        ("<p", ["<p"]),
        ('<a title="学', ['<a title="学']),
        ("<a <b>粗</b>", ["<a ", "粗"]),
        ("<!-- 学 <p>校</p> -->后", ["后"]),
        ("<!-->后", ["后"]),
        ("<!-- 学 <p>校</p>", []),
        ("<!doctype html>后", ["后"]),
        ("<![CDATA[x]]>后", ["后"]),
        ("<script>if (a<b && '<p>学</p>')</script >后", ["后"]),
        ("<script-x>学</script-x>", ["学"]),
        ("<style>p{content:'学'}", []),
        ("<svg:g>学</svg:g>", ["学"]),
    ],
)
def test_what_is_text(html, texts):
    assert [piece.raw for piece in pieces(html) if piece.is_text] == texts


def test_a_tag_has_a_name_and_attributes():
    [tag] = pieces('<A HREF="/a?b&amp;c" title=\'"x"\' data-id=7 hidden href="/other">')
    assert (tag.name, tag.is_start, tag.is_end, tag.is_empty) == ("a", True, False, False)
    assert tag.attributes == {"href": "/a?b&c", "title": '"x"', "data-id": "7", "hidden": ""}
    assert [(piece.is_start, piece.is_end, piece.is_empty) for piece in pieces("<br><path/></p>")] == [
        (True, False, True),
        (True, False, True),
        (False, True, False),
    ]


def test_an_attribute_says_where_it_stands():
    tag = '<embed alt="学校" id="5"/>'
    alt = attributes(tag)["alt"]
    assert tag[alt.start : alt.end] == 'alt="学校"'
    assert attributes('alt="学校"')["alt"].value == "学校"


def test_a_paragraph_is_what_stands_between_two_blocks():
    html = "前<p>一<b>二</b><br/>三</p><ul><li>四<ul><li>五</li></ul>六</li></ul><!-- 七 --><h2>八</h2>"
    assert [plain("".join(piece.raw for piece in found)) for found in paragraphs(html)] == [
        "前",
        "一二 三",
        "四",
        "五",
        "六",
        "",
        "八",
    ]


def test_a_reader_sees_characters_for_entities_and_no_script():
    assert plain("<p>A&amp;B&nbsp;&lt;b&gt;</p><script>x</script>") == "A&B\xa0<b>"


def test_only_text_is_mapped():
    assert map_text('<b title="x">x</b><!-- x -->x', str.upper) == '<b title="x">X</b><!-- x -->X'


UNITS = [
    "<a '",
    '<"',
    "<a ",
    "<a <b",
    "<!--",
    "<!",
    "<![",
    "</",
    "</a ",
    "<script>",
    "</script ",
    '<a "x" ',
    "<a b='c\"",
    "<a b=",
    "&#",
]


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("function", [plain, lambda html: attributes(f"<a {html}>")], ids=["pieces", "attributes"])
def test_time_is_linear(function, unit):
    for begun in ("", "<script>", "<!--", "<a "):
        assert is_linear(function, lambda size, begun=begun: begun + unit * size, 2_500)


def test_no_other_module_takes_tags_apart_with_a_pattern():
    """The first bytes of an uploaded file are looked at in their own way, and markup at how a single tag is written."""
    root = Path(project.BASE_DIR)
    rooms = ("api", "core", "languages", "metrics", "news", "schools", "search")
    modules = {path.relative_to(root).as_posix(): path for room in rooms for path in (root / room).rglob("*.py")}
    own = {"core/text/tags.py", "core/text/markup.py", "core/files/documents.py"}
    others = [name for name, path in modules.items() if "/tests/" not in name and PATTERN.search(path.read_text())]
    assert set(others) - own == set()
