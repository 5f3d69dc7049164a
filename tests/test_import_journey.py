"""From a Word file to a checked story in Chromium; and a corrected file, when readers have the story in two languages."""

import re
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core.models import PortalImage, Tick
from core.publishing import bypass_review
from core.segments import extract
from languages.publishing.loading import load
from metrics.models import Period
from metrics.rich_text import FigureLinkHandler
from metrics.tests.factories import make_figures_page, make_metric, make_observation, make_unit
from news.choices import Origin
from news.models import StoryObservation, StoryPage, StorySchool, Topic
from newsroom.tests.word_files import docx, inline, p, png
from schools.tests.factories import make_organisation, make_school

from .browser import DESK, is_autosave, sending
from .desk import Bench, take_up, translator
from .test_newsroom_journey import Colleague, comes, index  # noqa: F401 (fixtures)


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, BYLINE, TOPIC = "河畔两所学校同一天开门", "记者 林知远", "学校建设"
SCHOOLS, OPENING = ["滨江小学", "青石中学"], "滨江小学和青石中学今年9月同时开学，家长站在新校门口拍照。"
CAPTION, CREDIT, ALT = "图1 新校门。", "林知远 摄", "两位家长在新校门口给孩子拍照"
SECTION, QUOTE = "学位和老师", "校长说，先把每一节课上好，再谈别的。"
PLACES, TEACHERS = "8660个", "1200名"
COUNTED = f"2024年，全区新增公办学位{PLACES}，新聘教师{TEACHERS}。"
MISTAKEN, MONEY = "1.3亿元", "1.37亿元"
SPENT = f"2024年，全区学校建设投入{MISTAKEN}，操场和图书馆都在其中。"
ENDING = "下午四点，图书角仍然坐满了人。"
PUT_IN = "江津"  # by the corrected file, into what was counted
CORRECTED, ADDED = COUNTED.replace("全区", f"{PUT_IN}全区"), "傍晚六点，最后一班校车开出校门。"
KINDS = [(SECTION, "h", "heading"), (QUOTE, "q", "quote")]  # what two parts are made, with which letters
REASON = "本条消息不配题图"


def word(*texts):
    """The file as it comes from WPS, with a picture below the first paragraph."""
    picture = [p(inline("r1")), p(f"{CAPTION}（{CREDIT}）")]
    blocks = [p(TITLE, style="2"), p(BYLINE), p(OPENING), *picture, p(SECTION), *map(p, texts)]
    return docx(*blocks, relations=[("r1", "image", "media/1.png")], parts={"word/media/1.png": png()})


@pytest.fixture
def known(index, settings):  # noqa: F811
    """What the text names: two schools, and three figures of a year. As in production, warnings wait for a tick."""
    settings.ASKS_FOR_TICKS = True
    make_figures_page()
    Topic.objects.create(key="schools", name=TOPIC)
    days = {"start": date(2024, 1, 1), "end": date(2024, 12, 31)}
    year = Period.objects.create(key="y24", label="2024年", kind="year", **days)
    of_year = {"period": year, "subject_organisation": make_organisation(name="江津区")}
    person, yuan = make_unit(key="person", symbol="名"), make_unit(key="yuan", symbol="元", kind="money")
    figures = [
        ("新增公办学位", make_unit(), 8660, PLACES),
        ("新聘教师", person, 1200, TEACHERS),
        ("学校建设投入", yuan, 137_000_000, MONEY),
    ]
    return {
        "schools": [make_school(title=name) for name in SCHOOLS],
        "figures": [
            make_observation(metric=make_metric(name=name, unit=unit), value=Decimal(value), printed=printed, **of_year)
            for name, unit, value, printed in figures
        ],
    }


def test_a_word_file_becomes_a_checked_story_and_is_corrected(known, comes, visit):  # noqa: F811
    reporter = comes("reporter", "Reporters", "zh-hans", Reporter)
    reporter.asks_to_import()
    reporter.uploads("开学.docx", word(COUNTED, SPENT, QUOTE, ENDING))
    reporter.chooses_kinds(KINDS)
    reporter.goes_on("Make the draft")

    reporter.opens_the_list()
    reporter.links_the_schools()
    for words, figure in zip((PLACES, TEACHERS, MISTAKEN), known["figures"], strict=True):
        reporter.links_the_number(words, figure)
    reporter.writes_what_the_figure_says(MISTAKEN)
    reporter.describes_the_picture(ALT)
    reporter.files_it_under(TOPIC)
    reporter.ticks("There is no lead picture: lists and shared links show none.", REASON)
    reporter.sees_that_nothing_is_in_the_way()
    reporter.acts("Submit for review")
    story = StoryPage.objects.get()
    before = assert_it_is_checked(story, known)

    live = goes_live(story)
    assert_what_it_cites_is_known(live, known)
    bench = in_french(live)
    assert set(bench.statuses().values()) == {"approved"}

    reporter.asks_to_correct(live)
    reporter.uploads("开学（改）.docx", word(CORRECTED, SPENT, QUOTE, ADDED, ENDING))
    reporter.sees_kinds(KINDS)  # chosen for the first file
    reporter.goes_on("Compare with the draft")
    reporter.sees_what_would_change()
    reporter.goes_on("Change the draft")
    reporter.is_told("The draft says what you chose of the corrected file.")
    assert_it_is_corrected(story, known, before)

    goes_live(story)
    waiting = {text: status for text, status in bench.statuses().items() if status != "approved"}
    assert waiting == {bench.row(PUT_IN).segment.text: "outdated", ADDED: "missing"}
    reader = visit(viewport=DESK, locale="fr-FR")
    reader.goto(f"/fr{live.url}")
    for text in (OPENING, CAPTION, QUOTE, ENDING):
        expect(reader.get_by_role("article")).to_contain_text(french(text))


SAVED = """
    addEventListener("w-autosave:success", ({ detail }) => {
      document.documentElement.dataset.saved = detail.response.revision_id;
    });
"""


class Reporter(Colleague):
    """Somebody who brings what was written in Word."""

    def __init__(self, page, names):
        super().__init__(page, names)
        page.add_init_script(SAVED)
        self.list = page.locator('[data-side-panel="checklist"]')

    def goes_on(self, message):
        with sending(self.page):
            self.presses(message)

    # The file

    def asks_to_import(self):
        self.page.goto("/admin/")
        self.page.get_by_role("link", name=self.names("Import a story"), exact=True).click()
        self.page.wait_for_url("**/admin/imports/**")

    def asks_to_correct(self, story):
        self.page.goto(reverse("wagtailadmin_pages:edit", args=[story.pk]))
        header = self.page.locator("header").first
        header.get_by_role("button", name=self.names("Actions"), exact=True).click()
        self.page.get_by_role("link", name=self.names("Import a corrected file"), exact=True).click()
        self.page.wait_for_url("**/admin/imports/**")

    def uploads(self, name, content):
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        self.page.locator("input[type=file]").set_input_files(file)
        self.goes_on("Read it")
        expect(self.page.locator("[data-import-legend]")).to_be_visible()  # the keys are heard from now on

    @property
    def parts(self):
        return self.page.locator("[data-import-part]")

    def part(self, words):
        return self.parts.filter(has_text=words)

    def chooses_kinds(self, kinds):
        for words, letter, kind in kinds:
            self.moves_to(words)
            self.page.keyboard.press(letter)
            expect(self.part(words)).to_have_attribute("data-kind", kind)
        expect(self.page.locator("[data-import-status]")).to_have_text(self.names("All choices are saved."))
        self.sees_kinds(kinds)

    def moves_to(self, words):
        """From part to part, from the first if none has the focus."""
        for _part in range(self.parts.count()):
            if self.part(words).evaluate("part => part === document.activeElement"):
                break
            self.page.keyboard.press("j")
        expect(self.part(words)).to_be_focused()

    def sees_kinds(self, kinds):
        for words, _letter, kind in kinds:
            expect(self.part(words).get_by_role("combobox")).to_have_value(kind)

    def sees_what_would_change(self):
        same, changed = self.names("Unchanged", "comparison"), self.names("Changed", "comparison")
        edited, new = self.names("Edited in the draft: it stays so"), self.names("New", "comparison")
        labels = self.page.locator(".import-compared strong")
        expect(labels).to_have_text([*[same] * 5, changed, edited, same, new, same])
        expect(self.page.locator(".import-compared--changed ins")).to_have_text(PUT_IN)
        expect(self.page.locator(".import-compared--edited")).to_contain_text(MONEY)
        expect(self.page.locator(".import-compared--new ins")).to_have_text(ADDED)
        expect(self.page.locator(".import-lost")).to_have_count(0)

    # The list before publishing

    def opens_the_list(self):
        self.page.locator('[data-side-panel-toggle="checklist"]').click()
        self.sees_the_list()

    def sees_the_list(self):
        """What is changed from then on is saved by itself."""
        self.page.wait_for_selector("html[data-watched]", state="attached")
        expect(self.list.locator("[data-checklist]:not([aria-busy])")).to_be_visible()

    @contextmanager
    def saving(self):
        """Until what is done within is saved by itself, and the list has come again with it."""
        with self.page.expect_response(lambda answer: is_autosave(answer.request)) as answer:
            yield
        revision = answer.value.json()["revision_id"]
        expect(self.page.locator("html")).to_have_attribute("data-saved", str(revision))
        self.sees_the_list()

    def line(self, **options):
        return self.list.locator(".checklist__item").filter(**options)

    def line_that_leads_to(self, place):
        """The end of a content path."""
        return self.line(has=self.page.locator(f"[data-checklist-place$='{place}']"))

    def links_the_schools(self):
        line = self.line(has_text="、".join(SCHOOLS))
        with self.saving():
            line.locator("[data-offer-all]").click()
        expect(line).to_have_count(0)
        expect(self.linked(OPENING)).to_have_text(SCHOOLS)

    def links_the_number(self, words, figure):
        offer = self.list.locator("[data-offer]").filter(has=self.page.locator("mark", has_text=words))
        link = self.names("Link: %(name)s") % {"name": FigureLinkHandler.label(figure)}
        with self.saving():
            offer.get_by_role("button", name=link, exact=True).click()
        expect(offer).to_have_count(0)
        expect(self.linked(words).filter(has_text=words)).to_have_count(1)

    def linked(self, text):
        """The links in the paragraph with this text."""
        return self.body.locator("[data-block]", has_text=text).locator(".TooltipEntity")

    def writes_what_the_figure_says(self, words):
        button = self.line(has_text=words).get_by_role("button", name=self.names("Write what the figure says"))
        with sending(self.page):
            button.click()
        self.sees_the_list()  # the browser has kept it open
        expect(self.line(has_text=words)).to_have_count(0)

    def describes_the_picture(self, alt):
        line = self.line_that_leads_to(".alt")
        line.get_by_role("link").click()
        field = self.body.get_by_role("textbox", name=self.names.label("alternative text"))
        expect(field).to_be_focused()
        with self.saving():
            field.fill(alt)
        expect(line).to_have_count(0)

    def files_it_under(self, topic):
        line = self.line_that_leads_to("topics")
        line.get_by_role("link").click()
        field = self.page.locator("#id_topics")
        expect(field).to_be_focused()
        with self.saving():
            field.select_option(label=topic)
        expect(line).to_have_count(0)

    def ticks(self, message, reason):
        line = self.line(has_text=self.names(message))
        line.locator("summary").click()
        field = line.get_by_role("textbox")
        expect(field).to_be_focused()
        field.fill(reason)
        field.press("Enter")
        expect(self.list.locator(".checklist__item--ticked")).to_contain_text(reason)

    def sees_that_nothing_is_in_the_way(self):
        expect(self.list.locator(".checklist__item--error, .checklist__item--warning")).to_have_count(0)


# What is stored ---------------------------------------------------------------------------------

LINK = re.compile(r'<a (?=[^>]*linktype="(\w+)")(?=[^>]*id="(\d+)")[^>]*>(.*?)</a>')


def draft_of(story):
    return StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()


def source_of(draft):
    return "".join(block.value.source for block in draft.body if block.block_type == "text")


def assert_it_is_linked(draft, known):
    links = [(kind, int(key), words) for kind, key, words in LINK.findall(source_of(draft))]
    schools = [("school", school.pk, school.title) for school in known["schools"]]
    assert links == schools + [("figure", figure.pk, figure.printed) for figure in known["figures"]]
    assert [page.title for page in draft.about(as_drafted=True)] == SCHOOLS
    (picture,) = [block.value for block in draft.body if block.block_type == "image"]
    assert picture["image"] == PortalImage.objects.get()
    assert [picture[name] for name in ("caption", "credit", "alt")] == [CAPTION, CREDIT, ALT]


def assert_it_is_checked(story, known):
    """And at the first step of its review. Returns its draft."""
    assert story.current_workflow_task_state.task.name == "First review"
    draft = draft_of(story)
    assert [block.block_type for block in draft.body] == ["text", "image", "heading", "text", "quote", "text"]
    assert_it_is_linked(draft, known)
    assert [topic.name for topic in draft.topics.all()] == [TOPIC]
    assert Tick.objects.get().reason == REASON
    return draft


def assert_it_is_corrected(story, known, before):
    draft = draft_of(story)
    assert_it_is_linked(draft, known)
    assert [(block.id, block.block_type) for block in draft.body] == [
        (block.id, block.block_type) for block in before.body
    ]
    text = re.sub("<.*?>", "", source_of(draft))
    assert text == OPENING + CORRECTED + SPENT.replace(MISTAKEN, MONEY) + ADDED + ENDING
    assert [topic.name for topic in draft.topics.all()] == [TOPIC]


def assert_what_it_cites_is_known(story, known):
    about = StorySchool.objects.filter(story=story).values_list("school", "origin")
    assert set(about) == {(school.pk, Origin.BODY) for school in known["schools"]}
    cited = StoryObservation.objects.filter(story=story).values_list("observation", "origin")
    assert set(cited) == {(figure.pk, Origin.BODY) for figure in known["figures"]}


def goes_live(story):
    with bypass_review("a test"):
        StoryPage.objects.get(pk=story.pk).get_latest_revision().publish()
    return StoryPage.objects.get(pk=story.pk)


def in_french(story):
    """Every segment of it is translated, approved and published."""
    take_up("fr", is_open=True)
    load(story, "fr", {segment.path: french(segment.text) for segment in extract(story)})
    return Bench(story, translator("fr"))


def french(text):
    return f"[fr] {text}"
