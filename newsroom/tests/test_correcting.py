"""What a corrected file changes in a draft: three bodies compared, and put together. No database."""

import pytest

from newsroom.correcting.comparing import Sort, compare
from newsroom.correcting.fields import compare_fields
from newsroom.correcting.marks import with_marks
from newsroom.correcting.units import body_of, elements, text_of, units, without_keys


A = "清晨七点，书声巷小学的操场上已经有人在跑步。"
B = "全校有1200名学生，每天早上读书二十分钟。"
C = "校长说，早读不是为了考试。"
D = "下午四点，图书角仍然坐满了人。"
FIGURE = '<a linktype="figure" id="7">'


def p(text, key=""):
    return (
        f'<p data-block-key="{key}">{text}</p>'
        if key
        else f'<p data-block-key="{abs(hash(text)) % 99999:05}">{text}</p>'
    )


def text(name, *paragraphs):
    return {"type": "text", "id": name, "value": "".join(paragraphs)}


def heading(name, words):
    return {"type": "heading", "id": name, "value": {"heading": words, "subheading": ""}}


def image(name, key, caption="", **more):
    return {
        "type": "image",
        "id": name,
        "value": {"image": key, "caption": caption, "credit": "", "alt": "", "wide": False} | more,
    }


def new(*paragraphs):
    """Of a file: whatever keys it has, nobody knows them."""
    return [text("n", *(p(each) for each in paragraphs))]


MADE = [text("b1", p(A, "a"), p(B, "b"), p(C, "c"))]


def sorts(found):
    return [str(row.sort) for row in found.rows]


def test_what_is_the_same_stays_byte_for_byte():
    found = compare(MADE, MADE, new(A, B, C))
    assert sorts(found) == ["same"] * 3
    assert found.body() == MADE == found.remembered()


def test_a_changed_paragraph_keeps_its_key_and_its_figure():
    linked = B.replace("1200名", f"{FIGURE}1200名</a>")
    draft = [text("b1", p(A, "a"), p(linked, "b"), p(C, "c"))]
    changed = B.replace("二十", "三十")
    found = compare(MADE, draft, new(A, changed, C))
    assert sorts(found) == ["same", "changed", "same"]
    expected = p(linked.replace("二十", "三十"), "b")
    assert found.body() == [text("b1", p(A, "a"), expected, p(C, "c"))]
    assert found.body(taken=[]) == draft
    assert found.remembered() == [text("b1", p(A, "a"), p(changed, "b"), p(C, "c"))]  # without the link


def test_a_figure_whose_number_was_changed_goes_and_is_said():
    linked = B.replace("1200名", f"{FIGURE}1200名</a>")
    found = compare(MADE, [text("b1", p(A, "a"), p(linked, "b"), p(C, "c"))], new(A, B.replace("1200", "1300"), C))
    assert found.rows[1].lost == ["1200名"]
    assert "<a" not in str(found.body())


def test_what_was_mended_in_the_draft_stays_if_the_file_says_what_it_said():
    draft = [text("b1", p(A.replace("跑步", "晨跑"), "a"), p(B, "b"), p(C, "c"))]
    found = compare(MADE, draft, new(A, B, C))
    assert sorts(found) == ["edited", "same", "same"]
    assert found.body() == draft
    assert found.remembered() == MADE  # so it stays when the next file comes, too


def test_what_was_changed_in_both_is_asked():
    draft = [text("b1", p(A.replace("跑步", "晨跑"), "a"), p(B, "b"), p(C, "c"))]
    found = compare(MADE, draft, new(A.replace("七点", "六点"), B, C))
    assert sorts(found)[0] == "both"
    assert found.rows[0].is_taken
    assert text_of(found.body()[0]["value"]).startswith("清晨六点")
    assert found.body(taken=[]) == draft


def test_what_was_mended_in_the_draft_as_in_the_file_is_the_same():
    draft = [text("b1", p(A.replace("跑步", "晨跑"), "a"), p(B, "b"), p(C, "c"))]
    assert sorts(compare(MADE, draft, new(A.replace("跑步", "晨跑"), B, C))) == ["same"] * 3


def test_new_and_gone_paragraphs():
    found = compare(MADE, MADE, new(A, D, C))
    assert sorts(found) == ["same", "gone", "new", "same"]
    body = found.body()
    assert text_of(body[0]["value"]).split("\n") == [A, D, C]
    assert body[0]["id"] == "b1"
    numbers = [number for number, row in enumerate(found.rows) if row.sort is Sort.NEW]
    assert text_of(found.body(taken=numbers)[0]["value"]).split("\n") == [A, B, D, C]


def test_a_paragraph_that_was_edited_is_not_taken_out_unless_somebody_says_so():
    draft = [text("b1", p(A, "a"), p(B + "这一句是编辑加的。", "b"), p(C, "c"))]
    found = compare(MADE, draft, new(A, C))
    assert [(str(row.sort), row.is_taken) for row in found.rows if row.may_choose] == [("gone", False)]
    assert found.body() == draft


def test_what_an_editor_took_out_stays_out():
    found = compare(MADE, [text("b1", p(A, "a"), p(C, "c"))], new(A, B, C))
    assert sorts(found) == ["same", "taken-out", "same"]
    assert text_of(found.body()[0]["value"]).split("\n") == [A, C]
    assert text_of(found.body(taken=[1])[0]["value"]).split("\n") == [A, B, C]


def test_what_an_editor_put_in_stays_where_it_was():
    chart = {"type": "chart", "id": "x", "value": {"metric": 3}}
    draft = [text("b1", p(A, "a"), p(B, "b")), chart, text("b2", p(D, "d"), p(C, "c"))]
    found = compare(MADE, draft, new(A, B.replace("每天", "天天"), C))
    assert sorts(found) == ["same", "changed", "own", "own", "same"]
    assert [block["id"] for block in found.body()] == ["b1", "x", "b2"]


def test_a_new_heading_parts_a_text_and_one_part_keeps_its_name():
    made = [text("n1", p(A)), heading("n2", "读书"), text("n3", p(B), p(C))]
    body = compare(MADE, MADE, made).body()
    assert [block["type"] for block in body] == ["text", "heading", "text"]
    assert body[0] == text("b1", p(A, "a"))
    assert body[2]["value"] == p(B, "b") + p(C, "c")
    assert len({block["id"] for block in body}) == 3


def test_paragraphs_that_were_moved_are_the_same():
    found = compare(MADE, MADE, new(C, A, B))
    assert sorts(found) == ["same"] * 3
    assert found.body() == [text("b1", p(C, "c"), p(A, "a"), p(B, "b"))]


def test_a_chosen_picture_and_its_caption_stay():
    made = [text("b1", p(A, "a")), image("i", 5, "操场")]
    draft = [text("b1", p(A, "a")), image("i", 9, "清晨的操场", credit="林知远 摄", wide=True)]
    found = compare(made, draft, [text("n", p(A)), image("m", 5, "操场")])
    assert sorts(found) == ["same", "same"]
    assert found.body() == draft


def test_what_the_file_changed_of_a_picture_is_taken_and_nothing_else():
    made = [text("b1", p(A, "a")), image("i", 5, "操场")]
    draft = [text("b1", p(A, "a")), image("i", 9, "操场", credit="林知远 摄")]
    found = compare(made, draft, [text("n", p(A)), image("m", 5, "晨跑的操场")])
    assert found.body()[1] == image("i", 9, "晨跑的操场", credit="林知远 摄")


def test_another_picture_at_the_same_place_keeps_the_caption():
    made = [text("b1", p(A, "a")), image("i", 5, "操场"), text("b2", p(B, "b"))]
    found = compare(made, made, [text("n", p(A)), image("m", -1, "操场"), text("o", p(B))])
    assert found.body()[1] == image("i", -1, "操场")
    assert sorts(found) == ["same", "changed", "same"]


def test_items_of_a_list_keep_their_keys():
    items = '<ul><li data-block-key="x">早读二十分钟</li><li data-block-key="y">午写<a href="/a">十五分钟</a></li></ul>'
    file = '<ul><li data-block-key="1">早读二十分钟</li><li data-block-key="2">晚读十分钟</li><li data-block-key="3">午写十五分钟</li></ul>'
    made = [text("b1", p(A, "a"), without_links(items))]
    body = compare(made, [text("b1", p(A, "a"), items)], [text("n", p(A), file)]).body()
    expected = (
        '<ul><li data-block-key="x">早读二十分钟</li><li data-block-key="2">晚读十分钟</li>'
        '<li data-block-key="y">午写<a href="/a">十五分钟</a></li></ul>'
    )
    assert body[0]["value"] == p(A, "a") + expected


def without_links(markup):
    return markup.replace('<a href="/a">', "").replace("</a>", "")


def test_a_table_that_was_changed_keeps_its_name():
    def table(name, number):
        grid = {"columns": [{"type": "text", "heading": "年级"}], "rows": [{"values": [number]}], "caption": ""}
        return {"type": "table", "id": name, "value": {"caption": "表1 早读", "table": grid, "note": ""}}

    made = [text("b1", p(A, "a")), table("t", "7:40")]
    found = compare(made, made, [text("n", p(A)), table("u", "7:50")])
    assert sorts(found) == ["same", "changed"]
    assert found.body()[1] == table("t", "7:50")


def test_a_draft_that_no_import_has_made_is_compared_as_it_is():
    linked = p(A.replace("操场", '<a href="/x">操场</a>'), "a")
    chart = {"type": "chart", "id": "x", "value": {"metric": 3}}
    draft = [text("b1", linked, p(B, "b")), image("i", 9, "操场"), chart]
    found = compare(None, draft, [text("n", p(A), p(C)), image("m", 9, "")])
    assert sorts(found) == ["same", "gone", "new", "same", "own"]
    assert found.body()[0]["value"].startswith(linked)
    assert found.body()[1:] == [image("i", 9, "操场"), chart]


def test_a_paragraph_that_is_bold_in_the_file_now_is_changed():
    found = compare(MADE, MADE, [text("n", p(f"<b>{A}</b>"), p(B), p(C))])
    assert sorts(found) == ["changed", "same", "same"]
    assert found.body()[0]["value"].startswith(p(f"<b>{A}</b>", "a"))


# The parts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("earlier", "later", "expected", "lost"),
    [
        ("甲<a id='1'>乙</a>丙", "甲乙丙丁", "甲<a id='1'>乙</a>丙丁", []),
        ("甲<a id='1'>乙二</a>丙", "乙二在前，甲丙", "<a id='1'>乙二</a>在前，甲丙", []),
        ("甲<a id='1'>乙</a>", "甲", "甲", ["乙"]),
        ("<a id='1'>一</a>和<a id='2'>二</a>", "一、二", "<a id='1'>一</a>、<a id='2'>二</a>", []),
        ("<a id='1'>甲乙</a>", "<b>甲</b>乙", "<a id='1'><b>甲</b>乙</a>", []),
        ("<a id='1'>a &amp; b</a>", "c<br/>a &amp; b", "c<br/><a id='1'>a &amp; b</a>", []),
        ("没有链接", "<b>没有</b>", "<b>没有</b>", []),
    ],
)
def test_links_in_later_words(earlier, later, expected, lost):
    assert with_marks(earlier, later) == (expected, lost)


def test_a_body_is_put_together_as_it_was():
    body = [
        text(
            "t1", p(A, "a"), '<ul><li data-block-key="x">甲<ul><li data-block-key="y">乙</li></ul></li></ul>', p(B, "b")
        ),
        text("t2", p(C, "c")),
        heading("h", "早读"),
        text("t3", p(D, "d")),
    ]
    assert body_of(units(body)) == body


def test_what_is_new_before_a_text_belongs_to_it():
    made = [heading("h", "早读"), text("b1", p(A, "a")), heading("g", "午后"), text("b2", p(D, "d"))]
    found = compare(made, made, [heading("x", "早读"), *new(B, A, C), heading("y", "午后"), *new(D)])
    assert sorts(found) == ["same", "new", "same", "new", "same", "same"]
    assert [(each["type"], each["id"]) for each in found.body()] == [
        *(("heading", "h"), ("text", "b1"), ("heading", "g"), ("text", "b2")),
    ]
    assert [text_of(each["value"]) for each in found.body()[1::2]] == [f"{B}\n{A}\n{C}", D]


def test_words_beside_paragraphs_are_not_lost():
    assert elements("甲<p>乙</p>丙") == ["甲<p>乙</p>", "丙"]
    assert without_keys('<p data-block-key="a1" class="x">甲</p>') == '<p class="x">甲</p>'


def test_much_that_is_said_again_and_again_takes_no_time():
    many = [text("b", *[p(A, f"k{number}") for number in range(4000)])]
    found = compare(many, many, new(*[A] * 3999))
    assert sorts(found).count("same") == 3999
    assert sorts(found).count("gone") == 1
    link = f"<a id='1'>甲</a>{'乙丙' * 50_000}"
    assert with_marks(link, f"甲{'丙乙' * 50_000}")[0].startswith("<a id='1'>甲</a>")


def test_fields_are_compared_with_what_the_last_file_said():
    base = {"title": "旧题", "kicker": "栏目", "subtitle": "副题", "byline": [["writer", "林知远"]], "picture": 5}
    draft = base | {"title": "编辑的题", "standfirst": "编辑写的导语", "picture": 9}
    new = base | {"title": "新题", "kicker": "", "standfirst": ""}
    found = {row.name: (str(row.sort), row.is_taken) for row in compare_fields(base, draft, new)}
    assert found == {
        "kicker": ("changed", True),
        "title": ("both", True),
        "subtitle": ("same", False),
        "standfirst": ("own", False),
        "byline": ("same", False),
        "picture": ("edited", False),
    }
    alone = {row.name: str(row.sort) for row in compare_fields(None, draft, new)}
    assert (alone["title"], alone["kicker"], alone["standfirst"], alone["picture"]) == (
        "changed",
        "own",
        "own",
        "changed",
    )
