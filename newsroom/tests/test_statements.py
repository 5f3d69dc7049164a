"""Stories that say different numbers of the same figure."""

from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import PageViewRestriction
from wagtail.users.models import UserProfile

from core.models import User
from core.publishing.checklist import findings_for
from metrics.models import Period
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_story, publish
from newsroom.models import Statement
from newsroom.statements.report import differing
from newsroom.statements.storing import store
from schools.tests.factories import make_organisation


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def figure():
    period = Period.objects.create(
        key="y24", label="2024年", kind="year", start=date(2024, 1, 1), end=date(2024, 12, 31)
    )
    district = make_organisation(name="江津区")
    return make_observation(
        metric=make_metric(name="新增公办中小学学位"), subject_organisation=district, period=period, printed="8660个"
    )


def story(text, **fields):
    return make_story(body=[("text", f"<p>{text}</p>")], **fields)


def linked(figure, words):
    return f'开学了。新增学位<a linktype="figure" id="{figure.pk}">{words}</a>，明年再增。'


def elsewhere(page):
    return [each for each in findings_for(page) if each.check == "newsroom.figures-elsewhere"]


UNLINKED = "2024年，江津区新增公办中小学学位8600个。"


def test_what_a_live_story_says_is_kept_and_follows_it(figure):
    page = story(linked(figure, "8660个"))
    row = Statement.objects.get()
    assert (row.story, row.figure, row.words, row.is_linked) == (page, figure, "8660个", True)
    assert row.sentence == "新增学位8660个，明年再增。"
    page.body = [("text", f"<p>{UNLINKED}</p>")]
    page.save_revision()
    assert Statement.objects.get().words == "8660个"  # a draft says nothing
    publish(page)
    row = Statement.objects.get()
    assert (row.words, row.sentence, row.is_linked) == ("8600个", UNLINKED, False)
    page.body = []
    publish(page)
    assert not Statement.objects.exists()


def test_publishing_the_same_again_writes_nothing(figure, django_assert_num_queries):
    page = story(linked(figure, "8660个"))
    with django_assert_num_queries(1):
        store(page)


@pytest.mark.usefixtures("figures_may_be_hidden")
def test_a_link_to_what_is_gone_is_no_statement(figure):
    page = story('<a linktype="figure" id="99999">5个</a>学位')
    assert not Statement.objects.exists()
    assert elsewhere(page) == []


@pytest.mark.parametrize("unlinked", [True, False])
def test_another_number_in_another_story_is_told_with_both_sentences(figure, unlinked):
    other = story(linked(figure, "8660个"), title="旧闻")
    page = StoryPage(title="新闻", body=[("text", f"<p>{UNLINKED if unlinked else linked(figure, '8600个')}</p>")])
    with translation.override("en"):
        [finding] = elsewhere(page)
    assert finding.message == "“8600个” here, “8660个” in “旧闻” (新增公办中小学学位, 2024年)."
    own, their = finding.quotes
    assert "8600个" in own.sentence
    assert (their.where, their.sentence, their.url) == ("旧闻", "新增学位8660个，明年再增。", other.url)


@pytest.mark.parametrize("words", ["8660个", "8660", "约8660个", "0.87万个", "这么多"])
def test_what_says_the_same_is_not_told(figure, words):
    story(linked(figure, "8660个"))
    assert elsewhere(StoryPage(title="新闻", body=[("text", f"<p>{linked(figure, words)}</p>")])) == []


@pytest.mark.parametrize("how", ["withdrawn", "private", "same"])
def test_only_other_stories_that_readers_see(figure, how):
    other = story(linked(figure, "8660个"))
    page = StoryPage(title="新闻", body=[("text", f"<p>{linked(figure, '8600个')}</p>")])
    if how == "withdrawn":
        other.unpublish()
    elif how == "private":
        PageViewRestriction.objects.create(page=other, restriction_type="login")
    else:
        other.body, page = page.body, other
    assert elsewhere(page) == []


def test_the_number_of_queries_does_not_grow(figure, django_assert_num_queries):
    for number in range(3):
        story(linked(figure, "8660个"), slug=f"other-{number}")
    few = StoryPage(title="新闻", body=[("text", f"<p>{linked(figure, '8600个')}</p>")])
    many = StoryPage(title="新闻", body=[("text", f"<p>{linked(figure, '8600个')}{linked(figure, '8500个')}</p>" * 20)])
    findings_for(few)
    with CaptureQueriesContext(connection) as first:
        elsewhere(few)
    with django_assert_num_queries(len(first)):
        elsewhere(many)


def test_the_report_has_both_sentences(client, figure):
    story(linked(figure, "8660个"), title="旧闻")
    agreeing = make_observation(subject_organisation=figure.subject)
    story(linked(agreeing, "8660个"))
    story(linked(agreeing, "8660个"))
    assert differing() == {}
    story(UNLINKED, title="新闻")
    assert list(differing()) == [figure.pk]
    user = User.objects.create_superuser("editor")
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    html = client.get(reverse("differing_figures")).content.decode()
    assert "新增公办中小学学位 · 江津区 · 2024年" in html
    assert "新增学位8660个，明年再增。" in html
    assert UNLINKED in html
    assert "not linked" in html
    csv = client.get(reverse("differing_figures"), {"export": "csv"})
    assert UNLINKED in b"".join(csv.streaming_content).decode()


def test_the_report_is_for_those_who_work_on_pages_or_figures(client, django_user_model):
    user = django_user_model.objects.create_user("reader")
    client.force_login(user)
    assert client.get(reverse("differing_figures")).status_code == 302


def test_the_command_reads_all_stories_again(figure, capsys):
    story(linked(figure, "8660个"))
    Statement.objects.all().delete()
    call_command("read_figures")
    assert capsys.readouterr().out == "Live stories read: 1.\n"
    assert Statement.objects.count() == 1
