"""Whoever presses Ctrl+S at the last character keeps it, in Chromium."""

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


def test_what_is_written_in_the_moment_before_the_shortcut_is_saved(visit):
    editor = writes_a_new_story(visit, "两所学校", "two-schools")
    page = editor.page
    editor.writes("第一句。")
    editor.waits_until_the_draft_has("第一句。")
    editor.text.click()
    page.keyboard.press("End")
    with sending(page):
        page.keyboard.type("第二句。")
        page.keyboard.press("Control+s")

    expect(editor.text).to_have_text("第一句。第二句。")
    body = StoryPage.objects.get().get_latest_revision_as_object().body
    assert "第一句。第二句。" in body.raw_data[0]["value"]
