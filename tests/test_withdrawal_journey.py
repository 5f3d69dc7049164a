"""A final reviewer withdraws a story for each of the three reasons, and releases it, in Chromium."""

from http import HTTPStatus

import pytest
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.languages import SOURCE
from core.models import BasePage, User
from news.models import StoryPage
from news.tests.factories import make_index, make_story, translate
from newsroom.models import Entry
from newsroom.tests.factories import make_member
from schools.tests.factories import make_home

from .browser import DESK, LOCALES, PHONE, WCAG, Names, barriers, overflow, sending


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, NEW, TEXT = "双福六小开学典礼", "双福六小开学典礼（更正）", "秋季学期的全文。"


@pytest.fixture
def story(settings):
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    make_home(title="江津教育", title_en="Jiangjin Education")
    make_index(title="新闻", title_en="News")
    make_story(title=NEW, slug="new")
    settings.KEEPS_RECORD = True
    body = [("text", f'<p data-block-key="a">{TEXT}</p>')]
    return translate(make_story(title=TITLE, slug="opening", body=body), "en", title="Opening")


class Chief:
    """A final reviewer, in one language of the admin."""

    def __init__(self, page, names):
        self.page, self.names = page, names

    def logs_in(self):
        self.page.goto("/admin/")
        self.page.get_by_role("textbox", name=self.names.label("Username")).fill("chief")
        self.page.locator("input[type=password]").fill("demo")
        self.page.get_by_role("button", name=self.names("Sign in"), exact=True).click()
        self.page.wait_for_url("**/admin/")

    def withdraws_from_the_list(self, story):
        self.page.goto(f"/admin/pages/{story.get_parent().pk}/")
        more = self.names("More options for '%(title)s'") % {"title": TITLE}
        self.page.get_by_role("button", name=more, exact=True).click()
        self.follows("Withdraw…", "unpublish")

    def withdraws_from_the_form(self, story):
        self.page.goto(f"/admin/pages/{story.pk}/edit/")
        self.page.get_by_role("button", name=self.names("More actions"), exact=True).click()
        self.follows("Withdraw…", "unpublish")

    def releases_from_the_form(self, story):
        """The form of a withdrawn page says on top that it is, and leads on."""
        self.page.goto(f"/admin/pages/{story.pk}/edit/")
        self.follows("Release…", "withdrawal", self.page.get_by_role("status"))

    def follows(self, message, leads_to, inside=None):
        (inside or self.page).get_by_role("link", name=self.names(message), exact=True).click()
        self.page.wait_for_url(f"**/{leads_to}/**")

    def chooses(self, message):
        self.page.get_by_role("radio", name=self.names(message)).check()

    def says_why(self, reason):
        self.page.get_by_role("textbox", name=self.names.label("Reason")).fill(reason)

    def presses(self, message):
        with sending(self.page):
            self.page.get_by_role("button", name=self.names(message), exact=True).click()

    def fits(self):
        assert barriers(self.page, WCAG, "main") == []
        for size in (PHONE, DESK):
            self.page.set_viewport_size(size)
            assert overflow(self.page) == 0


NOT_INDEXED = 'meta[name="robots"][content="noindex"]'
ERROR = "Published in error: readers are told so, and search engines forget the address (410)"
CHECKING = "Withdrawn for checking: readers find a notice without the text, until you release the page"
REPLACED = "Replaced by another page: whoever asks for this address is led there, in the same language"


def logged_in(visit, code):
    UserProfile.objects.create(user=make_member("Final review", "chief"), preferred_language=code)
    chief = Chief(visit(viewport=DESK, locale=LOCALES[code]), Names(code))
    chief.logs_in()
    return chief


def test_what_was_published_in_error_is_gone_until_it_is_released(story, visit):
    chief, reader = logged_in(visit, SOURCE), visit(viewport=PHONE)
    chief.withdraws_from_the_form(story)
    chief.chooses(ERROR)
    chief.says_why("学校名称有误")
    chief.presses("Withdraw")
    for path in ("/news/opening/", "/en/news/opening/"):
        assert reader.goto(path).status == HTTPStatus.GONE
        expect(reader.get_by_role("main")).not_to_contain_text(TEXT)
        expect(reader.locator(NOT_INDEXED)).to_have_count(1)
        assert barriers(reader, WCAG) == []
        assert overflow(reader) == 0

    chief.releases_from_the_form(story)
    chief.says_why("核对无误")
    chief.presses("Confirm")
    assert reader.goto("/news/opening/").status == HTTPStatus.OK
    expect(reader.get_by_role("main")).to_contain_text(TEXT)


@pytest.mark.parametrize("code", ["en"], ids=["english-admin"])  # tests/test_journeys.py goes in Chinese
def test_withdrawing_releasing_and_replacing(story, visit, code):
    names, chief, reader = Names(code), logged_in(visit, code), visit(viewport=PHONE)
    reader.goto("/news/opening/")
    expect(reader.get_by_role("main")).to_contain_text(TEXT)

    chief.withdraws_from_the_list(story)
    chief.fits()
    chooser = chief.page.locator("#id_replacement-chooser")
    expect(chooser).to_be_hidden()
    chief.presses("Withdraw")
    assert StoryPage.objects.get(pk=story.pk).live  # nothing was said yet
    chief.chooses(CHECKING)
    chief.says_why("学位数待核实")
    chief.presses("Withdraw")

    for path in ("/news/opening/", "/en/news/opening/"):
        assert reader.goto(path).status == 200
        expect(reader.get_by_role("main")).not_to_contain_text(TEXT)
        expect(reader.locator(NOT_INDEXED)).to_have_count(1)
        assert barriers(reader, WCAG) == []
        assert overflow(reader) == 0
    reader.goto("/news/")
    expect(reader.get_by_role("main")).not_to_contain_text(TITLE + "。")
    expect(reader.get_by_role("link", name=TITLE, exact=True)).to_have_count(0)

    chief.releases_from_the_form(story)
    chief.fits()
    chief.says_why("无误")
    chief.presses("Confirm")
    reader.goto("/news/opening/")
    expect(reader.get_by_role("main")).to_contain_text(TEXT)

    chief.withdraws_from_the_list(story)
    chief.chooses(REPLACED)
    expect(chooser).to_be_visible()
    chief.says_why("有更正稿")
    chief.presses("Withdraw")
    expect(chief.page.get_by_text(names("Choose the page that replaces it."))).to_be_visible()
    chooser.get_by_role("button").first.click()
    dialog = chief.page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("更正")
    dialog.get_by_role("link", name=NEW).first.click()
    expect(chooser).to_contain_text(NEW)
    chief.presses("Withdraw")
    reader.goto("/en/news/opening/")
    expect(reader).to_have_url(f"{reader.url.partition('/en/')[0]}/en/news/new/")
    assert list(Entry.objects.order_by("number").values_list("kind", "reason")) == [
        ("publication", ""),
        ("withdrawal", "学位数待核实"),
        ("publication", "无误"),
        ("withdrawal", "有更正稿"),
    ]
    assert User.objects.count() == 1
