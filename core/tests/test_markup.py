"""Rich text is what the editor makes, whatever was stored; and what the editor made stays as it is."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

from core.text.links import is_plain, is_plain_or_short
from core.text.markup import clean_markup, rules_of
from core.typed_markup import rules


pytestmark = pytest.mark.once
FEATURES = ["bold", "ol", "ul", "superscript", "subscript", "link", "document-link"]
RULES = rules_of(FEATURES)


def cleaned(html):
    return clean_markup(html, RULES)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "学位 8660 个 &amp; more",
        '<p data-block-key="k1">a<b>x</b><br/>y</p>\n<ul><li data-block-key="z">1<ul><li>2</li></ul></li></ul>',
        '<p>见<a id="5" linktype="page"></a>，<a href="https://example.org/a?b=1&amp;c=2">通知</a></p>',
        '<p>H<sub>2</sub>O, <strong>m<sup>2</sup></strong></p><p data-block-key="k"></p><ol><li>x</li></ol>',
    ],
)
def test_what_the_editor_made_stays(html):
    assert cleaned(html) == html


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p onclick='x()' style=\"color:red\">a</p>", "<p>a</p>"),
        ("<p>a<script>alert(1)</script><style>b{}</style><!-- c -->d</p>", "<p>ad</p>"),
        ("<img src=x onerror=alert(1)>a", "<p>a</p>"),
        ("<img src=x onerror=alert(1) <b>x", "&lt;img src=x onerror=alert(1) <b>x</b>"),
        ("<iframe src=//evil.example>a</iframe>", "<p>a</p>"),
        ("<p><i>a</i><span>b</span><font>c</font></p>", "<p>abc</p>"),
        ("<p>a &#x200b;b&#11;c &amp; d &lt;</p>", "<p>a bc &amp; d &lt;</p>"),
        # links
        ('<a href="//evil.example/">a</a><a href="javascript:alert(1)">b</a><a href="/\\evil.example">c</a>', "abc"),
        ('<a href="java&#10;script:alert(1)">a</a><a href="&#1;javascript:b">b</a><a name="c">c</a>', "abc"),
        ('<a href="https://a.example/" href="//b.example">a</a>', '<a href="https://a.example/">a</a>'),
        ('<a href=" /news/ " target=_blank>a</a>', '<a href="/news/">a</a>'),
        ("<a linktype='page' id=7 onclick=x>a</a>", '<a linktype="page" id="7">a</a>'),
        ('<a linktype="page" id="x">a</a><a linktype="evil" id="1">b</a><a linktype="page">c</a>', "abc"),
        ('<a href="/a">a<a href="/b">b</a></a>', '<a href="/a">ab</a>'),
        # order
        ("<b><p>x</p><p>y</p></b>", "<p><b>x</b></p><p><b>y</b></p>"),
        ("<p>a<b>b</p>c", "<p>a<b>b</b></p><b>c</b>"),
        ('<b><a href="/x">1</b>2</a>3', '<b><a href="/x">1</a></b><a href="/x">2</a>3'),
        ("</ul></li></p>x</b>", "x"),
        ("<li>a</li><p>b</p>", "<ul><li>a</li></ul><p>b</p>"),
        ("<ol>x<li>y", "<ol><li>x</li><li>y</li></ol>"),
        (
            "<ul><li><p>a</p><p>b</p>c</li><ul><li>d</li></ul></ul>",
            "<ul><li>a<br/>b<br/>c<ul><li>d</li></ul></li></ul>",
        ),
        ("<div>a</div>b<h2>c</h2>", "<p>a</p><p>b</p><p>c</p>"),
        ("<p>a<ul><li>b</p>c", "<p>a</p><ul><li>b<br/>c</li></ul>"),
        (
            "<table><tr><td><p>学校</p></td><td>人数</td></tr><tr><td>双福六小</td><td></td><td>1200</td></tr></table>",
            "<p>学校 | 人数</p><p>双福六小 |  | 1200</p>",
        ),
    ],
)
def test_of_anything_else_only_the_words_stay(html, kept):
    assert cleaned(html) == kept


TAGS = """
    <p> </p> <b> </b> <strong> </strong> <ul> </ul> <ol> </ol> <li> </li> <table> <tr> <td> </td> </table> <br/> <div>
    </div> <a~href="/x"> <a~href="//x"> <a~linktype="page"~id="1"> </a> <h2> </h2> <sup> </sup> < > & &lt; 学
    <script> </script> <!-- --> <a <p~data-block-key="k"> "
"""
PARTS = st.sampled_from(TAGS.split()).map(lambda part: part.replace("~", " "))


@given(st.lists(PARTS | st.just(" "), max_size=30).map("".join))
def test_whatever_it_was_the_editor_can_read_it(html):
    once = cleaned(html)
    assert cleaned(once) == once
    state = json.loads(
        ContentstateConverter(["bold", "ol", "ul", "superscript", "subscript"]).from_database_format(once)
    )
    assert isinstance(state["blocks"], list)


def test_long_markup_takes_no_longer_than_it_is_long():
    for part in ("<b>", "<ul><li>", "<a href='/x'>", "</b>", "<td>", "<p>x", "<b><p>x", "<a <a", "&#x200b;"):
        cleaned(part * 20_000)


def test_a_feature_that_writes_what_is_not_known_is_named():
    with pytest.raises(ValueError, match=r"\['image'\]"):
        rules_of([*FEATURES, "image"])
    assert rules().linktypes == {"", "page", "document", "figure", "school"}


@pytest.mark.parametrize(
    "address",
    [
        *("//evil.example/", "///evil.example/", "https:///evil.example/", "https:/evil.example", "https:evil.example"),
        *("/\\evil.example/", "\\\\evil.example", "/\t/evil.example/", "\t//evil.example/", "/\u200b/evil.example/"),
        *("javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)"),
        *("data:text/html,x", "vbscript:x", "file:///etc/passwd", "https://", "http://:80/", "https://a b/"),
        *("https://www.gov.cn@evil.example/", "https://evil.example\\@www.gov.cn/", "mailto://evil.example"),
    ],
)
def test_addresses_that_lead_elsewhere_than_they_say(address):
    assert not is_plain(address)
    assert not is_plain_or_short(address)


@pytest.mark.parametrize(
    "address",
    [
        *("https://www.gov.cn/", "HTTP://WWW.GOV.CN", "http://127.0.0.1:8000/a?b=c#d", "https://教育.中国/新闻/?q=学"),
        *("/", "/news/", "/en/data/?theme=a", "#b-1", "?page=2", "mailto:a@example.org?subject=a%20b", "tel:+86234752"),
    ],
)
def test_addresses_that_do_not(address):
    assert is_plain(address)


def test_what_people_type_may_be_short():
    assert is_plain_or_short("www.gov.cn/news")
    assert is_plain_or_short("localhost:8000/news")
