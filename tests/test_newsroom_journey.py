"""A story on its way to readers through the hands of its reviewers, and an urgent notice that is reviewed afterwards, in
Chromium: each in one language of the admin."""

from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override
from playwright.sync_api import expect
from wagtail.users.models import UserProfile

from core.models import BasePage
from core.publishing import bypass_review
from core.roles import sync
from news.models import StoryPage
from news.tests.factories import make_index
from newsroom.models import Allowance
from newsroom.tests.factories import make_member
from schools.tests.factories import make_home

from .browser import DESK, LOCALES, Names, sending
from .test_journeys import Editor


pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]

TITLE, MISTAKEN, ADDRESS = "新校园迎来首批学生", "新校园迎来首披学生", "/news/first-day/"
INCOMPLETE, STANDFIRST = "学校今秋开学。", "双福六小今秋开学。"
REASON = "导语里请写明是哪所学校。"
URGENT, URGENT_ADDRESS, WHY, TEXT = "暴雨停课通知", "/news/storm/", "必须在到校之前告知", "明天停课。"


@pytest.fixture
def index(settings):
    settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True
    BasePage.objects.filter(depth=2).delete()  # Wagtail's page of welcome
    with bypass_review("a test"):
        make_home(title="江津教育", title_en="Jiangjin Education")
        index = make_index(title="新闻", title_en="News")
    sync()
    return index


class Colleague(Editor):
    """Somebody of the newsroom, logged in."""

    def panel(self, heading):
        """A panel of the first page of the admin, which is opened for it."""
        self.page.goto("/admin/")
        return self.page.get_by_role("region", name=self.names(heading))

    def opens_from(self, heading, title):
        self.panel(heading).get_by_role("link", name=title).click()

    def acts(self, message, **values):
        """A button of the menu at the foot of the form."""
        self.presses("More actions")
        with sending(self.page):
            self.page.get_by_role("button", name=self.names(message) % values, exact=True).click()

    def sends_back(self, reason):
        self.presses("More actions")
        self.page.get_by_role("button", name=self.names("Send back", "review"), exact=True).click()
        dialog = self.page.get_by_role("dialog")
        dialog.get_by_role("textbox", name=self.names.label("Reason")).fill(reason)
        with sending(self.page):
            dialog.get_by_role("button", name=self.names("Send back", "review"), exact=True).click()

    def is_told(self, message, **values):
        expect(self.page.get_by_role("status").get_by_text(self.names(message).format(**values))).to_be_visible()

    def looks_at_the_review(self):
        self.presses("Toggle what is known of the review")
        return self.page.locator('[data-side-panel="review"]')


@pytest.fixture
def comes(visit, live_server):
    """`comes("reporter", "Reporters", "en")`: somebody of a group who is logged in, with the admin in that language.
    `kind` is what else they can do."""

    def come(name, group, code, kind=Colleague):
        client = Client()
        UserProfile.objects.create(user=make_member(group, name, client), preferred_language=code)
        colleague = kind(visit(viewport=DESK, locale=LOCALES[code]), Names(code))
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
        colleague.page.context.add_cookies([cookie | {"url": live_server.url}])
        return colleague

    return come


def test_a_story_goes_through_three_reviews(index, comes, visit):
    """The second reviewer sends it back once, and later mends a word and approves it in one act."""
    reporter = comes("reporter", "Reporters", "zh-hans")
    reporter.opens_a_new_story(index)
    reporter.fills_in(title=MISTAKEN, standfirst=INCOMPLETE)
    reporter.gives_an_address("first-day")
    reporter.acts("Submit for review")

    first = comes("reviewer1", "First review", "zh-hans")
    first.opens_from("Waiting for me", MISTAKEN)
    first.acts("Approve")
    first.is_told("Approved. It waits for the next step now: {step}.", step=first.names("Second review"))

    second = comes("reviewer2", "Second review", "zh-hans")
    second.opens_from("Waiting for me", MISTAKEN)
    second.sends_back(REASON)
    second.is_told("It was sent back, and its author is told why.")

    expect(reporter.panel("Sent back to me")).to_contain_text(REASON)
    reporter.opens_from("Sent back to me", MISTAKEN)
    reporter.fills_in(standfirst=STANDFIRST)
    reporter.acts("Submit again")

    approves(StoryPage.objects.get(), "reviewer4", "First review")  # it was changed, so it begins at the first step
    second.opens_from("Waiting for me", MISTAKEN)
    second.fills_in(title=TITLE)
    second.acts("Approve")

    final = comes("reviewer3", "Final review", "zh-hans")
    final.opens_from("Waiting for me", TITLE)
    panel = final.looks_at_the_review()
    expect(panel.locator("del")).to_have_text("披")
    expect(panel.locator("ins")).to_have_text("批")
    reader = visit(viewport=DESK)
    assert reader.request.get(ADDRESS).status == HTTPStatus.NOT_FOUND
    final.acts("%(label)s and Publish", label=final.names("Approve"))
    final.is_told("Approved by all who have to: it is live, or goes live at its time.")

    assert reader.goto(ADDRESS).status == HTTPStatus.OK
    expect(reader.get_by_role("heading", level=1)).to_have_text(TITLE)
    expect(reader.get_by_role("article")).to_contain_text(STANDFIRST)


def test_an_urgent_notice_is_reviewed_afterwards(index, comes, visit):
    """Its author brings it to readers alone, and it is on a list until three others have read it."""
    chief = comes("reviewer3", "Final review", "en")
    chief.opens_a_new_story(index)
    chief.fills_in(title=URGENT)
    chief.gives_an_address("storm")
    chief.writes(TEXT)
    with sending(chief.page):
        chief.presses("Save draft")
    chief.looks_at_the_review().get_by_role("link", name=chief.names("Publish urgently")).click()
    chief.page.get_by_role("textbox", name=chief.names.label("Reason")).fill(WHY)
    chief.presses("Publish urgently")
    chief.is_told("It is live. Its reviews are to be made up for.")
    reader = visit(viewport=DESK)
    assert reader.goto(URGENT_ADDRESS).status == HTTPStatus.OK
    expect(reader.get_by_role("article")).to_contain_text(TEXT)

    with override("en"):
        due = date_format(timezone.localtime(Allowance.objects.get().due), "SHORT_DATETIME_FORMAT")
    expect(chief.panel("Urgent without review")).to_contain_text(f"due {due}")
    chief.panel("Urgent without review").get_by_role("link", name=chief.names("Exceptions")).click()
    row = chief.page.get_by_role("row", name=URGENT)
    expect(row).to_contain_text(chief.names("Published urgently"))
    expect(row).to_contain_text(WHY)
    expect(row).to_contain_text(f"due {due}")

    story = StoryPage.objects.get()
    for name, group in (("reviewer1", "First review"), ("reviewer2", "Second review"), ("reviewer6", "Final review")):
        expect(chief.panel("Waiting for me")).not_to_contain_text(URGENT)  # who wrote it takes no part
        approves(story, name, group)
    expect(chief.panel("Urgent without review")).not_to_contain_text(URGENT)
    chief.page.goto("/admin/reports/exceptions/")
    with override("en"):
        made = date_format(timezone.localtime(Allowance.objects.get().reviewed_at), "SHORT_DATETIME_FORMAT")
    row = chief.page.get_by_role("row", name=URGENT)
    expect(row).to_contain_text(f"made {made}")
    row.get_by_role("link", name=chief.names("Review sheet")).click()
    expect(chief.page.get_by_role("button", name=chief.names("Print"))).to_be_visible()


def approves(story, name, group):
    """The button is pressed in the journey above."""
    client = Client()
    make_member(group, name, client)
    waiting = StoryPage.objects.get(pk=story.pk).current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[story.pk, "approve", waiting.pk]))
