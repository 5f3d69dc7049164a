"""Whoever presses Ctrl+S at the last character keeps it, in Chromium."""

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import BasePage, User
from news.models import StoryPage
from news.tests.factories import make_index
from schools.tests.factories import make_home

from .browser import DESK, LOCALES, Names, sending
from .test_journeys import Editor


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]


def test_what_is_written_in_the_moment_before_the_shortcut_is_saved(visit):
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育")
    index = make_index(title="新闻")
    user = User.objects.create_superuser("editor", "editor@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language="en")
    editor = Editor(visit(viewport=DESK, locale=LOCALES["en"]), Names("en"))
    page = editor.page
    editor.logs_in("editor", "demo")
    editor.opens_a_new_story(index)
    editor.fills_in(title="两所学校")
    editor.gives_an_address("two-schools")
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
