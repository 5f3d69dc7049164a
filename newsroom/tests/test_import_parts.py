"""Parts of a file: what each may become, how they are split and joined, and what story they make. No database."""

import pytest

from newsroom.importing.assigning import assign
from newsroom.importing.document import (
    Box,
    Document,
    Heading,
    Item,
    Listing,
    Note,
    Paragraph,
    Picture,
    Place,
    Quote,
    Span,
    Table,
)
from newsroom.importing.story import Kind, fold
from newsroom.imports.editing import NotPossible, join, may_join, places_to_split, rename, split
from newsroom.imports.kinds import LABELS, LETTERS, MOVES
from newsroom.imports.parts import Choices, packed_parts, parts_of, unpacked_parts


SENTENCE = "清晨七点，书声巷小学的操场上已经有人在跑步，铃声还没有响。"


def p(text, number=0, **more):
    return Paragraph(place=Place(number), words=(Span(text),), **more)


def choices(*blocks):
    story = assign(Document(name="a.docx", format="docx", blocks=list(blocks)))
    return Choices(story.document, story.pieces, parts_of(story.pieces))


def feature():
    return choices(
        p("书声巷里的早读课", 1),
        p("——一所小学的清晨", 2),
        p("记者 林知远", 3),
        p(SENTENCE, 4),
        Picture(place=Place(5), file="a.png", caption="早读的学生。", credit="林知远 摄"),
        p(SENTENCE + "老师说，“孩子们来得很早。”家长也来得早。", 6),
    )


def keys(found):
    return [part.key for part in found.parts]


def kinds(found):
    return [str(part.kind) for part in found.parts]


def said(found):
    return [piece.text for piece in found.story().pieces]


def test_what_nobody_touched_is_what_was_assigned():
    found = feature()
    assert kinds(found) == ["title", "subtitle", "byline", "text", "picture", "text"]
    assert found.story().pieces == list(found.assigned)
    assert unpacked_parts(packed_parts(found.parts)) == found.parts


def test_another_kind_has_all_the_words_of_the_file():
    found = feature()
    assert said(found)[1] == "一所小学的清晨"  # without its dash, as a subtitle
    assert rename(found, {keys(found)[1]: "text"}) == ([keys(found)[1]], [])
    assert said(found)[1] == "——一所小学的清晨"
    rename(found, {keys(found)[1]: "subtitle"})
    assert said(found)[1] == "一所小学的清晨"


def test_what_a_part_cannot_be_is_refused():
    found = choices(Table(rows=[[]]), p(SENTENCE))
    assert rename(found, {"0.0.1": "title", "7.0.1": "text", keys(found)[1]: "nonsense"}) == (
        [],
        ["0.0.1", "7.0.1", keys(found)[1]],
    )
    assert found.kinds(found.parts[0]) == {Kind.TABLE, Kind.LEFT_OUT}


def test_a_byline_that_somebody_says_is_one_has_names():
    found = choices(p("早读", 1), p("王青禾 何小禾", 2), p(SENTENCE, 3))
    rename(found, {keys(found)[1]: "byline"})
    fields = fold(found.story())
    assert fields.byline.people == [("writer", "王青禾"), ("writer", "何小禾")]
    rename(found, {keys(found)[2]: "byline"})
    fields = fold(found.story())
    assert [each.kind for each in fields.findings] == ["no-names"]
    assert fields.body[-1].text == SENTENCE


def test_a_paragraph_is_split_at_a_sentence_and_joined_again():
    found = feature()
    last = found.parts[5]
    places = places_to_split(found, last)
    assert [at for at, _said in places] == [len(SENTENCE), len(SENTENCE) + 14]
    first = split(found, last.key, len(SENTENCE))
    assert said(found)[5:] == [SENTENCE, "老师说，“孩子们来得很早。”家长也来得早。"]
    rename(found, {keys(found)[6]: "quote"})
    assert kinds(found)[5:] == ["text", "quote"]
    assert join(found, first) == last.key
    assert found.parts[5] == last
    assert found.is_untouched(last)


def test_paragraphs_of_two_blocks_are_joined_and_split():
    found = choices(p("标题", 1), p("这个句子在", 2), p("这里断开了。", 3), p("one", 4), p("two", 5))
    key = join(found, keys(found)[1])
    assert said(found)[1] == "这个句子在这里断开了。"
    assert found.story().pieces[1].block.place == Place(2, 3)
    assert places_to_split(found, found.parts[1]) == [(5, "")]
    split(found, key, 5)
    assert said(found)[1:3] == ["这个句子在", "这里断开了。"]
    join(found, keys(found)[3])
    assert said(found)[3] == "one two"


def test_nothing_is_split_where_nothing_would_be_left():
    found = choices(p(" 字 ", 1), p(SENTENCE, 2))
    for at in (0, -1, 1, 2, 3, 99):
        with pytest.raises(NotPossible):
            split(found, keys(found)[0], at)
    with pytest.raises(NotPossible):
        split(found, "9.0.1", 1)
    with pytest.raises(NotPossible):
        join(found, keys(found)[-1])


def test_a_caption_goes_from_a_picture_and_comes_back():
    found = feature()
    picture = found.parts[4]
    assert [at for at, _said in places_to_split(found, picture)] == [1]
    split(found, picture.key, 1)
    assert kinds(found)[4:6] == ["picture", "caption"]
    assert said(found)[5] == "早读的学生。（林知远 摄）"
    (shown,) = [piece.block for piece in fold(found.story()).body if piece.kind is Kind.PICTURE]
    assert (shown.caption, shown.credit) == ("早读的学生。", "林知远 摄")
    rename(found, {keys(found)[5]: "text"})
    (shown,) = [piece.block for piece in fold(found.story()).body if piece.kind is Kind.PICTURE]
    assert (shown.caption, shown.credit) == ("", "")
    rename(found, {keys(found)[5]: "caption"})
    join(found, keys(found)[4])
    assert found.parts[4] == picture


def test_a_paragraph_becomes_the_caption_of_the_picture_before_it():
    found = choices(
        p("题", 1),
        p(SENTENCE, 2),
        Picture(file="a.png"),
        Picture(file="b.png"),
        p("校门前。（何小禾 摄）", 5),
        p(SENTENCE, 6),
    )
    rename(found, {keys(found)[4]: "caption"})
    pictures = [piece.block for piece in fold(found.story()).body if piece.kind is Kind.PICTURE]
    assert [(each.caption, each.credit) for each in pictures] == [("", ""), ("校门前。", "何小禾 摄")]


def test_a_caption_without_a_picture_stays_text_and_is_said():
    found = choices(p("题", 1), p(SENTENCE, 2), p("校门前。", 3))
    rename(found, {keys(found)[2]: "caption"})
    fields = fold(found.story())
    assert fields.body[-1].kind is Kind.TEXT
    assert [each.kind for each in fields.findings] == ["no-picture"]


def test_what_somebody_leaves_out_is_in_the_report():
    found = feature()
    rename(found, dict.fromkeys(keys(found)[3:5], "left-out"))
    left_out = [each for each in fold(found.story()).findings if each.kind == "by-hand"]
    assert [(str(each.outcome), each.text, each.places) for each in left_out] == [
        ("dropped", SENTENCE, (Place(4),)),
        ("dropped", "早读的学生。", (Place(5),)),
    ]


def test_paragraphs_become_a_list_and_a_list_paragraphs():
    found = choices(
        p("题", 1),
        p(SENTENCE, 2),
        p("● 早读", 3),
        p("● 午写", 4),
        Listing(items=[Item((Span("甲"),)), Item((Span("乙"),))]),
    )
    rename(found, {keys(found)[2]: "list", keys(found)[3]: "list", keys(found)[4]: "text"})
    pieces = found.story().pieces
    assert [(str(piece.kind), type(piece.block).__name__) for piece in pieces[2:]] == [
        ("list", "Listing"),
        ("text", "Paragraph"),
        ("text", "Paragraph"),
    ]
    assert [item.words[0].text for item in pieces[2].block.items] == ["早读", "午写"]
    assert [piece.text for piece in pieces[3:]] == ["甲", "乙"]


def test_a_list_is_split_between_its_items_and_one_of_them_may_be_a_heading():
    items = [Item((Span(text),)) for text in ("甲", "乙", "丙")]
    found = choices(p("题", 1), p(SENTENCE, 2), Listing(items=items))
    assert [at for at, _said in places_to_split(found, found.parts[2])] == [1, 2]
    assert Kind.HEADING not in found.kinds(found.parts[2])
    split(found, keys(found)[2], 1)
    rename(found, {keys(found)[2]: "heading"})
    pieces = found.story().pieces
    assert (pieces[2].kind, pieces[2].text) == (Kind.HEADING, "甲")
    assert len(pieces[3].block.items) == 2


def test_a_box_is_split_into_what_stands_in_it():
    box = Box(place=Place(3), blocks=[p("链接"), p(SENTENCE), Picture(file="a.png")])
    found = choices(p("题", 1), p(SENTENCE, 2), box)
    key = split(found, keys(found)[2], 2)
    assert kinds(found)[2:] == ["aside", "picture"]
    split(found, key, 1)
    assert kinds(found)[2:] == ["text", "text", "picture"]
    assert [piece.block.place for piece in found.story().pieces[2:]] == [Place(3)] * 3
    join(found, keys(found)[2])
    join(found, keys(found)[2])
    assert kinds(found)[2:] == ["aside"]
    assert found.is_untouched(found.parts[2])


def test_only_words_are_joined_with_words():
    found = choices(
        p("题", 1), p(SENTENCE, 2), Table(rows=[[]]), Note(mark="[1]", words=(Span("注"),)), Quote(words=(Span("引"),))
    )
    assert [may_join(found, number) for number in range(5)] == [True, False, False, True, False]


def test_a_note_that_becomes_text_keeps_its_mark():
    found = choices(p("题", 1), p(SENTENCE, 2), Note(mark="[1]", words=(Span("注"),)))
    rename(found, {keys(found)[2]: "text"})
    assert said(found)[2] == "[1] 注"


def test_every_kind_of_block_is_what_it_was_when_it_is_left_out_and_taken_back():
    blocks = [
        p("题", 1),
        Heading(words=(Span("小标题"),)),
        p(SENTENCE, 2),
        Listing(items=[Item((Span("甲"),))]),
        Table(rows=[[]]),
    ]
    blocks += [
        Picture(file="a.png"),
        Quote(words=(Span("引"),), attribution="校长"),
        Box(blocks=[p("甲"), p("乙")]),
        Note(mark="[1]"),
    ]
    found = choices(*blocks)
    before = found.story().pieces
    for part in list(found.parts):
        rename(found, {part.key: "left-out"})
    assert fold(found.story()).body == []
    for key, piece in zip(keys(found), before, strict=True):
        rename(found, {key: str(piece.kind)})
    assert found.story().pieces == before


def test_each_kind_has_a_name_and_a_letter_of_its_own():
    assert set(LABELS) == set(LETTERS) == set(Kind)
    assert len({*LETTERS.values(), *MOVES.values()}) == len(Kind) + len(MOVES)
