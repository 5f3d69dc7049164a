"""Which block of a file is what in a story, by the habits of Chinese newsrooms; and the blocks that are stored of it."""

import pytest

from newsroom.importing.assigning import assign
from newsroom.importing.bylines import byline_of, opening, trailing
from newsroom.importing.captions import caption_of
from newsroom.importing.document import (
    Box,
    Cell,
    Document,
    Heading,
    Item,
    Listing,
    Look,
    Note,
    Paragraph,
    Picture,
    Quote,
    Role,
    Span,
    Table,
)
from newsroom.importing.story import Kind, Piece, fold, kinds_for
from newsroom.importing.stream import stream, table, words_html


TEXT = "每天七点四十分，铃声准时响起，二十四个班的孩子同时翻开课本，读起了一首写春天的诗，声音传得很远。"
PLAIN = Look(size=10.5)


def words(text):
    return (Span(text),)


def para(text, size=10.5, role=Role.NONE, centred=False):
    return Paragraph(words=words(text), look=Look(size=size, centred=centred), role=role)


def head(text, level=2, styled=False, size=16):
    return Heading(words=words(text), level=level, is_styled=styled, look=Look(bold=True, size=size))


def story(*blocks, format="docx", **properties):
    return assign(Document(name="稿件/早读.docx", format=format, blocks=list(blocks), **properties))


def kinds(*blocks, **properties):
    return [str(piece.kind) for piece in story(*blocks, **properties).pieces]


# Above the text ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([para("校园观察"), para("书声巷的早读课", role=Role.TITLE), para(TEXT)], "kicker title text"),
        (
            [para("校园观察", 14), para("书声巷的早读课", 22), para("——一所小学的清晨", 14), para(TEXT)],
            "kicker title subtitle text",
        ),
        ([para("书声巷的早读课", 22), para("把晨光还给孩子", 22), para(TEXT)], "title title text"),
        ([head("书声巷的早读课", 1, styled=True), para("记者 林知远"), para(TEXT)], "title byline text"),
        ([head("书声巷的早读课"), para("林知远 何小禾"), para("2026年3月2日"), para(TEXT)], "title byline byline text"),
        (
            [para("书声巷的早读课", 22, centred=True), para("一所小学的清晨", 14, centred=True), para(TEXT)],
            "title subtitle text",
        ),
        ([para("书声巷的早读课", 22), para("导语", role=Role.NONE), para(f"核心提示：{TEXT}"), para(TEXT)], None),
        ([para(TEXT), head("小标题"), para(TEXT)], "text heading text"),
        ([Box(blocks=[para("校园观察")]), para("书声巷的早读课", 22), para(TEXT)], "kicker title text"),
        (
            [para("书声巷的早读课", 22), Picture(file="a.png"), para(TEXT), Picture(file="b.png")],
            "title lead text picture",
        ),
    ],
)
def test_what_stands_above_the_text(blocks, expected):
    found = kinds(*blocks)
    if expected:
        assert found == expected.split()
    else:
        assert "standfirst" in found


def test_a_standfirst_says_that_it_is_one():
    fields = fold(story(para("书声巷的早读课", 22), para(f"【核心提示】{TEXT}"), para(TEXT)))
    assert (fields.standfirst, len(fields.body)) == (TEXT, 1)


@pytest.mark.parametrize("look", [Look(size=10.5, bold=True), Look(size=10.5, font="楷体_GB2312")])
def test_a_first_paragraph_that_stands_out_is_a_standfirst(look):
    fields = fold(story(para("书声巷的早读课", 22), Paragraph(words=words(TEXT), look=look), para(TEXT), para(TEXT)))
    assert (fields.standfirst, len(fields.body)) == (TEXT, 2)


def test_the_style_of_a_title_within_the_text_makes_a_heading():
    blocks = [para("书声巷的早读课", role=Role.TITLE), para(TEXT), para("第二节", role=Role.TITLE), para(TEXT)]
    assert kinds(*blocks) == ["title", "text", "heading", "text"]
    assert kinds(para(TEXT), *blocks) == ["text", "title", "text", "heading", "text"]


def test_without_a_title_the_story_is_named_after_the_file():
    fields = fold(story(para(TEXT)))
    assert (fields.title, fields.findings[0].kind) == ("早读", "no-title")


# Within the text and below it ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([head("高处着眼"), head("把好学校办到家门口"), para(TEXT)], "heading subheading text"),
        ([head("高处着眼", 1, True), head("第一件事", 2, True), para(TEXT)], "heading heading text"),
        ([head("甲"), head("乙"), head("丙"), para(TEXT)], "heading heading heading text"),
        ([para("林知远 何小禾")], "byline"),
        ([para("记者 林知远 文/图"), para("责任编辑：沈秋")], "byline byline"),
        ([para("图片由区教委提供")], "credit"),
        ([para("谢谢大家")], "text"),
        (
            [Quote(words=words("一句话")), Listing(items=[Item(words("甲"))]), Table(), Note(mark="[1]")],
            "quote list table note",
        ),
    ],
)
def test_what_stands_below(blocks, expected):
    found = kinds(para("书声巷的早读课", 22), para(TEXT), para(TEXT), *blocks)
    assert found[3:] == expected.split()


def test_who_made_all_pictures_is_said_of_each():
    blocks = [para("书声巷的早读课", 22), para(TEXT), Picture(file="a.png"), Picture(file="b.png", credit="何小禾 摄")]
    fields = fold(story(*blocks, para("图片由区教委提供")))
    assert [piece.block.credit for piece in fields.body[1:]] == ["图片由区教委提供", "何小禾 摄"]
    without = fold(story(*blocks[:2], para("图片由区教委提供")))
    assert [piece.text for piece in without.body] == [TEXT, "图片由区教委提供"]


def test_names_within_the_text():
    fields = fold(
        story(para("书声巷的早读课", 22), para(f"本报讯（记者 林知远）{TEXT}"), para(f"{TEXT}（通讯员 何小禾）"))
    )
    assert fields.byline.people == [("writer", "林知远"), ("writer", "何小禾")]
    assert [piece.text for piece in fields.body] == [f"本报讯（记者 林知远）{TEXT}", TEXT]


def test_what_is_too_long_for_its_place_is_text():
    found = story(para("早读", 22), head("很长" * 60), Quote(words=words("长" * 400)), para(TEXT))
    fields = fold(found)
    assert [str(piece.kind) for piece in fields.body] == ["text", "text", "text"]
    assert [each.kind for each in fields.findings] == ["too-long", "too-long"]


def test_an_editor_may_call_a_block_something_else():
    found = story(para("书声巷的早读课", 22), para("一句短话", 14), para(TEXT))
    found.pieces[1].kind = Kind.STANDFIRST
    found.pieces[2].kind = Kind.LEFT_OUT
    fields = fold(found)
    assert (fields.title, fields.standfirst, fields.body) == ("书声巷的早读课", "一句短话", [])
    assert Kind.TITLE not in kinds_for(Table())


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("记者 林知远 通讯员 何小禾", "writer林知远 writer何小禾"),
        ("文/林知远 图/何小禾", "writer林知远 photographer何小禾"),
        ("林知远/文 何小禾/图", "writer林知远 photographer何小禾"),
        ("江津日报记者林知远", "writer林知远"),
        ("图文：林 远", "writer林远 photographer林远"),
        ("（本报记者 林知远 摄影报道）", "writer林知远 photographer林知远"),
        ("欧阳清 林远", "writer欧阳清 writer林远"),
        ("撰稿：教育科", "writer教育科"),
        ("记者从区教委获悉", None),
        ("大家好", None),
        ("书声巷小学新校门", None),
        ("记者 林知远 报道了这件事。", None),
    ],
)
def test_lines_of_names(line, people):
    found = byline_of(line)
    assert (found and " ".join(role + name for role, name in found.people)) == people


def test_other_lines_about_a_story():
    assert byline_of("来源：江津日报 2026-03-02 10:20").source == "江津日报"
    assert byline_of("初审：李一 终审：王二").reviewers == "李一 王二"
    assert byline_of("2026年3月2日").date == "2026年3月2日"
    assert trailing("学校有三个校区（含分校）") is None
    assert opening("记者（林知远）说") is None


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("▲ 早读中的孩子", "早读中的孩子", ""),
        ("孩子们在读数（何小禾 摄）", "孩子们在读数", "何小禾 摄"),
        ("校门。 记者 林知远 摄", "校门。", "记者 林知远 摄"),
        ("图说：新操场", "新操场", ""),
        ("新操场 图片来源：区教委", "新操场", "图片来源：区教委"),
        ("图1 新操场", "图1 新操场", ""),
    ],
)
def test_captions_and_credits(text, caption, credit):
    assert caption_of(text) == (caption, credit)


# What is stored ------------------------------------------------------------------------------


def test_paragraphs_and_lists_beside_each_other_are_one_block_of_text():
    listing = Listing(items=[Item(words("甲"), 0, True), Item(words("甲一"), 1), Item(words("乙"), 0, True)])
    found = stream([Piece(Kind.TEXT, para("一")), Piece(Kind.LIST, listing), Piece(Kind.HEADING, head("标题"))], {})
    assert [block["type"] for block in found] == ["text", "heading"]
    import re

    html = re.sub(r' data-block-key="\w{5}"', "", found[0]["value"])
    assert html == "<p>一</p><ol><li>甲<ul><li>甲一</li></ul></li><li>乙</li></ol>"


def test_words_are_stored_as_the_editor_writes_them():
    spans = (
        *(Span("1<2&", bold=True), Span("2", raised="sub"), Span("\n下"), Span("链", href='https://x.example/"a')),
        Span("斜", italic=True),
    )
    assert words_html(spans) == ('<b>1&lt;2&amp;</b><sub>2</sub><br/>下<a href="https://x.example/&quot;a">链</a>斜')


@pytest.mark.parametrize(
    ("rows", "head_rows", "headings", "body"),
    [
        (
            [[Cell("班", rows=2), Cell("人", columns=2)], [Cell("男"), Cell("女")], [Cell("一"), Cell("2"), Cell("3")]],
            *(0, ["班", "人 男", "人 女"], [["一", "2", "3"]]),
        ),
        ([[Cell("甲"), Cell("乙")], [Cell("丙", columns=2)]], 0, ["甲", "乙"], [["丙", "丙"]]),
        ([[Cell("甲"), Cell("乙")]], 0, ["", ""], [["甲", "乙"]]),
        ([[Cell("甲")], [Cell("丙"), Cell("丁")]], 1, ["甲", ""], [["丙", "丁"]]),
        ([], 0, [], []),
    ],
)
def test_merged_cells_are_repeated(rows, head_rows, headings, body):
    made = table(Table(rows=rows, head=head_rows))["table"]
    assert [column["heading"] for column in made["columns"]] == headings
    assert [row["values"] for row in made["rows"]] == body


def test_boxes_are_asides_or_what_stands_in_them():
    aside = Box(blocks=[para("小贴士"), para("借书前请先洗手。"), Picture(file="a.png")])
    single = Box(blocks=[para("只有一句话。")])
    found = stream([Piece(Kind.ASIDE, aside), Piece(Kind.ASIDE, single)], {"a.png": 7})
    assert [block["type"] for block in found] == ["aside", "image", "text"]
    assert found[0]["value"]["heading"] == "小贴士"


def test_quotations_say_whose_they_are():
    found = stream([Piece(Kind.QUOTE, Quote(words=words("读书是可以带走一生的事。——何小禾")))], {})
    assert found[0]["value"] == {"quote": "读书是可以带走一生的事。", "attribution": "何小禾"}
