"""The list before publishing as editors use it, in Chromium: look, put right, tick, publish."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import BasePage, Tick, User
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from schools.tests.factories import make_home, make_school

from .browser import DESK, LOCALES, PHONE, WCAG, Names, barriers, overflow
from .test_journeys import Editor


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

IDENTITY = "11010519491231002X"
REASON = "活动当天补图"
PICTURES = os.environ.get("CHECKLIST_PICTURES")  # a folder: for looking at the panel


@pytest.fixture
def story(settings):
    settings.ASKS_FOR_TICKS = True
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育")
    make_index(title="新闻")
    make_school(title="双福六小")
    text = f"<p>双福六小新增学位8660个，联系人张三，身份证{IDENTITY}。</p>"
    body = [{"type": "heading", "id": "h", "value": {"heading": "三、步骤", "subheading": ""}}]
    body.append({"type": "text", "id": "t", "value": text})
    story = make_story(live=False, title="新校园迎来首批学生", body=body)
    story.save_revision()
    return story


def opens_the_list(visit, story, code, **options):
    user, is_new = User.objects.get_or_create(
        username="editor", defaults={"is_superuser": True, "is_staff": True, "last_name": "李", "first_name": "编辑"}
    )
    if is_new:
        user.set_password("demo")
        user.save()
    UserProfile.objects.update_or_create({"preferred_language": code}, user=user)
    editor = Editor(visit(**{"viewport": DESK, "locale": LOCALES[code]} | options), Names(code))
    editor.logs_in("editor", "demo")
    editor.page.goto(f"/admin/pages/{story.pk}/edit/")
    editor.page.locator('[data-side-panel-toggle="checklist"]').click()
    expect(editor.page.locator("[data-checklist]")).to_be_visible()
    return editor


def test_look_put_right_tick_publish(story, visit):
    editor = opens_the_list(visit, story, "en")
    page = editor.page
    panel = page.locator('[data-side-panel="checklist"]')
    counter = page.locator('[data-side-panel-toggle="checklist"] [data-side-panel-toggle-counter]')
    expect(counter).to_have_text(re.compile(r"^\s*5\s*$"))
    panel.get_by_role("link", name="is out of order").click()
    expect(page.get_by_role("textbox", name="Heading*", exact=True)).to_be_focused()

    picture = panel.locator(".checklist__item", has_text="There is no lead picture")
    picture.locator("summary").click()
    reason = picture.locator("[data-checklist-reason]")
    expect(reason).to_be_focused()
    picture.get_by_role("button", name="Tick", exact=True).click()
    expect(picture.get_by_role("alert")).to_have_text("Say why this is no reason against publishing.")
    reason.fill(REASON)
    with page.expect_response(lambda answer: answer.request.method == "POST" and "/edit/" in answer.url):
        page.locator("#id_standfirst").evaluate(
            "field => { field.value = '新导语'; field.dispatchEvent(new Event('input', {bubbles: true})) }"
        )
    expect(reason).to_have_value(REASON)  # an autosave has drawn the list again
    expect(reason).to_be_visible()
    reason.press("Enter")
    ticked = panel.locator(".checklist__item--ticked")
    expect(ticked).to_contain_text(REASON)
    expect(ticked).to_contain_text("李")
    expect(counter).to_have_text(re.compile(r"^\s*4\s*$"))
    assert Tick.objects.get().reason == REASON

    page.locator("#id_title").fill("改过的标题")
    panel.get_by_role("button", name="Mask it").click()
    expect(page.get_by_text("Put right: The identity")).to_be_visible()
    draft = StoryPage.objects.get().get_latest_revision_as_object()
    assert draft.title == "改过的标题"
    assert "110105**********2X" in draft.body[1].value.source

    editor.presses("More actions")
    editor.presses("Publish")
    refusal = page.get_by_role("status").first
    expect(refusal).to_contain_text("Nobody is named as author")
    expect(refusal).not_to_contain_text("lead picture")
    assert not StoryPage.objects.get().live


@pytest.mark.parametrize("code", ["zh-hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(story, visit, code, scheme):
    editor = opens_the_list(visit, story, code, color_scheme=scheme)
    page = editor.page
    page.locator(".checklist__tick summary").first.click()
    for size in (DESK, {"width": 768, "height": 1000}, PHONE):
        page.set_viewport_size(size)
        if not page.locator("[data-checklist]").is_visible():
            page.locator('[data-side-panel-toggle="checklist"]').click()
        expect(page.locator("[data-checklist]")).to_be_visible()
        expect(page.locator("[data-checklist][aria-busy]")).to_have_count(0)
        assert overflow(page) == 0
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{code}-{scheme}-{size['width']}.png"))
        assert barriers(page, WCAG, inside='[data-side-panel="checklist"]') == []
    page.locator(".checklist__item--warning [data-checklist-place$='.heading']").click()  # on the phone
    expect(page.locator("[data-checklist]")).to_be_hidden()
    expect(page.locator('[data-contentpath="heading"] input').first).to_be_focused()
