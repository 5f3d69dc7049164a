"""The lists of the work: what is under review and with whom, what went live by the word of one person, and the sheet."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from wagtail.users.models import UserProfile

from core.publishing import bypass_review
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_standard_page
from newsroom.models import Allowance, Entry, ReviewState
from newsroom.record import sealing
from newsroom.reviewing.without_review import publish_urgently

from .factories import make_member
from .reviewing import Desk
from .test_home import draft, submitted


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_index()
    sealing.seal_existing("a test")
    desk = Desk()
    for person in desk.people.values():
        UserProfile.objects.create(user=person, preferred_language="en")
    return desk


def listed(desk, name, report="work_in_review", **filters):
    """[[what each cell says]]"""
    page = desk.browser(name).get(reverse(report), filters)
    rows = BeautifulSoup(page.content, "html.parser").select("table.work tbody tr")
    return [[" ".join(cell.text.split()) for cell in row.find_all("td")] for row in rows]


def titles(desk, name, report="work_in_review", **filters):
    return [row[0].split()[0] for row in listed(desk, name, report, **filters)]


def exported(desk, name, report, **filters):
    answer = desk.browser(name).get(reverse(report), filters | {"export": "csv"})
    return b"".join(answer.streaming_content).decode()


# What is under review ---------------------------------------------------------------------------------


def test_a_row_says_step_who_has_it_and_for_how_long(desk):
    submitted(desk)
    ReviewState.objects.update(started_at=timezone.now() - timedelta(days=4), due=timezone.now() - timedelta(days=1))
    (row,) = listed(desk, "reviewer2")
    assert row[0] == "开学 Story"
    assert row[1:5] == ["Overdue", "First review", "Anybody of: First review", "4 days"]
    assert "reporter" in row[6]


@pytest.fixture
def several(desk):
    """One of each state."""
    waiting, back, done = submitted(desk, "候审"), submitted(desk, "退回"), submitted(desk, "完成")
    desk.decide("reviewer1", back, "reject", comment="改")
    desk.approve_all(done)
    stopped = submitted(desk, "停止")
    stopped.current_workflow_state.cancel(user=desk.people["reporter"])
    ReviewState.objects.filter(pk=desk.state(waiting).pk).update(assignee=desk.people["reviewer4"])
    return desk


def test_it_shows_what_is_open_and_the_rest_on_demand(several):
    assert titles(several, "reviewer2") == ["候审", "退回"]
    for state, title in (("waiting", "候审"), ("sent_back", "退回"), ("approved", "完成"), ("cancelled", "停止")):
        assert titles(several, "reviewer2", state=state) == [title]
    assert titles(several, "reviewer2", state="nonsense") == ["候审", "退回"]


def test_it_is_narrowed_by_kind_step_and_person(several):
    people = several.people
    figure = make_observation(live=False)
    figure.save_revision(user=people["data"])
    several.start(figure, "data")
    assert len(titles(several, "reviewer3")) == 3
    assert len(titles(several, "reviewer3", kind="figures")) == 1
    assert titles(several, "reviewer3", step="first") == ["候审", "退回"]
    assert len(titles(several, "reviewer3", step="final")) == 1
    assert titles(several, "reviewer3", person=people["reviewer4"].pk) == ["候审"]
    assert titles(several, "reviewer3", person=people["reviewer1"].pk) == []
    assert titles(several, "reviewer3", person=people["reporter"].pk) == ["退回"]
    assert len(titles(several, "reviewer3", requested_by=people["data"].pk)) == 1
    assert titles(several, "reviewer3", q="候") == ["候审"]


def test_what_waits_for_its_time_says_so(desk):
    story = draft(desk, "定时")
    story.go_live_at = timezone.now() + timedelta(days=2)
    story.save_revision(user=desk.people["reporter"])
    desk.start(story)
    desk.approve_all(story)
    ((_title, standing, *_rest),) = listed(desk, "reviewer2", state="approved")
    assert standing == "Approved, waits for its time"


def test_each_sees_the_work_of_their_sections(desk):
    submitted(desk)
    with bypass_review("a test"):
        page = make_standard_page(title="关于")
    page.save_revision(user=desk.people["reviewer3"])
    desk.start(page, "reviewer3")
    figure = make_observation(live=False)
    figure.save_revision(user=desk.people["data"])
    desk.start(figure, "data")
    assert titles(desk, "reporter") == ["开学"]
    assert titles(desk, "reviewer1") == ["开学"]
    assert len(titles(desk, "data")) == 1
    assert len(titles(desk, "reviewer3")) == len(titles(desk, "admin")) == 3
    make_member("Translators (fr)", "colette")
    desk.people["colette"] = type(desk.people["admin"]).objects.get(username="colette")
    for report in ("work_in_review", "publishing_exceptions"):
        assert desk.browser("colette").get(reverse(report)).status_code == 302


def test_a_title_leads_to_the_form_of_those_who_may_open_it(desk):
    submitted(desk, "自己的")
    submitted(desk, "别人的", "reviewer3")
    html = BeautifulSoup(desk.browser("reporter").get(reverse("work_in_review")).content, "html.parser")
    assert [a.text.strip() for a in html.select("table.work td.title a")] == ["自己的"]


def test_it_is_exported_for_spreadsheets(several):
    several.decide("reviewer4", StoryPage.objects.get(draft_title="候审"))
    text = exported(several, "reviewer2", "work_in_review")
    assert text.startswith("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row["Title"] for row in rows] == ["退回", "候审"]
    assert rows[1]["Step"] == "Second review"
    now = timezone.make_naive(timezone.now())
    assert rows[1]["At this step since"][:13] in {f"{now - timedelta(minutes=n):%Y-%m-%d %H}" for n in (0, 2)}
    answer = several.browser("reviewer2").get(reverse("work_in_review"), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert [row[0].value for row in sheet.rows] == ["Title", "退回", "候审"]


@pytest.mark.parametrize("report", ["work_in_review", "publishing_exceptions"])
def test_many_rows_ask_as_much_as_a_few(report, desk):
    asked = []
    for number in (2, 15):
        for each in range(number):
            submitted(desk, f"候{each}")
            publish_urgently(draft(desk, f"急{each}", "reviewer3"), desk.people["reviewer3"], "暴雨")
        desk.browser("reviewer3").get(reverse(report))
        with CaptureQueriesContext(connection) as queries:
            desk.browser("reviewer3").get(reverse(report))
        asked.append(len(queries))
    assert asked[0] == asked[1] < 40


# Exceptions -------------------------------------------------------------------------------------------


@pytest.fixture
def urgent(desk):
    notice = draft(desk, "明日停课", "reviewer3", kind="notice")
    publish_urgently(notice, desk.people["reviewer3"], "暴雨红色预警")
    return notice


def test_what_was_urgent_says_by_whom_why_and_whether_it_was_reviewed(desk, urgent):
    (row,) = listed(desk, "reviewer6", "publishing_exceptions")
    assert row[1] == "Published urgently"
    assert "reviewer3" in row[3]
    assert row[4] == "暴雨红色预警"
    assert row[6].startswith("due ")
    assert titles(desk, "reviewer6", "publishing_exceptions", kind="open") == ["明日停课"]
    Allowance.objects.update(due=timezone.now() - timedelta(hours=1))
    assert listed(desk, "reviewer6", "publishing_exceptions")[0][6].startswith("overdue since ")
    desk.approve_all(urgent, ["reviewer1", "reviewer2", "reviewer6"])
    assert listed(desk, "reviewer6", "publishing_exceptions")[0][6].startswith("made ")
    assert titles(desk, "reviewer6", "publishing_exceptions", kind="open") == []


def test_warnings_that_were_ticked_are_listed_with_their_reasons(desk, monkeypatch):
    said = [
        {"check": "a", "warning": "图片没有署名", "reason": "历史照片", "by": "建国", "at": "2026-11-29T08:00:00+08:00"}
    ]
    monkeypatch.setattr("newsroom.record.recording.ticks_for", lambda _obj: said)
    desk.approve_all(submitted(desk))
    (row,) = listed(desk, "reviewer3", "publishing_exceptions", kind="ticked")
    assert row[5] == "图片没有署名 历史照片 建国"
    assert "图片没有署名: 历史照片 (建国)" in exported(desk, "reviewer3", "publishing_exceptions")


def test_what_was_published_as_usual_is_no_exception(desk):
    desk.approve_all(submitted(desk))
    assert listed(desk, "reviewer3", "publishing_exceptions") == []


# The sheet --------------------------------------------------------------------------------------------


def sheet(desk, name, number):
    return desk.browser(name).get(reverse("review_sheet", args=[number]))


def test_the_sheet_shows_who_approved_what_and_the_seals(desk):
    desk.approve_all(submitted(desk))
    entry = Entry.objects.first()
    html = BeautifulSoup(sheet(desk, "reviewer1", entry.number).content, "html.parser").article
    rows = [[" ".join(cell.text.split()) for cell in row.find_all(["th", "td"])] for row in html.select("tbody tr")]
    assert [row[0] for row in rows] == ["First review", "Second review", "Final review"]
    assert "reviewer2 · Second review" in rows[1][1]
    for seal in (entry.content_hash, entry.previous_hash, entry.hash):
        assert seal in html.text
    assert "The seal is intact" in html.text


def test_the_sheet_says_when_its_seal_is_broken(desk):
    desk.approve_all(submitted(desk))
    entry = Entry.objects.first()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE newsroom_entry SET title = 'x' WHERE number = %s", [entry.number])
    assert "The seal is broken" in sheet(desk, "reviewer1", entry.number).content.decode()


def test_the_sheet_is_for_those_who_may_edit_it(desk, urgent):
    number = Entry.objects.first().number
    assert sheet(desk, "reviewer6", number).status_code == 200
    for name in ("reporter", "data"):
        assert sheet(desk, name, number).status_code == 404
    StoryPage.objects.get(pk=urgent.pk).delete()
    assert sheet(desk, "reviewer6", number).status_code == 200
    assert sheet(desk, "reviewer1", number).status_code == 404


def test_the_form_leads_to_the_sheet(desk):
    story = submitted(desk)
    desk.approve_all(story)
    html = desk.browser("reviewer3").get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()
    number = Entry.objects.get(object_id=story.pk, kind="publication").number
    assert reverse("review_sheet", args=[number]) in html
