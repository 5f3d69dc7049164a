"""What an editor and a reader do, from beginning to end, in Chromium."""

import json
import re
from decimal import Decimal

import pytest
from django.utils.text import capfirst
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.languages import SOURCE, TARGETS, column, translated_fields
from core.models import BasePage, User
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation
from news.choices import Origin
from news.models import StoryObservation, StoryPage, StorySchool
from news.tests.factories import make_index, make_story, publish, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_school

from .browser import DESK, LOCALES, PHONE, TIMEOUT, WCAG, Names, Reader, barriers, sending
from .portal import make_picture


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

KICKER, TITLE, STANDFIRST = "奔跑吧，少年", "新校园迎来首批学生", "双福六小今秋开学。"
SCHOOL, FIGURE = "双福六小", "8660个"
TEXT = f"{SCHOOL}开学了，全区新增学位{FIGURE}。"


@pytest.fixture
def site():
    """A small portal: the sections, two schools and two figures."""
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育", title_en="Jiangjin Education")
    make_index(title="新闻", title_en="News")
    make_index(SchoolIndexPage, title="学校", slug="schools", title_en="Schools")
    make_index(MetricsPage, title="数据", title_en="Figures")
    make_school(title="几江中学", slug="jijiang", stage="junior")
    make_observation(metric=make_metric(key="teachers", name="新聘教师"), value=Decimal(1200))
    return {
        "school": make_school(title=SCHOOL, slug="shuangfu-6"),
        "figure": make_observation(metric=make_metric(key="new-places", name="新增学位")),
    }


# An editor --------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [SOURCE], ids=["chinese-admin"])  # tests/test_withdrawal_journey.py goes in English
def test_an_editor_publishes_a_story(site, visit, code):
    user = User.objects.create_superuser("editor", "editor@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language=code)
    editor = Editor(visit(viewport=DESK, locale=LOCALES[code]), Names(code))

    editor.logs_in("editor", "demo")
    editor.opens_a_new_story(make_index())
    editor.fills_in(kicker=KICKER, title=TITLE, standfirst=STANDFIRST)
    editor.gives_an_address("first-day")
    editor.writes(TEXT)
    editor.links_a_school()
    editor.links_a_figure()
    editor.saves_a_draft()
    assert not StoryPage.objects.get().live
    assert_story_is_shown(editor.previews(), site)
    assert not StoryPage.objects.get().live
    editor.publishes(make_index())

    story = StoryPage.objects.get()
    assert story.live
    editor.page.goto(story.url)
    assert_story_is_shown(editor.page, site)
    assert_stored_in_chinese(story)
    about, cited = StorySchool.objects.get(), StoryObservation.objects.get()
    assert (about.story, about.school, about.origin) == (story, site["school"], Origin.BODY)
    assert (cited.story, cited.observation, cited.origin) == (story, site["figure"], Origin.BODY)


# Two seconds after it has come up a form of the admin takes down what it began with: only what is written after that
# is a change to it, and is saved by itself.
WATCHED = "addEventListener('w-unsaved:watch-edits', () => document.documentElement.dataset.watched = '')"


class Editor:
    """Somebody who writes in the admin, in one of its languages."""

    def __init__(self, page, names):
        self.page, self.names = page, names
        page.add_init_script(WATCHED)

    def logs_in(self, name, password):
        self.page.goto("/admin/")
        self.page.get_by_role("textbox", name=self.names.label("Username")).fill(name)
        self.page.locator("input[type=password]").fill(password)
        self.presses("Sign in")
        self.page.wait_for_url("**/admin/")

    def presses(self, message, inside=None):
        (inside or self.page).get_by_role("button", name=self.names(message), exact=True).click()

    def opens_a_new_story(self, index):
        self.page.goto(f"/admin/pages/{index.pk}/add_subpage/")  # leads on at once: there is one type of page here
        self.page.wait_for_url("**/admin/pages/add/news/storypage/*/")
        self.page.wait_for_selector("html[data-watched]", state="attached")

    def fills_in(self, **texts):
        for name, text in texts.items():
            self.page.get_by_role("textbox", name=self.names.label(name)).fill(text)

    def gives_an_address(self, slug):
        self.fills_in(slug=slug)

    # The body

    @property
    def body(self):
        return self.page.get_by_role("region", name=capfirst(self.names("body")), exact=True)

    @property
    def text(self):
        return self.body.get_by_role("textbox")

    def writes(self, text):
        self.presses("Insert a block", inside=self.body)
        self.page.get_by_role("option", name=self.names("Text"), exact=True).click()
        self.text.click()
        self.page.keyboard.type(text)
        expect(self.text).to_have_text(text)
        self.page.wait_for_url("**/admin/pages/*/edit/")  # it is saved by itself

    def links_a_school(self):
        chooser = self.asks_to_link(SCHOOL, "Link a school")
        search = chooser.get_by_role("textbox")
        expect(search).to_have_value(SCHOOL)  # the words to link
        search.fill("几江")
        expect(chooser.get_by_role("link", name="几江中学")).to_be_visible()
        expect(chooser.get_by_role("link", name=SCHOOL)).to_have_count(0)
        search.fill("六小")
        self.chooses(chooser.get_by_role("link", name=SCHOOL), SCHOOL, "school")

    def links_a_figure(self):
        chooser = self.asks_to_link(FIGURE, "Link a figure")
        chooser.get_by_role("textbox").fill("学位")
        row = chooser.get_by_role("row", name=re.compile(f"新增学位.*江津区.*2024年.*{FIGURE}"))
        self.chooses(row.get_by_role("link"), FIGURE, "figure")

    def asks_to_link(self, words, button):
        """Select the words and press a button of the toolbar that comes up; returns the chooser."""
        self.text.focus()
        self.page.keyboard.press("Home")
        for _character in TEXT[: TEXT.index(words)]:
            self.page.keyboard.press("ArrowRight")
        for _character in words:
            self.page.keyboard.press("Shift+ArrowRight")
        self.presses(button, inside=self.page.get_by_role("toolbar"))
        return self.page.get_by_role("dialog")

    def chooses(self, link, words, linktype):
        link.click()
        expect(self.page.get_by_role("dialog")).to_have_count(0)
        self.sees_links(words)
        self.waits_until_the_draft_has(f'linktype="{linktype}"')

    def waits_until_the_draft_has(self, markup):
        """The form has what is written a moment later, and the draft that is saved by itself another one."""
        for _moment in range(TIMEOUT // 250):
            if markup in str(json.loads(StoryPage.objects.get().latest_revision.content["body"])):
                return
            self.page.wait_for_timeout(250)
        raise AssertionError(f"The draft has not got {markup}")

    def sees_links(self, *words):
        for each in words:
            expect(self.text.get_by_role("button", name=each, exact=True)).to_be_visible()
        expect(self.text).to_have_text(TEXT)

    # What is done with it

    def saves_a_draft(self):
        with sending(self.page):
            self.presses("Save draft")
        expect(self.page.get_by_role("status").get_by_text(TITLE).last).to_be_visible()
        self.sees_links(SCHOOL, FIGURE)

    def previews(self):
        """The preview in a tab of its own; the page of the editor stays where it is."""
        self.presses("Toggle preview")
        frame = self.page.frame_locator(f'iframe[title="{self.names("Preview")}"]').last
        expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE)
        with self.page.context.expect_page() as opened:
            self.page.get_by_role("link", name=self.names("Preview in new tab")).click()
        return opened.value

    def publishes(self, index):
        self.presses("More actions")
        self.presses("Publish")
        self.page.wait_for_url(f"**/admin/pages/{index.pk}/")
        expect(self.page.get_by_role("status").get_by_text(TITLE).last).to_be_visible()


def writes_a_new_story(visit, title, slug):
    """Somebody with every right, in the English admin, at the form of a story that has its title and address."""
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育")
    index = make_index(title="新闻")
    user = User.objects.create_superuser("editor", "editor@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language="en")
    editor = Editor(visit(viewport=DESK, locale=LOCALES["en"]), Names("en"))
    editor.logs_in("editor", "demo")
    editor.opens_a_new_story(index)
    editor.fills_in(title=title)
    editor.gives_an_address(slug)
    return editor


def assert_story_is_shown(page, site):
    """In Chinese, whatever language the admin speaks."""
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
    article = page.get_by_role("article")
    expect(article).to_contain_text(KICKER)
    expect(article).to_contain_text(STANDFIRST)
    expect(article).to_contain_text(TEXT)
    expect(article.get_by_role("link", name=SCHOOL)).to_have_attribute("href", site["school"].url)
    figure = article.get_by_role("link", name=FIGURE)
    expect(figure).to_have_attribute("href", site["figure"].metric.get_absolute_url())
    expect(figure.locator("data")).to_have_attribute("value", "8660")
    expect(page.get_by_role("navigation", name=Names(SOURCE)("Languages"))).to_be_visible()


def assert_stored_in_chinese(story):
    """Past every descriptor: words in Chinese columns, traditional Chinese made from them, and nothing else."""
    names = translated_fields(StoryPage)
    codes = [SOURCE, *TARGETS]
    stored = (
        StoryPage.objects.filter(pk=story.pk).values(*[column(name, code) for name in names for code in codes]).get()
    )
    written = {"kicker": KICKER, "title": TITLE, "standfirst": STANDFIRST}
    assert {name: stored[column(name, SOURCE)] for name in written} == written
    assert {name: stored[column(name, "zh-hant")] for name in written} == {
        "kicker": "奔跑吧，少年",
        "title": "新校園迎來首批學生",
        "standfirst": "雙福六小今秋開學。",
    }
    assert "开学了" in str(stored[column("body", SOURCE)])
    assert "開學了" in str(stored[column("body", "zh-hant")])
    untouched = [column(name, code) for name in names for code in TARGETS if code != "zh-hant"]
    assert [name for name in untouched if stored[name]] == []


# A reader ---------------------------------------------------------------------------------------


@pytest.fixture
def stories(site):
    """A story with something of everything, translated; and one that is not."""
    school, figure = site["school"], site["figure"]
    links = (
        f'<p data-block-key="a1"><a linktype="school" id="{school.pk}">{SCHOOL}</a>开学了，全区新增学位'
        f'<a linktype="figure" id="{figure.pk}">{FIGURE}</a>。</p>'
    )
    table = {
        "columns": [{"type": "text", "heading": f"第{number}列的名称"} for number in range(7)],
        "rows": [{"values": ["很长很长的内容"] * 7}],
        "caption": "",
    }
    picture = make_picture()
    body = [
        ("heading", {"heading": "校园", "subheading": "一砖一瓦"}),
        ("text", links),
        ("image", {"image": picture.pk, "caption": "新校园", "credit": "", "alt": "操场", "wide": True}),
        ("heading", {"heading": "数字", "subheading": ""}),
        ("figures", {"heading": "学位", "figures": [figure.pk]}),
        ("table", {"caption": "各镇街", "table": table, "note": ""}),
        ("schools", {"heading": "学校", "schools": [school.pk]}),
        ("text", f'<p data-block-key="a2">Https{"verylongword" * 12}</p>'),
    ]
    raw = [{"type": kind, "value": value, "id": f"block-{number}"} for number, (kind, value) in enumerate(body)]
    texts = {"kicker": KICKER, "standfirst": STANDFIRST, "picture": picture}
    translated = make_story(title=TITLE, slug="translated", body=raw, **texts)
    translate(translated, title="First pupils on the new campus")
    other = make_story(title="秋季运动会", slug="chinese-only", body=raw[:2], **texts)
    publish(make_home())
    return {"translated": translated, "other": other}


def test_a_reader_on_a_phone(site, stories, visit):
    phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}
    for scripts in (True, False):
        reader = Reader(visit(java_script_enabled=scripts, **phone))
        reads_on_a_phone(reader, site["school"], site["figure"].metric)
        assert not scripts or barriers(reader.page, WCAG) == []


def reads_on_a_phone(reader, school, metric):
    reader.opens("/")
    reader.sees("江津教育", lang="zh-Hans")
    reader.follows("新闻", reader.sections)
    reader.sees("新闻", url="/news/")
    reader.follows(TITLE, reader.main)
    reader.sees(TITLE, url="/news/translated/", text="开学了")
    reader.follows(SCHOOL, reader.article)
    reader.sees(SCHOOL, url=school.url, text=TITLE)
    reader.follows("数据", reader.sections)
    reader.sees("数据", url="/data/")
    reader.follows(re.compile("新增学位"), reader.main)
    reader.sees("新增学位", url=metric.get_absolute_url(), text=FIGURE)
    reader.follows(TITLE, reader.main)
    reader.sees(TITLE, url="/news/translated/")
    reader.follows(FIGURE, reader.article)
    reader.sees("新增学位", url=metric.get_absolute_url())

    reader.opens("/news/translated/")
    reader.follows("English", reader.languages("zh-hans"))
    reader.sees("First pupils on the new campus", url="/en/news/translated/", lang="en", text="[en]")
    reader.is_told_that_it_is_chinese(False)

    reader.opens("/news/chinese-only/")
    reader.follows("English", reader.languages("zh-hans"))
    reader.sees("秋季运动会", url="/en/news/chinese-only/", lang="en", main_lang="zh-Hans", text="开学了")
    reader.is_told_that_it_is_chinese(True)
    reader.follows("News", reader.sections)
    reader.sees("News", url="/en/news/", lang="en", text="秋季运动会")
