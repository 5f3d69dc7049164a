"""What is not ready goes live by no way: button, bulk action, schedule, command, a call in a shell."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from wagtail.models import Revision

from core.models import Heartbeat, User
from core.publishing import schedule
from core.publishing.acts import NotPublishable
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story

from .forms import form_data


pytestmark = pytest.mark.django_db

EMPTY_PICTURE = [{"type": "image", "id": "p1", "value": {"image": None, "caption": ""}}]
EMPTY_HEADING = [{"type": "heading", "id": "h1", "value": {"heading": "", "subheading": ""}}]


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("admin"))
    client.cookies["django_language"] = "en"
    return client


def make_draft(body=EMPTY_PICTURE, **values):
    """A story that is no more than begun."""
    story = make_index().add_child(
        instance=StoryPage(title="草稿", slug=f"draft-{StoryPage.objects.count()}", live=False)
    )
    story.body = body
    for name, value in values.items():
        setattr(story, name, value)
    story.save_revision(clean=False)
    return StoryPage.objects.get(pk=story.pk)


def is_live(page):
    return StoryPage.objects.get(pk=page.pk).live


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


class TestNoWayAround:
    @pytest.mark.parametrize("body", [EMPTY_PICTURE, EMPTY_HEADING])
    def test_a_call_in_a_shell(self, body):
        draft = make_draft(body)
        with pytest.raises(NotPublishable, match=r"Block 1 .* is not complete: This field is required"):
            draft.get_latest_revision().publish()
        assert not is_live(draft)

    def test_a_bulk_action_publishes_the_rest_and_says_why(self, editor):
        draft, ready = make_draft(), make_draft([], standfirst="好了")
        url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
        done = editor.post(f"{url}?id={draft.pk}&id={ready.pk}", {"include_descendants": ""}, follow=True)
        assert (is_live(draft), is_live(ready)) == (False, True)
        assert "was not published. Body: Block 1" in said(done)

    def test_a_bulk_action_with_what_is_below(self, editor):
        draft = make_draft()
        url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
        editor.post(f"{url}?id={draft.get_parent().pk}", {"include_descendants": "on"}, follow=True)
        assert not is_live(draft)

    def test_a_button_keeps_what_was_typed_as_a_draft(self, editor, monkeypatch):
        """What only the gate knows, not the form."""
        from core.publishing import gate

        def refuse(_obj):
            raise NotPublishable("Nobody has read it.")

        story = make_story()
        monkeypatch.setattr(gate, "_rules", [refuse])
        data = form_data(StoryPage, story, title="改过的标题")
        done = editor.post(
            reverse("wagtailadmin_pages:edit", args=[story.pk]), data | {"action-publish": "1"}, follow=True
        )
        story = StoryPage.objects.get(pk=story.pk)
        assert story.title != "改过的标题"
        assert story.get_latest_revision_as_object().title == "改过的标题"
        assert "Saved as a draft, not published. Nobody has read it." in said(done)

    def test_a_figure_without_a_source(self):
        figure = make_observation()
        figure.source = None
        with pytest.raises(NotPublishable, match="Source: This field cannot be"):
            figure.save_revision(clean=False).publish()
        assert Observation.objects.get().source is not None


def in_minutes(number):
    return timezone.now() + timedelta(minutes=number)


def make_due(page, go_live=-1, expire=None):
    """The page's newest draft was to go live so many minutes from now."""
    page = page.get_latest_revision_as_object()
    page.go_live_at, page.expire_at = in_minutes(go_live), in_minutes(expire) if expire is not None else None
    revision = page.save_revision(clean=False)
    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=page.go_live_at)
    return revision


class TestSchedule:
    def test_what_is_not_ready_is_refused_once_and_the_history_says_why(self, editor):
        broken, ready = make_draft(), make_draft([], standfirst="好了")
        make_due(broken, -2)
        make_due(ready)
        acts = {outcome.act for outcome in schedule.run_due()}
        assert acts == {"refused", "published"}
        assert (is_live(broken), is_live(ready)) == (False, True)
        assert schedule.run_due() == []
        history = editor.get(reverse("wagtailadmin_pages:history", args=[broken.pk])).content.decode()
        assert "Not published at its time. Body: Block 1" in history

    def test_a_run_after_both_times_shows_nothing(self):
        page = make_draft([])
        make_due(page, -10, expire=-5)
        schedule.run_due()
        page = StoryPage.objects.get(pk=page.pk)
        assert (page.live, page.expired) == (False, True)

    def test_expiry_withdraws(self):
        story = make_story()
        StoryPage.objects.filter(pk=story.pk).update(expire_at=in_minutes(-1))
        call_command("publish_scheduled")
        story.refresh_from_db()
        assert (story.live, story.expired) == (False, True)

    def test_two_runs_publish_once(self, monkeypatch):
        page = make_draft([])
        make_due(page)
        due = schedule.due_revisions(timezone.now())
        assert [schedule._publish(each, timezone.now()) is None for each in (due[0], due[0])] == [False, True]

    def test_what_fails_keeps_nobody_waiting(self, monkeypatch, caplog):
        first, second = make_draft([]), make_draft([])
        make_due(first, -2)
        make_due(second, -1)
        stock = Revision.publish

        def publish(revision, **options):
            if revision.object_id == str(first.pk):
                raise OSError("disk full")
            return stock(revision, **options)

        monkeypatch.setattr(Revision, "publish", publish)
        assert {outcome.act for outcome in schedule.run_due()} == {"failed", "published"}
        assert "disk full" in caplog.text
        assert Revision.objects.filter(object_id=str(first.pk), approved_go_live_at__isnull=False).exists()

    def test_the_scheduler_says_that_it_is_alive(self):
        make_due(make_draft([]))
        assert not Heartbeat.is_alive("scheduler")
        call_command("run_scheduler", "--once")
        assert Heartbeat.is_alive("scheduler")
        assert StoryPage.objects.get().live

    def test_what_has_expired_can_be_edited_and_published_again(self, editor):
        story = make_story()
        StoryPage.objects.filter(pk=story.pk).update(live=False, expired=True, expire_at=in_minutes(-90))
        story = StoryPage.objects.get(pk=story.pk)
        url = reverse("wagtailadmin_pages:edit", args=[story.pk])
        data = form_data(StoryPage, story, title="又来了") | {
            "expire_at": f"{timezone.localtime(story.expire_at):%Y-%m-%d %H:%M}"
        }
        kept = editor.post(url, data)
        assert kept.status_code == 302, kept.context["form"].errors
        assert editor.post(url, data | {"action-publish": "1"}).status_code == 302
        schedule.run_due()
        story = StoryPage.objects.get(pk=story.pk)
        assert (story.live, story.title, story.expire_at) == (True, "又来了", None)
        tomorrow = data | {"expire_at": f"{timezone.localtime(in_minutes(-30)):%Y-%m-%d %H:%M}"}
        assert "expire_at" in editor.post(url, tomorrow).context["form"].errors

    @pytest.mark.parametrize("name", ["wagtailadmin_explore", "story_pages:index"])
    def test_lists_show_the_times(self, editor, name):
        page = make_draft([])
        make_due(page, 90, expire=180)
        url = reverse(name, args=[page.get_parent().pk] if name == "wagtailadmin_explore" else [])
        assert f"Goes live {date_format(timezone.localtime(in_minutes(90)), 'SHORT_DATETIME_FORMAT')[:10]}" in " ".join(
            editor.get(url).content.decode().split()
        )
