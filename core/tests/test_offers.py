"""Where words stand in a rich text, and linking them there."""

import pytest

from core.publishing.checklist import Choice
from core.publishing.offers import Passage, paragraphs_of, with_links


pytestmark = pytest.mark.once

HTML = (
    '<p data-block-key="a">甲<b>校</b>开学 &amp; <a linktype="school" id="3">乙校</a>也。</p><hr/>'
    '<ul><li data-block-key="b">丙校。😀丁校有一句。</li></ul>'
)


def offer(words, html=HTML):
    paragraph = next(each for each in paragraphs_of(html) if words in each.text)
    start = paragraph.text.index(words)
    choice = Choice("school", "7", words)
    return Passage("body.t", paragraph).offer(start, start + len(words), [choice])


def test_paragraphs_have_the_editors_keys_and_know_their_links():
    first, second = paragraphs_of(HTML)
    assert (first.key, first.text) == ("a", "甲校开学 & 乙校也。")
    assert (second.key, second.text) == ("b", "丙校。😀丁校有一句。")
    [link] = first.links
    assert (first.text[link.start : link.end], link.kind, link.key) == ("乙校", "school", "3")
    assert first.links_within(link.start + 1, link.end + 2)
    assert not first.links_within(0, link.start)


def test_an_offer_says_its_sentence_and_counts_as_the_editor_does():
    found = offer("丁校")
    assert (found.before, found.words, found.after) == ("😀", "丁校", "有一句。")
    assert (found.start, found.offset) == (4, 5)  # the editor counts a face as two


def test_words_are_linked_where_they_stand():
    linked = with_links(HTML, [offer("开学"), offer("丁校")])
    assert linked == HTML.replace("开学", '<a id="7" linktype="school">开学</a>').replace(
        "丁校", '<a id="7" linktype="school">丁校</a>'
    )


@pytest.mark.parametrize("words", ["甲校", "乙校", "学 & 乙"])
def test_words_across_tags_or_in_a_link_are_left(words):
    assert with_links(HTML, [offer(words)]) == HTML


def test_words_that_have_gone_are_left():
    assert with_links(HTML.replace("丁校", "戊校"), [offer("丁校")]) == HTML.replace("丁校", "戊校")


def test_entities_stay_entities():
    html = "<p>A &lt; 双福六小 &amp; B</p>"
    assert with_links(html, [offer("双福六小", html)]) == (
        '<p>A &lt; <a id="7" linktype="school">双福六小</a> &amp; B</p>'
    )
