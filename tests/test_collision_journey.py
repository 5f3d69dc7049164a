"""Two editors have the same story open and change it, in Chromium: the second one is asked, and nothing is lost."""

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import BasePage, User
from news.models import StoryPage

from .browser import DESK, LOCALES, PHONE, WCAG, Names, barriers, overflow, sending
from .test_journeys import Editor


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

NAMES = Names("zh-hans")
SUBTITLE, ONE, TWO = "写在开学第一天", "奔跑吧，同学", "出发吧，少年"


@pytest.fixture
def story():
    from .portal import make_portal

    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_portal()
    return StoryPage.objects.get(slug="story")


def opens(visit, name, story):
    user = User.objects.create_superuser(name, f"{name}@example.org", "demo", first_name=name)
    UserProfile.objects.create(user=user, preferred_language="zh-hans")
    editor = Editor(visit(viewport=DESK, locale=LOCALES["zh-hans"]), NAMES)
    editor.logs_in(name, "demo")
    editor.page.goto(f"/admin/pages/{story.pk}/edit/")
    return editor


def test_two_editors_at_one_story(story, visit):
    """The story has every kind of block: what nobody has touched is not asked about."""
    blocks = [(block.id, block.block_type) for block in story.body]
    first, second = opens(visit, "first", story), opens(visit, "second", story)
    first.fills_in(subtitle=SUBTITLE, kicker=ONE)
    with sending(first.page):
        first.presses("Save draft")
    second.fills_in(kicker=TWO)
    with sending(second.page):
        second.presses("Save draft")

    page = second.page
    expect(page.get_by_role("heading", level=1)).to_contain_text(NAMES("Changed by two"))
    kicker, subtitle = page.get_by_role("group").all()
    expect(kicker).to_contain_text(ONE)
    expect(kicker).to_contain_text(TWO)
    expect(subtitle).to_contain_text(SUBTITLE)
    assert barriers(page, WCAG, inside=".collision") == []
    page.set_viewport_size(PHONE)
    assert overflow(page) == 0
    page.set_viewport_size(DESK)
    kicker.get_by_role("radio", name=NAMES("Mine, as I sent it")).check()
    page.get_by_role("button", name=NAMES("Continue", "collision"), exact=True).click()
    expect(page.get_by_role("textbox", name=NAMES.label("kicker"))).to_have_value(TWO)
    expect(page.get_by_role("textbox", name=NAMES.label("subtitle"))).to_have_value(SUBTITLE)
    second.presses("More actions")
    second.presses("Publish")
    page.wait_for_url(f"**/admin/pages/{story.get_parent().pk}/")
    story = StoryPage.objects.get(pk=story.pk)
    assert (story.kicker, story.subtitle) == (TWO, SUBTITLE)
    assert [(block.id, block.block_type) for block in story.body] == blocks


def test_one_editor_who_is_faster_than_the_autosave(story, visit):
    """Whoever writes on and presses the button at once is one person, and gets what was written last."""
    editor = opens(visit, "first", story)
    page, autosaves = editor.page, []
    saved = page.locator("[data-w-session-target=revisionId]")
    key = saved.get_attribute("value")
    editor.fills_in(kicker=ONE)
    expect(saved).not_to_have_value(key)

    page.route("**/edit/", lambda route: autosaves.append(route) if _is_autosave(route) else route.continue_())
    with page.expect_request(lambda request: request.method == "POST"):
        editor.fills_in(kicker=TWO)
    editor.fills_in(subtitle=SUBTITLE)
    editor.presses("Save draft")  # waits for the autosave under way, which does not know the subtitle
    with sending(page):
        autosaves[0].continue_()
    expect(page.get_by_role("heading", name=NAMES("Changed by two"))).to_have_count(0)
    expect(page.get_by_role("textbox", name=NAMES.label("kicker"))).to_have_value(TWO)
    expect(page.get_by_role("textbox", name=NAMES.label("subtitle"))).to_have_value(SUBTITLE)


def _is_autosave(route):
    return "application/json" in route.request.headers["accept"]
