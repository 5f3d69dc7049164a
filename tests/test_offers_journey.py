"""What the list before publishing offers to link, clicked in Chromium: linked where it stands, and saved with the form."""

import os
import re
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import expect

from core.models import BasePage
from metrics.models import Observation, Period
from metrics.tests.factories import make_figures_page, make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from schools.tests.factories import make_home, make_organisation, make_school

from .browser import DESK, PHONE, WCAG, barriers, is_autosave, overflow, sending
from .test_checklist_journey import opens_the_list


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

PICTURES = os.environ.get("OFFERS_PICTURES")  # a folder: for looking at the panel
SCHOOLS = ["江津中学滨江校区", "双福六小", "江津中学"]
TEXT = (
    '<p data-block-key="p1">江津中学滨江校区<b>和双福</b>六小今年9月开学。</p>'
    '<p data-block-key="p2">江津中学😀开学那天，全区新增公办中小学学位8660个，投入3亿元。</p>'
)
OLD = "2024年，江津区新增公办中小学学位8600个，比上年多。"


@pytest.fixture
def story():
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育")
    make_index(title="新闻")
    make_figures_page()
    for name in SCHOOLS:
        make_school(title=name, area="几江街道")
    district = make_organisation(name="江津区")
    period = Period.objects.create(
        key="y24", label="2024年", kind="year", start=date(2024, 1, 1), end=date(2024, 12, 31)
    )
    metric = make_metric(name="新增公办中小学学位")
    make_observation(
        metric=metric, subject_organisation=district, period=period, printed="8660个", source_place="第3页"
    )
    make_story(title="旧闻：学位再增", body=[("text", f"<p>{OLD}</p>")])
    story = make_story(live=False, title="新校园", body=[{"type": "text", "id": "t", "value": TEXT}])
    story.save_revision()
    return story


def links(story):
    """The words that are linked in what was saved last; those that stand in bold and plain words are in two parts."""
    html = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().body[0].value.source
    return [
        (kind, re.sub("<.*?>", "", words))
        for kind, words in re.findall(r'<a [^>]*linktype="(\w+)"[^>]*>(.*?)</a>', html)
    ]


def test_schools_and_a_number_are_linked_by_click_and_the_links_stand(story, visit):
    editor = opens_the_list(visit, story, "en")
    page, panel = editor.page, editor.page.locator('[data-side-panel="checklist"]')
    text = page.locator('[data-contentpath="t"] .Draftail-Editor')
    schools = panel.locator(".checklist__item", has_text="named and not linked")
    numbers = panel.locator(".checklist__item", has_text="linked to no figure")
    expect(schools.locator("[data-offer] mark")).to_have_text(SCHOOLS)
    page.locator("#id_title").fill("改过的标题")
    text.get_by_role("textbox").click()
    page.keyboard.press("Control+End")
    page.keyboard.type("没有存的话。")

    schools.get_by_role("button", name=f"Link: {SCHOOLS[0]}", exact=True).click()
    expect(text.locator(".TooltipEntity")).to_have_text([SCHOOLS[0]])
    expect(panel.get_by_role("status")).to_have_text(f"Linked: {SCHOOLS[0]}")
    expect(schools.locator("[data-offer] mark")).to_have_text(SCHOOLS[1:])
    schools.get_by_role("button", name="Link them").click()
    expect(schools).to_have_count(0)

    numbers.get_by_role("button", name="Link: 8660个 · 新增公办中小学学位 · 江津区 · 2024年", exact=True).click()
    expect(numbers).to_contain_text("1 number of the text is linked to no figure: 3亿元.")
    expect(text).to_contain_text("江津中学😀开学那天，全区新增公办中小学学位8660个，投入3亿元。没有存的话。")
    other = panel.locator(".checklist__item--warning", has_text="旧闻：学位再增")
    expect(other).to_contain_text(OLD)
    expect(other).to_contain_text("全区新增公办中小学学位8660个")

    with page.context.expect_page() as opened:
        numbers.get_by_role("link", name="New figure from this sentence").click()
    form = opened.value
    expect(form.locator("#id_value")).to_have_value("300000000")
    expect(form.get_by_text("choose where the figure comes from")).to_be_visible()
    form.close()

    expect(page.locator("#id_title")).to_have_value("改过的标题")
    with sending(page):
        page.locator("#page-edit-form").evaluate("form => form.requestSubmit()")
    assert links(story) == [("school", words) for words in SCHOOLS] + [("figure", "8660个")]
    draft = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert draft.title == "改过的标题"
    assert "没有存的话" in draft.body[0].value.source
    assert {str(each) for each in draft.about(as_drafted=True)} == set(SCHOOLS)
    expect(text.locator(".TooltipEntity")).to_have_count(4)


def test_a_link_is_taken_back_like_anything_typed(story, visit):
    editor = opens_the_list(visit, story, "en")
    text = editor.page.locator('[data-contentpath="t"] .Draftail-Editor')
    offer = editor.page.locator(
        "[data-offer]", has=editor.page.get_by_role("button", name="Link: 江津中学", exact=True)
    )
    offer.get_by_role("button").first.click()
    expect(text.locator(".TooltipEntity")).to_have_count(1)
    expect(offer).to_have_count(0)
    text.get_by_role("textbox").click()
    editor.page.keyboard.press("Control+z")
    expect(text.locator(".TooltipEntity")).to_have_count(0)
    expect(offer).to_have_count(1)  # it is saved by itself, and offered again


LINKED_AT_ONCE = """
    const look = () => {
      const fields = [...document.querySelectorAll('[data-contentpath="t"] input')];
      if (fields.some((field) => field.draftailEditor)) document.querySelector("[data-offer-link]").click();
      else requestAnimationFrame(look);
    };
    look();
"""


def test_a_link_of_the_first_moment_is_saved_by_itself(story, visit):
    """For two seconds Wagtail takes what is in a form for what was there (static/js/admin/autosave.js)."""
    editor = opens_the_list(visit, story, "en")
    editor.page.add_init_script(LINKED_AT_ONCE)
    with editor.page.expect_response(lambda answer: is_autosave(answer.request)):
        editor.page.reload()
    assert links(story) == [("figure", "8660个")]


def test_a_button_that_is_drawn_again_while_it_is_pressed_is_pressed(story, visit):
    """Each autosave draws the list again."""
    editor = opens_the_list(visit, story, "en")
    page = editor.page
    panel = page.locator('[data-side-panel="checklist"]')
    expect(panel.locator("[data-checklist]:not([aria-busy])")).to_be_visible()
    panel.get_by_role("button", name=f"Link: {SCHOOLS[1]}", exact=True).hover()
    page.mouse.down()
    panel.locator("[data-checklist]").evaluate("list => { list.outerHTML = list.outerHTML }")
    page.mouse.up()
    expect(page.locator('[data-contentpath="t"] .TooltipEntity')).to_have_text(SCHOOLS[1])


def test_words_that_are_gone_are_not_linked(story, visit):
    editor = opens_the_list(visit, story, "en")
    page = editor.page
    panel = page.locator('[data-side-panel="checklist"]')
    button = panel.get_by_role("button", name=f"Link: {SCHOOLS[0]}", exact=True)
    expect(button).to_be_visible()
    # At once, as the list may be drawn again at any time.
    button.evaluate("button => { button.closest('li').dataset.offerWords = '没有的学校'; button.click() }")
    expect(panel.get_by_role("status")).to_have_text("These words stand there no more: nothing was linked.")
    expect(page.locator('[data-contentpath="t"] .TooltipEntity')).to_have_count(0)


@pytest.mark.parametrize("code", ["zh-hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_fits_and_can_be_read(story, visit, code, scheme):
    editor = opens_the_list(visit, story, code, color_scheme=scheme)
    page = editor.page
    for size in (DESK, {"width": 768, "height": 1000}, PHONE):
        page.set_viewport_size(size)
        if not page.locator("[data-checklist]").is_visible():
            page.locator('[data-side-panel-toggle="checklist"]').click()
        expect(page.locator("[data-offer]").first).to_be_visible()
        expect(page.locator("[data-checklist][aria-busy]")).to_have_count(0)
        assert overflow(page) == 0
        page.locator("[data-offer]").first.scroll_into_view_if_needed()
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"panel-{code}-{scheme}-{size['width']}.png"))
        assert barriers(page, WCAG, inside='[data-side-panel="checklist"]') == []
    page.locator("[data-offer-show]").first.click()  # on the phone
    expect(page.locator("[data-checklist]")).to_be_hidden()
    expect(page.locator('[data-contentpath="t"] [role=textbox]')).to_be_focused()


@pytest.mark.parametrize("code", ["zh-hans", "en"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_fits_and_can_be_read(story, visit, code, scheme):
    story.body = [
        ("text", TEXT.replace("8660个", f'<a linktype="figure" id="{Observation.objects.get().pk}">8660个</a>'))
    ]
    story.save_revision().publish()
    editor = opens_the_list(visit, story, code, color_scheme=scheme)
    page = editor.page
    page.goto("/admin/reports/different-numbers/")
    expect(page.get_by_text(OLD)).to_be_visible()
    for size in (DESK, {"width": 768, "height": 1000}, PHONE):
        page.set_viewport_size(size)
        assert overflow(page) == 0
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"report-{code}-{scheme}-{size['width']}.png"))
        assert barriers(page, WCAG, inside="main") == []
