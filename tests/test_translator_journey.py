"""A language from the day it is taken up to the day it is closed: translators, a publisher and readers, in Chromium."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from core.languages import SOURCE, column, translated_fields
from core.models import BasePage, Language, User
from core.segments import extract
from languages.models import LanguageWork
from languages.publishing.loading import load
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.models import StoryPage
from news.tests.factories import make_index, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_school

from .browser import DESK, WCAG, Reader, barriers
from .desk import Bench, publisher, story_of, translator
from .workbench import NAMES, Person, Translator


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, STANDFIRST, PLAYGROUND = "一学年的学生资助", "资助资金1.37亿元。", "操场已经铺好。"
TITLE_FR, STANDFIRST_FR = "Un an d'aide aux élèves", "Les aides ont atteint 137 millions de yuans."
TITLE_OF_GEORGES = "Une année d'aides"
WRONG, PLAYGROUND_FR = "Les aides ont atteint 13,7 millions de yuans.", "La cour est prête."
FIGURE, SCHOOL = "137 millions de yuans", "École primaire Shuangfu n° 6"
DRAFT = "草稿里的题目"
HAN = re.compile("[一-鿿]")


@pytest.fixture
def story():
    """A story with a linked figure and a linked school, another draft of it, and the sections in French."""
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    school = make_school(title="双福六小", slug="shuangfu-6")
    yuan = make_unit(key="yuan", symbol="元", symbol_fr="yuan | de yuans | yuans", kind="money")
    figure = make_observation(metric=make_metric(name="学生资助", unit=yuan), value=Decimal(137_000_000))
    links = f'<a linktype="figure" id="{figure.pk}">1.37亿元</a> · <a linktype="school" id="{school.pk}">双福六小</a>'
    make_index(MetricsPage, title="数据")
    remembered(story_of(("p", PLAYGROUND), slug="elsewhere"))
    story = story_of(("a", f"资助：{links}"), ("b", PLAYGROUND), title=TITLE, standfirst=STANDFIRST, slug="aid")
    translate(school, "fr", title=SCHOOL)
    for page in (make_home(), make_index(), make_index(SchoolIndexPage), make_index(MetricsPage)):
        load(page, "fr", {segment.path: f"Page {page.slug}" for segment in extract(page)})
    story.title = DRAFT
    story.save_revision()
    return story


def remembered(story):
    """What was translated before, in another story, is in the memory. Then the language was put away."""
    user = User.objects.create_user("jeanne", "jeanne@example.org", "secret")
    Bench(story, user).writes(PLAYGROUND, PLAYGROUND_FR)
    LanguageWork.objects.all().delete()


def of_the_source(story):
    """What no translation may change: the Chinese, and which revisions there are."""
    columns = [column(name, SOURCE) for name in translated_fields(StoryPage)]
    times = ["latest_revision_id", "live_revision_id", "has_unpublished_changes", "last_published_at", "draft_title"]
    return StoryPage.objects.filter(pk=story.pk).values(*columns, *times).get(), story.revisions.count()


def test_french_is_translated_opened_and_closed(story, visit):
    held = of_the_source(story)
    assert held[0]["has_unpublished_changes"]
    assert held[0]["title_zh_hans"] == TITLE
    User.objects.create_superuser("head", "head@example.org", "secret")
    translator(), publisher()
    Language.objects.filter(code="fr").update(review_required=True)

    head = Person(visit, "head")
    head.does_with_french("Take up")
    colette = Colleague(visit, "colette")
    colette.opens_the_story()
    colette.chooses_what_stands(
        lambda: Bench(story, User.objects.get(username="georges")).writes(TITLE, TITLE_OF_GEORGES)
    )
    colette.translates()
    colette.previews()
    colette.takes_along("元", "2024年", "江津区")
    colette.hands_in()
    colette.mentions("georges", begun="geo")
    georges = Colleague(visit, "georges")
    georges.follows_the_mention()
    georges.opens_the_story()
    georges.approves_and_publishes()
    assert head.status(f"/fr{story.url}") == 404  # not before the language is open
    head.does_with_french("Open to readers", "act")
    assert_french_readers_have_it(visit, head, story)
    assert of_the_source(story) == held

    head.does_with_french("Close", "language")
    assert [head.status(path) for path in ("/fr/", f"/fr{story.url}")] == [404, 404]
    assert f"/fr{story.url}" not in head.reads("/sitemap-pages.xml")


class Colleague(Translator):
    """What this story needs of a translator and of a publisher."""

    def mentions(self, name, begun):
        """In a comment on the title: the name is chosen from the list that comes with the sign."""
        self.fields.first.focus()
        box = self.page.locator("#desk-comment")
        self.keys("Alt+m")
        expect(box).to_be_focused()
        self.page.keyboard.type(f"@{begun}")
        option = self.page.get_by_role("option", name=name)
        expect(option).to_have_attribute("aria-selected", "true")
        expect(box).to_have_attribute("aria-activedescendant", option.get_attribute("id"))
        assert barriers(self.page, WCAG, inside="[data-panel]") == []
        self.keys("Enter")
        expect(box).to_have_value(f"@{name} ")
        self.keys("Control+Enter")
        expect(self.page.locator(".desk-comments .mention")).to_have_text(f"@{name}")
        expect(self.row.locator("[data-said]")).to_contain_text(name)

    def follows_the_mention(self):
        """From the first page of the admin to the segment that it is about."""
        assert barriers(self.page, WCAG, inside="#my-translations-section") == []
        bell = self.page.locator("[data-bell]")
        unread = int(bell.get_attribute("data-bell"))
        self.page.locator(".worklist .notice-text").click()
        self.is_at(TITLE)
        expect(bell).to_have_attribute("data-bell", str(unread - 1))
        self.page.goto(reverse("notices"))
        assert barriers(self.page, WCAG, inside="main") == []

    def opens_the_story(self):
        super().opens_the_story(TITLE)
        expect(self.fields).to_have_count(4)
        assert barriers(self.page, WCAG, inside="[data-desk]") == []

    def chooses_what_stands(self, meanwhile):
        """What was not saved when the page was left is not saved over what somebody else wrote meanwhile."""
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.page.route("**/save/", lambda _route: None)  # it is never answered
        self.fields.first.fill("Perdu")
        expect(self.row).to_have_attribute("data-unsaved", "")
        meanwhile()
        self.page.unroute("**/save/")
        self.page.reload()
        expect(self.fields.first).to_have_text("Perdu")
        expect(self.page.locator("[data-theirs-text]")).to_have_text(TITLE_OF_GEORGES)
        self.presses("Take what was saved")
        expect(self.fields.first).to_have_text(TITLE_OF_GEORGES)
        expect(self.page.locator("[data-theirs-text]")).to_have_count(0)

    def translates(self):
        while not self.page.evaluate("document.activeElement.matches('[data-field]')"):
            self.keys("Tab")
        self.is_at(TITLE)
        self.keys("Control+a")
        self.types(TITLE_FR)
        self.keys("Control+Enter")
        self.is_at(STANDFIRST)
        self.is_stopped_by_a_wrong_number()
        self.is_at("资助：1.37亿元 · 双福六小")
        self.keeps_the_tokens()
        self.is_at(PLAYGROUND)
        self.keys("Alt+1")  # it waits for the suggestions of this segment
        expect(self.row.locator("[data-field]")).to_have_text(PLAYGROUND_FR)
        expect(self.row).to_have_attribute("data-standing", "draft")  # it is saved by itself

    def is_stopped_by_a_wrong_number(self):
        self.types(WRONG)
        self.keys("Control+Enter")
        stopped = NAMES("Not handed in: mend the error first, or say why it is none. Your text is kept as a draft.")
        expect(self.row.get_by_role("status")).to_have_text(stopped)
        expect(self.row.locator(".desk-finding--error")).to_contain_text("1.37亿")
        self.is_at(STANDFIRST)
        self.keys("Control+a")
        self.types(STANDFIRST_FR)
        self.keys("Control+Enter")

    def keeps_the_tokens(self):
        self.keys("Alt+c")
        tokens = self.row.locator("[data-field] .desk-chip--token")
        expect(tokens).to_have_text([FIGURE, SCHOOL])
        self.keys("Control+Home", *["Shift+ArrowRight"] * 3)
        self.types("Aides, ")
        expect(tokens).to_have_text([FIGURE, SCHOOL])
        self.keys("Control+Enter")

    def previews(self):
        self.keys("Alt+p")
        frame = self.page.frame_locator("[data-frame]")
        expect(frame.get_by_role("heading", level=1)).to_have_text(TITLE_FR)
        expect(frame.locator("html")).to_have_attribute("lang", "fr")
        expect(frame.get_by_role("article")).to_contain_text(FIGURE)

    def takes_along(self, *cited):
        """One thing that the story cites, with its button, and then the rest."""
        cites = self.page.locator("#cites")
        cites.locator("summary").click()
        expect(cites.locator(".desk-cited a")).to_have_text(cited)
        assert barriers(self.page, WCAG, inside="#cites") == []
        cites.get_by_role("listitem").filter(has_text=cited[0]).get_by_role("button").click()
        self.is_told(NAMES("%(number)d text is among your work now.") % {"number": 1})
        expect(cites).to_have_attribute("open", "")
        self.presses("Take all along")
        expect(cites.get_by_role("button")).to_have_count(0)
        expect(cites.locator(".desk-cited")).to_contain_text(NAMES("among your work"))

    def hands_in(self):
        button = self.page.get_by_role("button", name=NAMES("Hand in for review"))
        button.focus()
        self.keys("Enter")
        self.is_told(NAMES("%(number)d segment was handed in for review.") % {"number": 1})
        assert self.statuses() == ["review"] * 4

    def approves_and_publishes(self):
        self.presses("Approve what is handed in")
        self.is_told(NAMES("%(number)d segment was approved.") % {"number": 4})
        self.publishes_all_the_same("元", "2024年", "江津区")
        self.is_told("Français")
        assert self.statuses() == ["approved"] * 4


def assert_french_readers_have_it(visit, head, story):
    reader = Reader(visit(viewport=DESK, locale="fr-FR"))
    reader.opens(story.url)
    reader.follows("Français", reader.languages(SOURCE))
    reader.sees(TITLE_FR, url=f"/fr{story.url}", lang="fr", text=STANDFIRST_FR)
    expect(reader.article).to_contain_text(f"Aides, {FIGURE} · {SCHOOL}")
    expect(reader.article).to_contain_text(PLAYGROUND_FR)
    expect(reader.article).not_to_contain_text(HAN)
    sitemap = head.reads("/sitemap-pages.xml")
    assert re.search(rf'hreflang="fr" href="http://[^"]+/fr{story.url}"', sitemap)
