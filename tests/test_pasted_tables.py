"""Tables from Word and from spreadsheets, pasted in Chromium: no two cells run together."""

import pytest
from playwright.sync_api import expect

from news.models import StoryPage

from .browser import sending
from .test_journeys import writes_a_new_story


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

WORD = """<html><body><p>两所学校：</p><table><tbody><tr><td><p>学校</p></td><td><p>人数</p></td></tr>
<tr><td><p>双福六小</p></td><td><p>1200</p></td></tr></tbody></table></body></html>"""
SHEET = '学校\t人数\t"班级\n（个）"\r\n双福六小\t1200\t\r\n几江中学\t"""约""900"\t48\r\n'
PASTE = """(target, [html, text]) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/html", html);
  clipboardData.setData("text/plain", text);
  target.dispatchEvent(new ClipboardEvent("paste", { bubbles: true, cancelable: true, clipboardData }));
}"""


def test_a_table_is_pasted_as_lines_into_a_text_and_across_the_cells_of_a_table(visit):
    editor = writes_a_new_story(visit, "两所学校", "two-schools")
    page, body = editor.page, editor.body

    editor.presses("Insert a block", inside=body)
    page.get_by_role("option", name="Text", exact=True).click()
    editor.text.click()
    editor.text.evaluate(PASTE, [WORD, "两所学校：\n学校\t人数"])
    expect(editor.text).to_contain_text("双福六小 | 1200")
    expect(body.get_by_role("status")).to_contain_text("The table was pasted as lines.")

    body.get_by_role("button", name="Insert a block").last.click()
    page.get_by_role("option", name="Table", exact=True).click()
    body.get_by_role("textbox", name="Title of the table").fill("学校")
    body.get_by_role("button", name="Add column").click()
    body.locator(".add-column-menu button").click()
    body.locator(".column-heading").evaluate(PASTE, ["", SHEET])
    cells = body.locator(".typed-table-block tbody input[type=text]")
    expect(cells).to_have_count(6)
    with sending(page):
        editor.presses("Save draft")

    story = StoryPage.objects.get().get_latest_revision_as_object()
    lines, table = story.body.raw_data[0]["value"], story.body.raw_data[1]["value"]["table"]
    assert ["两所学校：" in lines, "学校 | 人数</p>" in lines, "双福六小 | 1200</p>" in lines] == [True] * 3
    assert [column["heading"] for column in table["columns"]] == ["学校", "人数", "班级 （个）"]
    assert [row["values"] for row in table["rows"]] == [["双福六小", "1200", ""], ["几江中学", '"约"900', "48"]]
