"""Segments: what translators see, and what their texts can do to a page."""

import copy
import json
import re

import pytest
from django.db import models
from django.test.utils import isolate_apps
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modeltranslation.translator import TranslationOptions, translator
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock

from core.fields import ContentField
from core.segments import (
    IncompleteTranslation,
    InvalidChips,
    Place,
    Segment,
    extract,
    map_field,
    map_html,
    render,
    source_hash,
)


@pytest.fixture(autouse=True)
def english_labels():
    with translation.override("en"):
        yield


class ShoutBlock(blocks.Block):
    """A block that maps its own stored JSON."""

    def map_segments(self, raw, path, transform):
        return {"said": transform(Segment(f"{path}.said", raw["said"], "plain", "Shout"))}


class CardBlock(blocks.StructBlock):
    heading = blocks.CharBlock()
    text = blocks.RichTextBlock()
    points = blocks.ListBlock(blocks.TextBlock(), label="Points")
    size = blocks.IntegerBlock()
    link = blocks.URLBlock()
    theme = blocks.ChoiceBlock(choices=[("light", "Light")])
    page = blocks.PageChooserBlock()


class BodyBlock(blocks.StreamBlock):
    heading = blocks.CharBlock(label="Section heading")
    paragraph = blocks.RichTextBlock()
    quote = blocks.BlockQuoteBlock()
    code = blocks.RawHTMLBlock()
    card = CardBlock()
    picture = ImageBlock()
    cards = blocks.ListBlock(CardBlock())
    nested = blocks.StreamBlock([("inner", blocks.RichTextBlock()), ("card", CardBlock())])
    table = TypedTableBlock([("words", blocks.CharBlock()), ("number", blocks.IntegerBlock())])
    shout = ShoutBlock()


def stream_field():
    field = StreamField(BodyBlock(), blank=True)
    field.set_attributes_from_name("body")
    return field


def text_field(field, name="title"):
    field.set_attributes_from_name(name)
    return field


BODY = stream_field()


def unchanged(segment):
    return segment.text


def segments_of(field, value):
    found = []
    map_field(field, value, lambda segment: found.append(segment) or segment.text)
    return found


def texts_of(markup):
    """{key: text} of one rich text."""
    field = text_field(RichTextField(), "t")
    return {s.path.removeprefix("t#"): s.text for s in segments_of(field, markup)}


def translated(markup, *answers):
    answers = iter(answers)
    return map_html(markup, Place("t", "Text", lambda segment: next(answers)))


def block(type, value, id):
    return {"type": type, "value": value, "id": id}


# Round trips

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

WORDS = st.text(
    st.sampled_from("学位8660个，。「」《》％～ a<>&\"'\xa0\u3000\u200b\n;#é😀"),
    max_size=12,
)
ENTITIES = st.sampled_from(["&nbsp;", "&lt;b&gt;", "&amp;amp;", "&#39;", "&copy", "&"])
LINKS = [
    '<a linktype="page" id="7">',
    "<a href='https://e.cn/?a=1&amp;b=\"'>",
    "<A ID=3>",
]
RAW_INLINE = st.one_of(
    WORDS.map(lambda text: text.replace("<", "&lt;")),
    ENTITIES,
    st.sampled_from(["<br/>", "<br>", "<BR />", "<wbr>", "a < b", "</b>", "<!-- x -->"]),
)
INLINE = st.recursive(
    RAW_INLINE,
    lambda inner: st.one_of(
        st.tuples(st.sampled_from(["b", "em", "sub", "mark", "abbr"]), inner).map(
            lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
        ),
        st.tuples(st.sampled_from(LINKS), inner).map(lambda p: f"{p[0]}{p[1]}</a>"),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
KEYS = st.one_of(st.just(""), st.sampled_from(["k1", "k2", "k3"]))


def element(name, key, inner):
    attribute = f' data-block-key="{key}"' if key else ""
    return f"<{name}{attribute}>{inner}</{name}>"


LISTS = st.recursive(
    st.builds(element, st.just("li"), KEYS, INLINE),
    lambda item: st.builds(
        lambda key, text, items: element("li", key, f"{text}<ul>{''.join(items)}</ul>"),
        KEYS,
        INLINE,
        st.lists(item, max_size=2),
    ),
    max_leaves=4,
).map(lambda item: f"<ul>\n{item}</ul>")
EMBEDS = WORDS.map(lambda alt: f'<embed alt="{alt.replace(chr(34), "&quot;")}" embedtype="image" id="3"/>')
RICH_TEXT = st.lists(
    st.one_of(
        st.builds(element, st.sampled_from(["p", "h2", "blockquote"]), KEYS, INLINE),
        LISTS,
        EMBEDS,
        st.just("<hr/>"),
        INLINE,
    ),
    max_size=4,
).map("".join)
IDS = st.one_of(st.none(), st.sampled_from(["i1", "i2"]), st.uuids().map(str))
CARDS = st.fixed_dictionaries(
    {
        "heading": WORDS,
        "text": RICH_TEXT,
        "points": st.lists(st.one_of(WORDS, st.builds(block, st.just("item"), WORDS, IDS)), max_size=3),
        "size": st.integers() | st.none(),
        "link": st.just("https://e.cn/学"),
        "theme": st.just("light"),
        "page": st.just(7),
        "removed child": st.just("left as it is"),
    }
)
CHILDREN = {
    "heading": WORDS,
    "paragraph": RICH_TEXT,
    "quote": WORDS,
    "code": RICH_TEXT,
    "card": CARDS,
    "cards": st.lists(st.builds(block, st.just("item"), CARDS, IDS), max_size=2),
    "nested": st.lists(st.builds(block, st.just("inner"), RICH_TEXT, IDS), max_size=2),
    "shout": st.fixed_dictionaries({"said": WORDS}),
    "forgotten block": st.just({"a": [1]}),
}
BODIES = st.lists(
    st.one_of([st.builds(block, st.just(k), v, IDS) for k, v in CHILDREN.items()]),
    max_size=5,
)


@UNTIMED
@given(BODIES)
def test_unchanged_body_comes_back_as_it_was(raw):
    assert map_field(BODY, copy.deepcopy(raw), unchanged) == raw


@UNTIMED
@given(RICH_TEXT)
def test_unchanged_rich_text_is_byte_identical(markup):
    field = text_field(RichTextField())
    assert map_field(field, markup, unchanged) == markup


@UNTIMED
@given(BODIES)
def test_input_is_not_modified(raw):
    before = copy.deepcopy(raw)
    value = BODY.to_python(raw)
    map_field(BODY, value, lambda segment: segment.text + "!")
    assert raw == before


@UNTIMED
@given(BODIES)
def test_paths_are_unique_and_the_same_every_time(raw):
    paths = [s.path for s in segments_of(BODY, BODY.to_python(copy.deepcopy(raw)))]
    assert len(paths) == len(set(paths))
    again = [s.path for s in segments_of(BODY, BODY.to_python(copy.deepcopy(raw)))]
    assert paths == again


@UNTIMED
@given(BODIES)
def test_translated_body_has_the_answers_at_the_same_paths(raw):
    """A translator's text is read back in the form in which it was shown."""

    def answer(segment):
        return segment.text.strip(" \t\n\r\f") + "译"

    expected = [(s.path, answer(s)) for s in segments_of(BODY, raw)]
    rendered = map_field(BODY, raw, answer)
    assert [(s.path, s.text) for s in segments_of(BODY, rendered)] == expected


@UNTIMED
@given(RICH_TEXT)
def test_rendering_again_from_the_normal_form_changes_nothing(markup):
    place = Place("t", "Text", lambda segment: segment.text + "译")
    rendered = map_html(markup, place)
    assert map_html(rendered, Place("t", "Text", unchanged)) == rendered


@UNTIMED
@given(INLINE, st.text("<>/ab =\"'!-script&;id1pè", max_size=40))
def test_no_translation_adds_a_tag_or_an_attribute(source, target):
    def answer(segment):
        return target or segment.text

    source = f"<p>{source}</p>"
    try:
        mapped = map_html(source, Place("t", "Text", answer))
    except InvalidChips:
        return
    allowed = r"</?(b|strong|i|em|sub|sup|code|s|del|br|mark|u|p|a|abbr|wbr)/?>"
    added = [tag for tag in re.findall(r"<[^<]*?>", mapped) if tag not in source]
    assert all(re.fullmatch(allowed, tag) for tag in added)


# Blocks and fields


def test_paths_labels_and_formats_of_a_body():
    raw = [
        block("heading", "新增学位", "b1"),
        block("card", {"heading": "题", "points": [block("item", "一", "l1")]}, "b2"),
        block("nested", [block("inner", '<p data-block-key="x1">文</p>', "n1")], "b3"),
        block("picture", {"image": 5, "decorative": False, "alt_text": "图"}, "b4"),
        block("quote", "引", "b5"),
        block("shout", {"said": "喊"}, "b6"),
    ]
    assert segments_of(BODY, raw) == [
        Segment("body.b1", "新增学位", "plain", "Section heading"),
        Segment("body.b2.heading", "题", "plain", "Heading"),
        Segment("body.b2.points.l1", "一", "plain", "Points"),
        Segment("body.b3.n1#x1", "文", "html", "Inner"),
        Segment("body.b4.alt_text", "图", "plain", "Alt text"),
        Segment("body.b5", "引", "plain", "Quote"),
        Segment("body.b6.said", "喊", "plain", "Shout"),
    ]


def test_blocks_without_words_are_left_alone():
    card = {"size": 3, "link": "https://e.cn", "theme": "light", "page": 7}
    raw = [
        block("code", "<script>学()</script>", "b1"),
        block("card", card, "b2"),
        block("picture", 5, "b3"),
        block("gone", "旧", "b4"),
    ]
    assert segments_of(BODY, raw) == []
    assert map_field(BODY, raw, unchanged) == raw


def test_typed_table_headings_cells_and_caption_are_named_by_position():
    table = {
        "columns": [
            {"type": "words", "heading": "学校"},
            {"type": "number", "heading": "学位"},
        ],
        "rows": [{"values": ["双福六小", 2160]}, {"values": ["", None]}],
        "caption": "2024年",
    }
    raw = [block("table", table, "b1")]
    assert {s.path: s.text for s in segments_of(BODY, raw)} == {
        "body.b1.columns.p0": "学校",
        "body.b1.columns.p1": "学位",
        "body.b1.rows.p0.p0": "双福六小",
        "body.b1.caption": "2024年",
    }
    mapped = map_field(BODY, raw, lambda s: s.path)[0]["value"]
    assert mapped["rows"] == [
        {"values": ["body.b1.rows.p0.p0", 2160]},
        {"values": ["", None]},
    ]
    assert mapped["columns"][1] == {"type": "number", "heading": "body.b1.columns.p1"}
    assert mapped["caption"] == "body.b1.caption"
    del table["caption"]
    assert map_field(BODY, raw, unchanged) == raw


def test_children_without_ids_are_named_by_position_and_stay_without():
    raw = [
        {"type": "heading", "value": "一"},
        {"type": "cards", "value": [{"heading": "二"}], "id": None},
    ]
    value = BODY.to_python(raw)
    expected = ["body.p0", "body.p1.p0.heading"]
    assert [s.path for s in segments_of(BODY, value)] == expected
    assert map_field(BODY, value, unchanged) == raw


def test_result_shares_nothing_with_the_input():
    raw = [block("gone", {"left": ["as it is"]}, "b1")]
    map_field(BODY, raw, unchanged)[0]["value"]["left"].append("changed")
    assert raw == [block("gone", {"left": ["as it is"]}, "b1")]


def test_repeated_ids_are_told_apart():
    raw = [block("heading", "一", "same"), block("heading", "二", "same")]
    assert [s.path for s in segments_of(BODY, raw)] == ["body.same", "body.same~2"]


def test_changes_made_to_a_loaded_stream_are_seen():
    value = BODY.to_python([block("heading", "旧", "b1"), block("quote", "引", "b2")])
    value[0].value = "新"
    assert [s.text for s in segments_of(BODY, value)] == ["新", "引"]
    assert map_field(BODY, value, unchanged) == [
        block("heading", "新", "b1"),
        block("quote", "引", "b2"),
    ]


def test_stream_is_accepted_as_json_and_rendered_assignable():
    raw = [block("heading", "题", "b1")]
    mapped = map_field(BODY, json.dumps(raw), lambda s: "Title")
    assert BODY.to_python(mapped)[0].value == "Title"
    assert BODY.to_python(mapped)[0].id == "b1"


@pytest.mark.parametrize(("value", "stored"), [(None, []), ("", []), ([], [])])
def test_empty_stream_is_empty(value, stored):
    assert map_field(BODY, value, unchanged) == stored
    assert map_field(BODY, BODY.to_python(value), unchanged) == stored


def test_text_that_is_not_a_stream_has_no_blocks():
    assert map_field(BODY, "not json", unchanged) == []


@pytest.mark.parametrize("field", [models.CharField(), models.TextField()])
def test_plain_field(field):
    field = text_field(field)
    assert segments_of(field, "A & <b>") == [Segment("title", "A & <b>", "plain", "Title")]
    assert map_field(field, "题", lambda s: "A < B") == "A < B"


@pytest.mark.parametrize("value", ["", " \n", None])
@pytest.mark.parametrize("field", [models.CharField(), RichTextField()])
def test_blank_field_has_no_segment(field, value):
    field = text_field(field)
    assert segments_of(field, value) == []
    assert map_field(field, value, unchanged) == value


@pytest.mark.parametrize(
    "field",
    [
        models.URLField(),
        models.SlugField(),
        models.EmailField(),
        models.CharField(choices=[("a", "A")]),
        models.IntegerField(),
    ],
)
def test_codes_are_not_text(field):
    assert segments_of(text_field(field), "a") == []


def test_drop_move_and_add_leave_other_paths_and_hashes_alone():
    first, second = block("heading", "一", "b1"), block("paragraph", "<p>二</p>", "b2")
    third = block("quote", "三", "b3")
    before = {(s.path, source_hash(s)) for s in segments_of(BODY, [first, second])}
    after = {(s.path, source_hash(s)) for s in segments_of(BODY, [third, second, first])}
    assert {path for path, _ in after - before} == {"body.b3"}
    dropped = {(s.path, source_hash(s)) for s in segments_of(BODY, [second])}
    assert dropped < before


def test_each_segment_is_asked_for_once_in_reading_order():
    paragraphs = "".join(f'<p data-block-key="k{i}">段{i}</p>' for i in range(20))
    raw = [block("paragraph", paragraphs, f"b{i}") for i in range(30)]
    paths = [s.path for s in segments_of(BODY, raw)]
    assert paths == [f"body.b{i}#k{j}" for i in range(30) for j in range(20)]


# Rich text


def test_nested_list_items_own_their_words():
    markup = '<ul><li data-block-key="a">一<ul><li data-block-key="b">二</li></ul>尾</li></ul>'
    assert texts_of(markup) == {"a": "一", "b": "二", "a~2": "尾"}


def test_blocks_without_keys_are_counted_and_line_space_is_kept_outside():
    markup = "裸<p> 一 </p>\n<p></p><p>&nbsp;</p><p>\u3000二</p>"
    assert texts_of(markup) == {"p0": "裸", "p1": "一", "p2": "\u3000二"}
    assert translated(markup, "bare", " one", "two") == ("bare<p> one </p>\n<p></p><p>&nbsp;</p><p>two</p>")


def test_inline_tags_do_not_split_a_sentence():
    markup = '<p data-block-key="k">H<sub>2</sub>O<br/>是<b>水</b></p>'
    assert texts_of(markup) == {"k": "H<sub>2</sub>O<br/>是<b>水</b>"}


def test_entities_are_shown_as_the_editor_writes_them():
    markup = '<p data-block-key="k">&nbsp;&quot;A&quot; &amp; 1 < 2 &#39;</p>'
    assert texts_of(markup) == {"k": '\xa0"A" &amp; 1 &lt; 2 \''}


def test_alternative_text_is_a_plain_segment_of_its_own():
    markup = """<embed alt="A &amp; 'B'" embedtype="image" id="9"/><img alt='猫'>"""
    assert texts_of(markup) == {"embed-9@alt": "A & 'B'", "p0": "猫"}
    assert translated(markup, '"C" & <D>', "cat") == (
        '<embed alt="&quot;C&quot; &amp; &lt;D&gt;" embedtype="image" id="9"/><img alt="cat">'
    )


def test_alt_is_not_found_inside_another_attribute():
    markup = """<embed data-alt="甲" title="alt='乙'" alt="" id="1"/>"""
    assert texts_of(markup) == {}


def test_the_first_of_two_attributes_counts():
    assert texts_of('<p data-block-key="k" data-block-key="l">学</p>') == {"k": "学"}


def test_label_says_what_kind_of_block_it_is():
    field = text_field(RichTextField(), "body")
    markup = "<h2>题</h2><p>文</p><ul><li>项</li></ul><embed alt='图'/>"
    assert [s.label for s in segments_of(field, markup)] == [
        "Body: Heading",
        "Body",
        "Body: List item",
        "Body: Alternative text",
    ]


def test_comments_and_code_are_not_text():
    assert texts_of("<!-- <p>注</p> --><script>学()</script><style>p{}</style>") == {}
    assert texts_of("<p>一</p><!-- 二 <p>三</p>") == {"p0": "一"}


def test_words_after_a_void_element_keep_the_key_around_them():
    assert texts_of('<p data-block-key="k">一<hr/>二</p>三') == {"k": "一", "k~2": "二", "p0": "三"}


# Chips

STORY = (
    '<p data-block-key="k">新增<a linktype="figure" id="12">8660个</a>学位，'
    '见<a href="https://e.cn/A?a=1&amp;b=2">说明</a></p>'
)


def test_links_are_shown_as_chips():
    assert texts_of(STORY) == {"k": '新增<a id="a1">8660个</a>学位，见<a id="a2">说明</a>'}


def test_chips_may_move_and_get_their_own_attributes_back():
    target = 'See the <a id="a2">note</a>: <a id="a1">8,660</a> <b>places</b>'
    assert translated(STORY, target) == (
        '<p data-block-key="k">See the <a href="https://e.cn/A?a=1&amp;b=2">note</a>: '
        '<a linktype="figure" id="12">8,660</a> <b>places</b></p>'
    )


def test_empty_chip_stays_empty_and_a_dropped_chip_is_allowed():
    assert translated(STORY, '<a id="a1"></a> new') == (
        '<p data-block-key="k"><a linktype="figure" id="12"></a> new</p>'
    )


@pytest.mark.parametrize(
    "target",
    ['<a id="a9">x</a>', '<b id="a1">x</b>', '<a id="12" linktype="page">x</a>'],
)
def test_unknown_chip_is_an_error_naming_the_path(target):
    with pytest.raises(InvalidChips, match="t#k") as caught:
        translated(STORY, target)
    assert caught.value.path == "t#k"
    assert caught.value.unknown == [re.search('id="(.*?)"', target)[1]]
    assert isinstance(caught.value, ValueError)


def test_unfamiliar_inline_tags_and_styled_plain_tags_are_chips():
    markup = '<p data-block-key="k"><abbr>教委</abbr><b class="x">会</b><wbr/></p>'
    shown = '<abbr id="abbr1">教委</abbr><b id="b1">会</b><wbr id="wbr1"/>'
    assert texts_of(markup) == {"k": shown}
    assert translated(markup, shown.replace("会", "x")) == markup.replace("会", "x")


# Hostile and careless texts


@pytest.mark.parametrize(
    ("target", "kept"),
    [
        ("<script>alert(1)</script>x", "x"),
        ("<script>alert(1)", ""),
        ("<SCRIPT/x>alert(1)</SCRIPT >x", "x"),
        ("<img src=x onerror=alert(1)>x", "x"),
        ('<img id="i" src=x onerror=alert(1)>x', "x"),
        ('<p id="p" onclick=alert(1)>x</p>', "x"),
        ("<svg onload=alert(1)>x", "x"),
        ("<svg/onload=alert(1)>x", "x"),
        ('<a href="javascript:alert(1)">x</a>', "x"),
        ('<b onclick="alert(1)" style="x">x</b>', "<b>x</b>"),
        ("<iframe src=//e.com></iframe>x", "x"),
        ("<!--<img src=x>--><p>x</p>", "x"),
        ("x<img src=x onerror=alert(1)", "x&lt;img src=x onerror=alert(1)"),
        ("x<img src=x onerror=alert(1) <b>y</b>", None),
        ('<b title="><script>alert(1)</script>">x</b>', "<b>x</b>"),
        ("<<script>alert(1)//<</script>x", "&lt;x"),
        ("&lt;script&gt;x", "&lt;script&gt;x"),
        ("x &#60;script>", "x &lt;script&gt;"),
        ("</p></div><p>x", "x"),
        ("<a id=a1 onclick=alert(1) href=javascript:x>y</a>", None),
    ],
)
def test_only_plain_inline_tags_come_in(target, kept):
    mapped = translated('<p><a href="/s">学</a></p>', target)
    assert re.sub(r"</?(b|p)>|<a href=\"/s\">|</a>", "", mapped).count("<") == 0
    if kept is not None:
        assert mapped == f"<p>{kept}</p>"


def test_chip_takes_nothing_from_the_translation():
    target = '<a id=a1 onclick="alert(1)" href="javascript:x">y</a>'
    assert translated('<p><a href="/s">学</a></p>', target) == '<p><a href="/s">y</a></p>'


@pytest.mark.parametrize(
    ("target", "balanced"),
    [
        ("<b>x", "<b>x</b>"),
        ("x</b></p>y", "xy"),
        ("<b>x<i>y</b>z</i>", "<b>x<i>y</i></b>z"),
        ("<b>x<b>y</b>z</b>", "<b>x<b>y</b>z</b>"),
        ('<a id="a1">x<a id="a1">y</a></a>', '<a href="/s">xy</a>'),
        ("1 < 2 & 3 > 2 <5 <A公司>", "1 &lt; 2 &amp; 3 &gt; 2 &lt;5 &lt;A公司&gt;"),
        ("x<br>y</br>", "x<br/>y"),
    ],
)
def test_careless_markup_is_made_well_formed(target, balanced):
    assert translated('<p><a href="/s">学</a></p>', target) == f"<p>{balanced}</p>"


def test_a_link_within_another_becomes_one_behind_it():
    source = '<p><a href="/s">学</a><a href="/t">校</a></p>'
    nested = '<a id="a1">x <b>y <a id="a2">z</a></b></a> w'
    assert translated(source, nested) == '<p><a href="/s">x <b>y </b></a><a href="/t">z</a> w</p>'


# Hashes


def hash_of(markup):
    found = segments_of(text_field(RichTextField()), markup)
    return [source_hash(segment) for segment in found]


def test_hash_ignores_link_targets_paths_and_labels():
    assert hash_of('<p>见<a href="/1">甲</a></p>') == hash_of(
        '<h2 data-block-key="z">见<a linktype="page" id="2">甲</a></h2>'
    )


def test_hash_sees_words_chips_and_format():
    marked, plain = hash_of('<p>见<a href="/1">甲</a></p>'), hash_of("<p>见甲</p>")
    assert marked != plain != hash_of("<p>见乙</p>")
    one = Segment("p", "a", "plain", "L")
    assert source_hash(one) != source_hash(Segment("p", "a", "html", "L"))
    assert re.fullmatch("[0-9a-f]{64}", source_hash(one))


def test_hash_does_not_depend_on_how_a_character_is_written():
    assert hash_of("<p>&quot;甲&nbsp;乙&quot;<br></p>") == hash_of('<p>"甲\xa0乙"<br/></p>')


# Objects


@pytest.fixture(scope="module")
def story_model():
    with isolate_apps("wagtail"):

        class SegmentStory(models.Model):
            title = models.CharField(max_length=80)
            body = ContentField(BodyBlock(), blank=True)
            intro = RichTextField(blank=True, verbose_name="standfirst")
            place = models.CharField(max_length=80)

            class Meta:
                app_label = "core"

            def __str__(self):
                return self.title

        class SegmentStoryOptions(TranslationOptions):
            fields = ("title", "intro", "body")

        translator.register(SegmentStory, SegmentStoryOptions)
        yield SegmentStory
        translator.unregister(SegmentStory)


@pytest.fixture
def story(story_model):
    return story_model(
        title_zh_hans="开学典礼",
        title_en="Old title",
        place="江津",
        intro_zh_hans=STORY,
        body_zh_hans=[block("heading", "题", "b1"), block("code", "<hr>", "b2")],
    )


TEXTS = {
    "title": "Opening",
    "intro#k": '<a id="a1">8,660</a> places',
    "body.b1": "Heading",
}


@pytest.mark.parametrize("order", [sorted, lambda names: sorted(names, reverse=True)])
def test_extract_reads_source_columns_in_model_order(story, monkeypatch, order):
    options = translator.get_options_for_model(type(story))
    ordered = {name: options.all_fields[name] for name in order(options.all_fields)}
    monkeypatch.setattr(options, "all_fields", ordered)
    assert [(s.path, s.text) for s in extract(story)] == [
        ("title", "开学典礼"),
        ("body.b1", "题"),
        ("intro#k", texts_of(STORY)["k"]),
    ]
    assert extract(story)[2].label == "Standfirst"


def test_render_gives_every_translated_field(story):
    values = render(story, TEXTS | {"body.gone": "an old unit"})
    assert values == {
        "title": "Opening",
        "intro": '<p data-block-key="k"><a linktype="figure" id="12">8,660</a> places</p>',
        "body": [block("heading", "Heading", "b1"), block("code", "<hr>", "b2")],
    }
    story.body_en = values["body"]
    assert [child.id for child in story.body_en] == ["b1", "b2"]
    assert story.body_zh_hans[0].value == "题"


def test_a_language_column_gives_the_paths_of_its_field(story_model, story):
    story.body_en = render(story, TEXTS)["body"]
    column = story_model._meta.get_field("body_en")
    assert [s.path for s in segments_of(column, story.body_en)] == ["body.b1"]


@pytest.mark.parametrize("blank", [None, "", " \n"])
def test_render_names_all_segments_without_text(story, blank):
    texts = {"title": blank, "body.b1": "Heading"}
    with pytest.raises(IncompleteTranslation, match="title, intro#k") as caught:
        render(story, texts)
    assert caught.value.missing == ["title", "intro#k"]
    assert isinstance(caught.value, ValueError)


def test_empty_object_needs_no_text(story_model):
    assert extract(story_model()) == []
    assert render(story_model(), {}) == {"title": None, "intro": None, "body": []}
