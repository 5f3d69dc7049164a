"""Broken copy of the parts of a file: where it is marked, what one click does, and how it is taken back. No database."""

import random

import pytest
from django.utils import translation

from newsroom.damage import joining
from newsroom.damage.finding import damage
from newsroom.damage.lines import Line
from newsroom.importing.assigning import assign
from newsroom.importing.document import Document, Heading, Item, Listing, Paragraph, Place, Span
from newsroom.importing.story import Kind, fold
from newsroom.imports.carrying import _carry
from newsroom.imports.editing import NotPossible, join, rename, split
from newsroom.imports.mending import Mend, marks_of, mend
from newsroom.imports.moving import move, moved, put_back
from newsroom.imports.parts import Choices, packed_parts, parts_of, unpacked_parts
from newsroom.imports.standing import AT_ONCE, Standing


A = "全区学校开齐开足体育课程，每天安排两节大课间，学生在操场上跑步、跳绳、打球，笑声传得很远。"
B = "学校把山歌请进课堂，老艺人每周来校教唱，濒临失传的曲子被重新整理出来。"
C = "全区组建六个教育集团，覆盖学校四十一所，老校区与新校区同上一堂课。"
GOES_ON = "于创新的劲头、敢啃硬骨头的韧劲，把评价改革引向深处，探索用成长档案记录学生每一次进步。"
STRAY = ("全市教育评价改革试点区、集团化办学示范区，牌匾背后是向改革要活力的实践。", "改革没有现成的路可走。云岭区以勇")
FILE = ("云岭教育的一年", A, B, GOES_ON, C, "记者 林知远", "激发改革动能", *STRAY)


def p(text, number=0, **more):
    return Paragraph(place=Place(number), words=(Span(text),), **more)


def choices(*texts, unit="paragraph"):
    """Of paragraphs; what is in brackets is a heading."""
    blocks = [
        each
        if not isinstance(each, str)
        else Heading(place=Place(number), words=(Span(each[1:-1]),), is_styled=True)
        if each.startswith("[")
        else p(each, number)
        for number, each in enumerate(texts, 1)
    ]
    story = assign(Document(name="a.docx", format="docx", unit=unit, blocks=blocks))
    return Choices(story.document, story.pieces, parts_of(story.pieces))


def stray():
    found = choices(*FILE)
    rename(found, {keys(found)[6]: "heading"})
    return found


def keys(found):
    return [part.key for part in found.parts]


def said(found):
    return [piece.text for piece in found.story().pieces]


def marked(found):
    """(number of the first part, of the last, of the one that it has to do with, what one click does)."""
    return [(each.parts[0], each.parts[-1], each.other, each.mend) for each in marks_of(found)]


# What is marked ------------------------------------------------------------------------------------------


def test_a_stray_is_marked_with_where_it_belongs():
    found = stray()
    assert marked(found) == [(3, 3, 8, None), (6, 8, 3, Mend.MOVE)]
    with translation.override("en"):
        shown = Standing(found).broken[1]
        label = str(shown.label)
    assert (shown.key, shown.url, shown.other_url) == (
        keys(found)[6],
        f"#part-{keys(found)[6]}",
        f"#part-{keys(found)[3]}",
    )
    assert (shown.place, shown.other_place, label) == ("paragraph 7", "paragraph 4", "Move it there")
    assert "it seems to belong before “于创新的劲头" in shown.message


def test_marks_on_other_pages_of_the_screen_lead_there():
    found = choices("题", A, *(f"第{n}所学校新建了操场，学生在这里跑步。" for n in range(AT_ONCE)), A, "学校开学了。")
    (shown,) = Standing(found).broken
    assert shown.url == f"?p=2#part-{keys(found)[AT_ONCE + 2]}"
    assert shown.other_url == f"#part-{keys(found)[1]}"
    there = Standing(found, 2)
    assert (there.broken[0].url, there.broken[0].other_url) == (
        f"#part-{keys(found)[AT_ONCE + 2]}",
        f"?p=1#part-{keys(found)[1]}",
    )
    assert (list(Standing(found).broken_here), list(there.broken_here)) == ([], [keys(found)[AT_ONCE + 2]])


def test_marks_follow_what_is_chosen():
    found = stray()
    rename(found, {keys(found)[3]: "quote"})
    assert marked(found) == [(6, 8, None, None)]
    rename(found, dict.fromkeys(keys(found)[6:], "left-out"))
    assert marked(found) == []


def test_of_several_paragraphs_in_one_part_the_part_is_marked():
    items = [Item((Span(text),)) for text in (A, B, A)]
    found = choices("题", C, Listing(items=items), "学校开学了。")
    rename(found, {keys(found)[2]: "text"})
    assert marked(found) == [(2, 2, 2, None)]  # to leave it out would leave out the others, too


# What one click does ---------------------------------------------------------------------------------------


def test_a_stray_moves_to_where_it_belongs_and_is_joined_there():
    found = stray()
    key = mend(found, keys(found)[6])
    assert key == keys(found)[3]
    assert said(found) == [*FILE[:3], FILE[6], STRAY[0], STRAY[1] + GOES_ON, C, "记者 林知远"]
    assert [str(part.kind) for part in found.parts] == [
        "title",
        "text",
        "text",
        "heading",
        "text",
        "text",
        "text",
        "byline",
    ]
    assert marked(found) == []
    assert len(moved(found.parts)) == 3
    places = [piece.block.place.number for piece in found.story().pieces]
    assert places == [1, 2, 3, 7, 8, 9, 5, 6]  # each is tied to where it stands in the file
    assert found.is_untouched(found.parts[4])
    assert unpacked_parts(packed_parts(found.parts)) == found.parts


def test_what_was_moved_is_put_back_with_its_kinds():
    found = stray()
    before = list(found.parts)
    mend(found, keys(found)[6])
    put_back(found)
    assert found.parts == before
    assert moved(found.parts) == set()
    mend(found, keys(found)[6])
    joined = keys(found)[5]
    assert split(found, joined, len(STRAY[1])) == before[8].key
    rename(found, {before[3].key: "quote"})
    put_back(found)
    assert [part.kind for part in found.parts][3] is Kind.QUOTE
    assert [part.slices for part in found.parts] == [part.slices for part in before]


def test_two_halves_are_joined_over_what_stands_between_them():
    found = choices("题", A, "这些年，学校新增学", "[家门口]", "位五百个，家长不再发愁。", B)
    assert marked(found) == [(2, 2, 4, Mend.JOIN), (3, 3, 2, None), (4, 4, 2, None)]
    key = mend(found, keys(found)[2])
    assert said(found)[2:] == ["这些年，学校新增学位五百个，家长不再发愁。", "家门口", B]
    assert found.parts[2].key == key
    assert marked(found) == []
    put_back(found)
    assert said(found)[2:5] == ["这些年，学校新增学", "家门口", "位五百个，家长不再发愁。"]


def test_two_halves_beside_each_other_are_joined():
    found = choices("题", A, "这些年，学校新增学", "位五百个，家长不再发愁。", B)
    mend(found, keys(found)[2])
    assert said(found)[2:] == ["这些年，学校新增学位五百个，家长不再发愁。", B]
    assert moved(found.parts) == set()


def test_a_repeat_is_left_out_and_said_in_the_report():
    found = choices("题", A, B, A)
    assert marked(found) == [(3, 3, 1, Mend.LEAVE_OUT)]
    mend(found, keys(found)[3])
    assert found.parts[3].kind is Kind.LEFT_OUT
    assert [each.kind for each in fold(found.story()).findings] == ["by-hand"]


def test_what_nobody_knows_is_for_people():
    found = choices("题", A, B, "面向未来，学校将继续努力，把")
    assert marked(found) == [(3, 3, None, None)]
    with pytest.raises(NotPossible):
        mend(found, keys(found)[3])
    with pytest.raises(NotPossible):
        mend(found, "9.0.1")


def test_a_paragraph_whose_names_go_to_the_byline_is_not_joined():
    found = choices("题", A, B, "这些年，学校新增学", f"位五百个，家长不再发愁。{C}（记者 林知远）")
    assert found.assigned[4].byline
    assert [each[3] for each in marked(found)] == [None, None]


# Moving ----------------------------------------------------------------------------------------------------


def test_parts_move_up_and_down_and_none_is_lost():
    for run, before, wanted in [
        (range(3, 5), 1, [0, 3, 4, 1, 2]),
        (range(1, 3), 5, [0, 3, 4, 1, 2]),
        (range(1, 3), 4, [0, 3, 1, 2, 4]),
        (range(1, 3), 1, [0, 1, 2, 3, 4]),
        (range(1, 3), 3, [0, 1, 2, 3, 4]),
    ]:
        found = choices("题", A, B, C, GOES_ON)
        move(found, run, before)
        assert [part.first for part in found.parts] == wanted
    with pytest.raises(NotPossible):
        move(found, range(1, 4), 2)


def test_whatever_is_moved_joined_and_split_is_put_back():
    chance = random.Random(4)
    for _turn in range(200):
        found = choices("题", A, B, C, GOES_ON, STRAY[0], STRAY[1])
        for _step in range(8):
            number, to = chance.randrange(len(found.parts)), chance.randrange(len(found.parts) + 1)
            move(found, range(number, number + 1), to)
            if len(found.parts) > 2 and chance.random() < 0.5:
                join(found, keys(found)[chance.randrange(len(found.parts) - 1)])
            if chance.random() < 0.3:
                part = chance.choice(found.parts)
                if part.length > 10:
                    split(found, part.key, part.length // 2)
        put_back(found)
        assert moved(found.parts) == set()
        assert "".join(said(found)).replace(" ", "") == "".join(("题", A, B, C, GOES_ON, *STRAY))


# A corrected file --------------------------------------------------------------------------------------------


def carried(before, *texts):
    """What a corrected file becomes, with the choices of an earlier one."""
    now = choices(*texts)
    return _carry(before, now), now


def test_moves_and_joins_come_along_to_a_corrected_file():
    before = stray()
    rename(before, {keys(before)[4]: "quote"})
    mend(before, keys(before)[6])
    count, now = carried(before, *FILE[:2], "新的一段，学校开学了。", *FILE[2:])
    assert count
    assert said(now) == [
        *FILE[:2],
        "新的一段，学校开学了。",
        B,
        FILE[6],
        STRAY[0],
        STRAY[1] + GOES_ON,
        C,
        "记者 林知远",
    ]
    assert [str(part.kind) for part in now.parts][4:8] == ["heading", "text", "text", "quote"]
    put_back(now)
    assert moved(now.parts) == set()


def test_what_it_stood_beside_may_be_gone():
    before = stray()
    mend(before, keys(before)[6])
    texts = [each.replace("老艺人", "老师傅") for each in FILE]  # the paragraph before the stray is another one
    assert said(carried(before, *texts)[1])[3:6] == [FILE[6], STRAY[0], STRAY[1] + GOES_ON]
    texts = [each.replace("韧劲", "拼劲") for each in FILE]  # the one that goes on with it is
    now = carried(before, *texts)[1]
    assert said(now)[3:6] == [FILE[6], STRAY[0], STRAY[1]]
    assert said(now)[6] == texts[3]


def test_it_goes_to_what_it_was_joined_with_whatever_is_new_before_it():
    before = stray()
    mend(before, keys(before)[6])
    now = carried(before, *FILE[:3], "新的一段，学校开学了。", *FILE[3:])[1]
    assert said(now)[3:7] == ["新的一段，学校开学了。", FILE[6], STRAY[0], STRAY[1] + GOES_ON]


def test_what_was_put_right_in_the_file_stays_so():
    before = stray()
    mend(before, keys(before)[6])
    right = (*FILE[:3], "[激发改革动能]", STRAY[0], STRAY[1] + GOES_ON, C, "记者 林知远")
    now = carried(before, *right)[1]
    assert said(now) == [each.strip("[]") for each in right]
    assert moved(now.parts) == set()


def test_halves_that_were_joined_over_a_heading_are_again():
    texts = ["题", A, "这些年，学校新增学", "[家门口]", "位五百个，家长不再发愁。", B]
    before = choices(*texts)
    mend(before, keys(before)[2])
    now = carried(before, "题", A, C, *texts[2:])[1]
    assert said(now)[3:] == ["这些年，学校新增学位五百个，家长不再发愁。", "家门口", B]


# Time --------------------------------------------------------------------------------------------------------


def test_a_text_that_is_cut_everywhere_is_looked_at_once(monkeypatch):
    """As many looks as there are lines, not their square: somebody waits for the screen."""
    looks = []
    monkeypatch.setattr(joining, "one_word", lambda *texts: looks.append(texts))
    for count in (400, 800):
        looks.clear()
        damage(
            [Line(f"第{number}所学校在去年的改革里把课堂教学和评价方式一起推动起来，今年") for number in range(count)]
        )
        assert count / 2 < len(looks) < 3 * count
