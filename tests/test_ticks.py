"""Warnings wait for a tick with a reason: by button, bulk action, schedule, and when a story is submitted for review."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import PageLogEntry
from wagtail.test.utils.form_data import inline_formset, streamfield
from wagtail.users.models import UserProfile

from core.models import Tick, User
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from core.publishing.checklist import Level, check_names, findings_for
from core.publishing.schedule import run_due
from core.publishing.ticks import NoReason, tick, ticks_for, unanswered
from metrics.tests.factories import make_observation
from news.models import Contributor, StoryPage
from news.tests.factories import make_index, make_programme, make_story
from newsroom.models import Entry
from newsroom.reviewing.without_review import publish_urgently
from newsroom.tests.reviewing import Desk
from schools.tests.factories import make_school

from .forms import form_data


pytestmark = [pytest.mark.django_db, pytest.mark.once]

ONLY_SAID = import_module("eduportal.settings.newsroom").CHECKS_ONLY_SAID
NO_PICTURE = "There is no lead picture: lists and shared links show none."


@pytest.fixture(autouse=True)
def _asking(settings):
    settings.ASKS_FOR_TICKS = True
    with translation.override("en"):
        yield


@pytest.fixture
def person():
    user = User.objects.create_superuser("editor", first_name="编辑", last_name="李")
    UserProfile.objects.create(user=user, preferred_language="en")
    return user


@pytest.fixture
def editor(client, person):
    client.force_login(person)
    return client


@pytest.fixture
def story():
    return make_story(live=False)


def address(story):
    return reverse("wagtailadmin_pages:edit", args=[story.pk])


def ask(editor, story, **more):
    """What the panel sends, with the form as it stands."""
    own = {name: more.pop(name) for name in ("title", "body", "kind") if name in more}
    data = form_data(StoryPage, story, **own) | more
    return editor.post(reverse("checklist", args=[story.pk]), data, headers={"Accept": "application/json"})


def warning(story, check):
    [found] = [each for each in findings_for(story) if each.check == check]
    return found


def tick_all(story, user, reason="照片稍后补"):
    for each in unanswered(story):
        tick(story, each, user, reason)


def is_live(story):
    return StoryPage.objects.get(pk=story.pk).live


def said(response):
    return " ".join(str(message) for message in response.context["messages"])


class TestEveryWay:
    def test_the_button_names_what_is_open_and_keeps_what_was_typed(self, editor, story, person):
        data = form_data(StoryPage, story, title="改过的标题") | {"action-publish": "1"}
        done = editor.post(address(story), data, follow=True)
        assert not is_live(story)
        assert "not published. In the list “Before publishing”" in said(done)
        assert NO_PICTURE in said(done)
        story = StoryPage.objects.get(pk=story.pk)
        assert story.get_latest_revision_as_object().title == "改过的标题"
        tick_all(story, person)
        editor.post(address(story), form_data(StoryPage, story) | {"action-publish": "1"})
        assert is_live(story)

    def test_a_new_page(self, editor):
        create = reverse("wagtailadmin_pages:add", args=["news", "storypage", make_index().pk])
        data = form_data(StoryPage, title="新稿", slug="new") | {"action-publish": "1"}
        done = editor.post(create, data, follow=True)
        story = StoryPage.objects.get(title="新稿")
        assert not story.live
        assert NO_PICTURE in said(done)

    def test_a_bulk_action_publishes_what_is_answered_for(self, editor, story, person):
        ready = make_story(live=False)
        ready.save_revision()
        tick_all(ready, person)
        url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
        done = editor.post(f"{url}?id={story.pk}&id={ready.pk}", {"include_descendants": ""}, follow=True)
        assert (is_live(story), is_live(ready)) == (False, True)
        assert NO_PICTURE in said(done)

    def test_a_schedule_is_asked_for_when_it_is_set_and_not_when_it_is_due(self, editor, story, person):
        later = timezone.localtime(timezone.now() + timedelta(hours=1))
        times = {"go_live_at": later.strftime("%Y-%m-%d %H:%M"), "action-publish": "1"}
        done = editor.post(address(story), form_data(StoryPage, story) | times, follow=True)
        assert NO_PICTURE in said(done)
        assert StoryPage.objects.get(pk=story.pk).scheduled_revision is None
        tick_all(story, person)
        editor.post(address(story), form_data(StoryPage, story) | times)
        revision = StoryPage.objects.get(pk=story.pk).scheduled_revision
        Tick.objects.all().delete()
        due = timezone.now() - timedelta(minutes=1)
        revision.content |= {"go_live_at": due.isoformat()}
        revision.approved_go_live_at = due
        revision.save()
        run_due()
        assert is_live(story)

    def test_copying_what_is_live(self, person):
        with pytest.raises(NotPublishable, match="lead picture"):
            make_story().copy(update_attrs={"slug": "copy"}, user=person)

    def test_a_revision_that_somebody_publishes_in_a_shell(self, story, person):
        revision = story.save_revision()
        with pytest.raises(NotPublishable, match="lead picture"):
            revision.publish(user=person)

    def test_nobody_is_asked_where_nobody_is(self, story, person):
        revision = story.save_revision()
        with bypass_review("a test"):
            revision.publish(user=person)
        assert is_live(story)
        command = make_story(live=False)
        command.save_revision().publish()
        assert is_live(command)

    def test_a_live_page_is_not_taken_down_by_a_refusal(self, person):
        story = make_story()
        with pytest.raises(NotPublishable):
            story.save_revision().publish(user=person)
        assert is_live(story)

    @pytest.mark.parametrize("make", [make_observation, make_programme, make_school])
    def test_other_things_without_warnings_are_not_asked(self, make, person):
        obj = make()
        obj.save_revision().publish(user=person)

    def test_switched_off(self, story, person, settings):
        settings.ASKS_FOR_TICKS = False
        story.save_revision().publish(user=person)
        assert is_live(story)


class TestTicks:
    def test_who_when_and_why_are_kept_shown_and_in_the_history(self, editor, story, person):
        key = warning(story, "news.lead-picture").key
        answer = ask(editor, story, tick=key, reason=" 活动尚未举行，  无照片 ")
        assert answer.status_code == 200
        row = Tick.objects.get()
        assert (row.reason, row.name, row.user) == ("活动尚未举行， 无照片", "李编辑", person)
        html = answer.json()["html"]
        assert "活动尚未举行， 无照片" in html
        assert f'data-checklist-tick="{key}"' not in html
        colleague = User.objects.create_superuser("reviewer")
        editor.force_login(colleague)
        html = editor.get(address(story)).content.decode()
        assert "活动尚未举行， 无照片" in html
        assert "李编辑" in html
        entry = PageLogEntry.objects.get(action="core.checklist.ticked")
        assert "无照片" in entry.message
        assert "无照片" in editor.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()

    @pytest.mark.parametrize("reason", ["", "   "])
    def test_no_tick_without_a_reason(self, editor, story, reason, person):
        key = warning(story, "news.lead-picture").key
        answer = ask(editor, story, tick=key, reason=reason)
        assert answer.status_code == 422
        assert answer.json()["error"] == "Say why this is no reason against publishing."
        assert answer.json()["key"] == key
        assert not Tick.objects.exists()
        with pytest.raises(NoReason):
            tick(story, warning(story, "news.lead-picture"), person, reason)

    def test_a_tick_is_taken_back(self, editor, story, person):
        tick_all(story, person)
        key = warning(story, "news.lead-picture").key
        ask(editor, story, take_back=key)
        assert [each.check for each in unanswered(story)] == ["news.lead-picture"]
        assert PageLogEntry.objects.filter(action="core.checklist.taken_back").count() == 1

    def test_what_it_was_about_is_changed_it_is_asked_anew(self, story, person):
        story.title = "新" * 31
        tick(story, warning(story, "core.title-length"), person, "专有名称，不能缩短")
        story.standfirst = "别的文字"
        assert "core.title-length" not in [each.check for each in unanswered(story)]
        story.title = "旧" * 31
        assert "core.title-length" in [each.check for each in unanswered(story)]
        story.title = "新" * 31
        assert "core.title-length" not in [each.check for each in unanswered(story)]

    def test_a_language_of_the_admin_makes_no_other_warning(self, story, person):
        tick_all(story, person)
        with translation.override("zh-hans"):
            assert unanswered(story) == []

    def test_what_has_changed_meanwhile_is_not_ticked(self, editor, story):
        answer = ask(editor, story, tick=warning(story, "news.lead-picture").key, reason="无", kind="notice")
        assert answer.status_code == 422
        assert "has changed" in answer.json()["error"]
        assert not Tick.objects.exists()

    def test_an_error_is_never_ticked(self, editor, story):
        story.standfirst = "11010519491231002X"
        key = warning(story, "core.identity-number").key
        answer = ask(editor, story, tick=key, reason="本人同意")
        assert answer.status_code == 422
        assert not Tick.objects.exists()

    def test_who_may_not_edit_may_not_tick(self, client, story):
        stranger = User.objects.create_user("stranger")
        client.force_login(stranger)
        answer = ask(client, story, tick=warning(story, "news.lead-picture").key, reason="无")
        assert answer.status_code in (302, 403)
        assert not Tick.objects.exists()

    def test_of_one_page_they_are_not_another_ones(self, story, person):
        tick_all(story, person)
        assert len(unanswered(make_story(live=False))) == 3


class TestAsItStands:
    def test_nothing_is_saved_of_what_is_asked_about(self, editor, story, person):
        revisions = story.revisions.count()
        body = streamfield([("heading", {"heading": "只有标题", "subheading": ""})])
        answer = ask(editor, story, title="", body=body)
        html = answer.json()["html"]
        assert "Nothing stands below the heading “只有标题”." in html
        assert "Title:" in html
        assert StoryPage.objects.get(pk=story.pk).title == story.title
        assert story.revisions.count() == revisions

    def test_what_cannot_be_read_is_said(self, editor, story):
        answer = ask(editor, story, issued_on="no date")
        assert "looked at as they were saved" in answer.json()["html"]

    def test_after_an_autosave_it_is_still_the_same_form(self, editor, story):
        """Which says what it has saved by itself: nobody else has."""
        story.save_revision()
        loaded = StoryPage.objects.get(pk=story.pk).get_latest_revision()
        known = {"loaded_revision_id": loaded.pk, "loaded_revision_created_at": loaded.created_at.isoformat()}
        data = form_data(StoryPage, story, title="自动保存的") | known
        answer = editor.post(address(story), data, headers={"Accept": "application/json"}).json()
        typed = {"title": "又改了", "saved_revision_id": answer["revision_id"]}
        assert "html" in ask(editor, story, **typed, **known).json()

    def test_a_get_does_nothing(self, editor, story):
        assert editor.get(reverse("checklist", args=[story.pk])).status_code == 405

    def test_one_click_saves_the_form_with_what_was_put_right(self, editor, story):
        typed = f'<p data-block-key="a">身份证{"11010519491231002X"}</p>'
        story.body = [{"type": "text", "id": "t1", "value": typed}]
        story.save_revision()
        story = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
        data = form_data(StoryPage, story, title="改了", standfirst="11010519491231002X")
        draft = StoryPage.objects.get(pk=story.pk)
        draft.standfirst = "11010519491231002X"
        key = warning(draft, "core.identity-number").key
        done = editor.post(address(story), data | {"mend": key}, follow=True)
        after = StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object()
        assert (after.title, after.standfirst) == ("改了", "110105**********2X")
        assert "Put right" in said(done)
        done = editor.post(address(story), form_data(StoryPage, after) | {"mend": key}, follow=True)
        assert "not there any more" in said(done)


class TestTheRecord:
    def test_a_publication_names_what_was_ticked_and_why(self, story, person, settings):
        settings.KEEPS_RECORD = True
        tick_all(story, person, "活动当天补图")
        story.save_revision().publish(user=person)
        entry = Entry.objects.filter(kind="publication").first()
        [first, *_others] = entry.details["ticks"]
        assert (first["check"], first["reason"], first["by"]) == ("news.lead-picture", "活动当天补图", "李编辑")
        assert first["warning"] == NO_PICTURE
        assert len(entry.details["ticks"]) == 3

    def test_what_is_put_right_is_not_named_any_more(self, story, person):
        tick_all(story, person)
        assert len(ticks_for(story)) == 3
        story.kind = "notice"
        assert ticks_for(story) == []

    def test_by_a_schedule_too(self, story, person, settings):
        settings.KEEPS_RECORD = True
        tick_all(story, person)
        story.save_revision().publish()
        assert len(Entry.objects.filter(kind="publication").first().details["ticks"]) == 3


def test_notes_ask_for_nothing(story, person):
    story.kind, story.index_number, story.issued_on = "notice", "1", timezone.localdate()
    story.body = [{"type": "text", "id": "t", "value": "<p>新增8660个学位。</p>"}]
    assert "metrics.unlinked-numbers" in [each.check for each in findings_for(story, Level.NOTE)]
    story.save_revision().publish(user=person)
    assert is_live(story)


def test_what_a_newsroom_is_only_told_of_waits_for_no_tick(story, person, settings):
    settings.CHECKS_ONLY_SAID = frozenset({"news.lead-picture", "news.byline", "news.topic", "core.identity-number"})
    assert set(check_names()) >= settings.CHECKS_ONLY_SAID
    assert {"news.lead-picture", "news.byline", "news.topic"} <= {
        each.check for each in findings_for(story, Level.NOTE)
    }
    story.save_revision().publish(user=person)
    assert is_live(story)
    story.standfirst = "11010519491231002X"
    with pytest.raises(NotPublishable, match="identity number"):
        story.save_revision().publish(user=person)


def test_short_news_is_submitted_as_it_is(settings):
    """With the settings of production."""
    settings.CHECKS_ONLY_SAID = ONLY_SAID
    assert set(check_names()) >= ONLY_SAID
    assert unanswered(make_story(live=False)) == []
    assert unanswered(make_story(live=False, kind="notice")) == []


class TestWithReviews:
    """The one list and the reviews together."""

    @pytest.fixture(autouse=True)
    def _reviewed(self, settings):
        settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True

    @pytest.fixture
    def desk(self):
        with bypass_review("a test"):
            make_index()
        desk = Desk()
        for person in desk.people.values():
            UserProfile.objects.create(user=person, preferred_language="en")
        return desk

    def draft(self, desk, **values):
        story = make_story(live=False, owner=desk.people["reporter"], **values)
        story.save_revision(user=desk.people["reporter"])
        return story

    def test_what_is_open_is_named_and_the_draft_is_kept(self, desk):
        story = self.draft(desk)
        done = desk.post("reporter", story, "action-submit", follow=True, title="送审的标题")
        assert desk.state(story) is None
        assert "Saved as a draft, not submitted." in said(done)
        assert NO_PICTURE in said(done)
        assert StoryPage.objects.get(pk=story.pk).get_latest_revision_as_object().title == "送审的标题"

    def test_a_new_page_keeps_its_rows(self, desk):
        create = reverse("wagtailadmin_pages:add", args=["news", "storypage", make_index().pk])
        writer = Contributor.objects.create(name="李四", key="lisi")
        byline = inline_formset([{"contributor": str(writer.pk), "role": "writer"}])
        data = form_data(StoryPage, title="新稿", slug="new", byline=byline) | {"action-submit": "1"}
        done = desk.browser("reporter").post(create, data, follow=True)
        story = StoryPage.objects.get(title="新稿")
        assert desk.state(story) is None
        assert "not submitted" in said(done)
        assert story.get_latest_revision_as_object().byline.count() == 1

    def test_errors_are_in_the_way_of_a_review_too(self, desk, settings):
        settings.ASKS_FOR_TICKS = False
        story = self.draft(desk)
        done = desk.post("reporter", story, "action-submit", follow=True, standfirst="11010519491231002X")
        assert "identity number" in said(done)
        assert desk.state(story) is None
        desk.submit(story, standfirst="导语")
        assert desk.state(story)

    def test_what_its_author_has_ticked_passes_three_people(self, desk):
        story = self.draft(desk)
        desk.submit(story)
        assert desk.state(story) is None
        for each in unanswered(story):
            ask(desk.browser("reporter"), story, tick=each.key, reason="快讯，无图")
        desk.submit(story)
        desk.approve_all(story)
        assert is_live(story)
        entry = Entry.objects.filter(kind="publication").first()
        assert {each["reason"] for each in entry.details["ticks"]} == {"快讯，无图"}

    def test_a_tick_that_was_taken_back_stops_the_last_step(self, desk):
        story = self.draft(desk)
        tick_all(story, desk.people["reporter"])
        desk.submit(story)
        desk.approve_all(story, ["reviewer1", "reviewer2"])
        Tick.objects.filter(check_name="news.byline").delete()
        said_of = desk.decide("reviewer3", story, follow=True)
        assert not is_live(story)
        assert desk.state(story)
        assert "Nobody is named as author" in said(said_of)
        tick_all(story, desk.people["reviewer3"])
        desk.decide("reviewer3", story)
        assert is_live(story)

    def test_what_is_urgent_waits_for_nothing_but_errors(self, desk):
        notice = self.draft(desk, kind="notice", title="停课通知")
        assert unanswered(notice)
        publish_urgently(notice, desk.people["reviewer3"], "暴雨红色预警")
        assert is_live(notice)
        wrong = self.draft(desk, kind="notice", title="名单", standfirst="11010519491231002X")
        with pytest.raises(NotPublishable, match="identity number"):
            publish_urgently(wrong, desk.people["reviewer3"], "急")
