"""Every way to readers is one act: a rule that refuses it leaves what is live as it was, and what is done is recorded."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Site, Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from core.models import PortalSettings, User
from core.publishing import acts, bypass_review
from core.publishing.acts import Kind, NotPublishable
from metrics.models import Observation
from metrics.tests.factories import make_observation
from news.models import StoryPage, Topic
from news.tests.factories import make_story, publish
from schools.tests.factories import make_home

from .forms import form_data


pytestmark = pytest.mark.django_db

OLD, NEW = "读者读到的题目", "没有人看过的题目"


class Newsroom:
    """A rule and a recorder that remember; `refuses` is what the rule says no to."""

    def __init__(self):
        self.refuses, self.asked, self.recorded = set(Kind), [], []

    def rule(self, act):
        self.asked.append(act.kind)
        if act.kind in self.refuses:
            raise NotPublishable("Nobody has read it.")

    def recorder(self, done):
        self.recorded.append([(act.kind, act.key) for act in done])


@pytest.fixture
def story(db):
    make_home()
    PortalSettings.for_site(Site.objects.get())  # Wagtail makes the row when it is first asked for
    story = make_story(title=OLD, slug="live")
    story.title = NEW
    story.save_revision()
    return StoryPage.objects.get(pk=story.pk)


@pytest.fixture
def newsroom(monkeypatch, story):
    """From here on: nothing goes live."""
    newsroom = Newsroom()
    monkeypatch.setattr(acts, "_rules", [newsroom.rule])
    monkeypatch.setattr(acts, "_recorders", [newsroom.recorder])
    return newsroom


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("admin", "admin@example.org"))
    return client


def seen():
    """What readers can find: addresses and titles."""
    return set(StoryPage.objects.live().values_list("url_path", "title_zh_hans"))


def draft_of(story):
    return story.get_latest_revision()


# Refused: each way leaves what is live as it was -------------------------------------------------------


def by_call(story, client):
    with pytest.raises(NotPublishable):
        draft_of(story).publish()


def by_button(story, client):
    data = form_data(StoryPage, story, title="用按钮")
    client.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), data | {"action-publish": "1"})


def by_bulk_action(story, client):
    url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
    client.post(f"{url}?id={story.pk}", {"include_descendants": "on"})


def by_schedule(story, client):
    Revision.objects.filter(pk=draft_of(story).pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled", verbosity=0)


def by_scheduling(story, client):
    later = draft_of(story).as_object()
    later.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(NotPublishable):
        later.save_revision(clean=False).publish()


def by_copy(story, client):
    data = {"new_title": NEW, "new_slug": "copy", "new_parent_page": story.get_parent().pk, "publish_copies": "on"}
    said = client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data, follow=True)
    assert "Nobody has read it." in said.content.decode()


def by_copy_of_a_branch(story, client):
    with pytest.raises(NotPublishable):
        story.get_parent().copy(recursive=True, update_attrs={"slug": "news-again"})


def by_copy_with_its_own_idea(story, client):
    """`live` among the values of a copy that is asked to be a draft."""
    with pytest.raises(NotPublishable):
        draft_of(story).as_object().copy(keep_live=False, update_attrs={"slug": "copy", "live": True})


def by_alias(story, client):
    with pytest.raises(NotPublishable):
        story.create_alias(update_slug="alias")


def by_alias_in_the_admin(story, client):
    data = {"new_title": NEW, "new_slug": "alias", "new_parent_page": story.get_parent().pk, "alias": "on"}
    said = client.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data, follow=True)
    assert "Nobody has read it." in said.content.decode()


def by_revert(story, client):
    reverted = story.revisions.first().as_object()
    reverted.title = NEW
    with pytest.raises(NotPublishable):
        reverted.save_revision(previous_revision=story.revisions.first()).publish()


def by_api(story, client):
    """Its actions are Wagtail's: it builds them itself."""
    from wagtail.actions.publish_page_revision import PublishPageRevisionAction

    with pytest.raises(NotPublishable):
        PublishPageRevisionAction(draft_of(story)).execute(skip_permission_checks=True)


def by_workflow(story, client):
    task = GroupApprovalTask.objects.create(name="审")
    workflow = Workflow.objects.create(name="审")
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    state = workflow.start(story, None)
    with pytest.raises(NotPublishable):
        state.current_task_state.approve(update=True)


def by_moving(story, client):
    other = make_home().add_child(instance=type(story.get_parent().specific)(title="别处", slug="elsewhere"))
    with pytest.raises(NotPublishable):
        story.move(other, pos="last-child")


def by_unpublishing(story, client):
    with pytest.raises(NotPublishable):
        story.unpublish()


WAYS = [
    by_call,
    by_button,
    by_bulk_action,
    by_schedule,
    by_scheduling,
    by_copy,
    by_copy_of_a_branch,
    by_copy_with_its_own_idea,
    by_alias,
    by_alias_in_the_admin,
    by_revert,
    by_api,
    by_workflow,
    by_moving,
    by_unpublishing,
]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_rule_refuses_it(way, story, newsroom, editor):
    before = seen()
    way(story, editor)
    assert newsroom.asked
    assert seen() == before
    assert newsroom.recorded == []


def test_an_alias_does_not_follow_what_was_not_published(story, monkeypatch):
    alias = story.create_alias(update_slug="alias")
    newsroom = Newsroom()
    monkeypatch.setattr(acts, "_rules", [newsroom.rule])
    with pytest.raises(NotPublishable):
        draft_of(story).as_object().update_aliases()
    assert StoryPage.objects.get(pk=alias.pk).title == OLD


def test_a_snippet(newsroom):
    figure = make_observation()
    figure.value = 1
    with pytest.raises(NotPublishable):
        figure.save_revision().publish()
    assert Observation.objects.get().value == 8660


# Allowed: recorded once, when all is written -----------------------------------------------------------


def test_a_publish_with_its_aliases_is_recorded_in_one_go(story, newsroom):
    newsroom.refuses = set()
    alias = story.create_alias(update_slug="alias")
    draft_of(story).publish()
    assert newsroom.recorded == [
        [(Kind.ALIAS, alias.pk)],
        [(Kind.ALIAS, alias.pk), (Kind.PUBLISH, story.pk)],
    ]


def test_a_branch_is_copied_in_one_go(story, newsroom):
    newsroom.refuses = set()
    made = story.get_parent().copy(recursive=True, update_attrs={"slug": "news-again"})
    copied = made.get_children().get()
    assert newsroom.recorded == [[(Kind.COPY, copied.pk), (Kind.COPY, made.pk)]]


def test_a_bulk_action_is_recorded_in_one_go_without_what_was_refused(story, newsroom, editor, monkeypatch):
    other, refused = make_story(live=False), make_story(live=False)
    alias = refused.create_alias(update_slug="alias")

    def rule(act):
        if act.obj.pk == alias.pk:
            raise NotPublishable("Nobody has read it.")

    monkeypatch.setattr(acts, "_rules", [rule])
    url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
    editor.post(f"{url}?id={refused.pk}&id={story.pk}&id={other.pk}", {"include_descendants": ""})
    assert newsroom.recorded == [[(Kind.PUBLISH, story.pk), (Kind.PUBLISH, other.pk)]]
    assert not StoryPage.objects.get(pk=refused.pk).live


def test_a_branch_is_withdrawn_in_one_go(story, newsroom):
    newsroom.refuses, index = set(), story.get_parent()
    index.unpublish()
    index.delete()
    assert newsroom.recorded == [[(Kind.WITHDRAW, index.pk)], [(Kind.WITHDRAW, story.pk)]]


def test_drafts_are_nobodys_business(story, newsroom):
    make_story(live=False)
    story.copy(keep_live=False, update_attrs={"slug": "copy"})
    make_story(live=False).create_alias(update_slug="alias")
    assert newsroom.asked == []


def test_what_is_deleted_leaves_readers_too(story, newsroom):
    newsroom.refuses, key = set(), story.pk
    story.delete()
    assert newsroom.recorded == [[(Kind.WITHDRAW, key)]]


def test_what_has_no_drafts_is_recorded_when_it_is_saved(newsroom):
    topic = Topic.objects.create(key="open", name="公开")
    assert (Kind.SAVE, topic.pk) in newsroom.recorded[-1]


def test_what_a_recorder_cannot_record_is_not_done(story, monkeypatch):
    def fails(_done):
        raise OSError("no more room")

    monkeypatch.setattr(acts, "_recorders", [fails])
    with pytest.raises(OSError, match="no more room"):
        draft_of(story).publish()
    assert StoryPage.objects.get(pk=story.pk).title == OLD


def test_scheduling_a_draft_from_before_it_was_live_leaves_what_readers_see(story, newsroom):
    newsroom.refuses = set()
    schedule(story)
    assert [kind for kind, _pk in newsroom.recorded[-1]] == [Kind.SCHEDULE]
    assert StoryPage.objects.get(pk=story.pk).live


def test_scheduling_a_page_whose_live_draft_is_not_known_takes_it_down_and_is_recorded(story, newsroom):
    """Wagtail does so with what was made live without a draft."""
    newsroom.refuses = set()
    StoryPage.objects.filter(pk=story.pk).update(live_revision=None)
    schedule(story)
    assert [kind for kind, _pk in newsroom.recorded[-1]] == [Kind.WITHDRAW, Kind.SCHEDULE]


def schedule(story):
    later = story.revisions.first().as_object()
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision().publish()


# The bypass ------------------------------------------------------------------------------------------


def test_the_bypass_is_logged_and_ends(story, newsroom, caplog):
    with bypass_review("the demo"):
        draft_of(story).publish()
    assert StoryPage.objects.get(pk=story.pk).title == NEW
    assert "Reviews are bypassed: the demo" in caplog.text
    with pytest.raises(NotPublishable):
        story.save_revision().publish()


# When it was published -------------------------------------------------------------------------------


def dated(page):
    return PageLogEntry.objects.filter(page=page.pk, action="core.publish.dated").count()


def test_the_system_says_when_a_page_was_published(story):
    draft_of(story).publish()
    story = StoryPage.objects.get(pk=story.pk)
    story.unpublish()
    publish(story)
    story.revisions.first().publish()
    assert dated(story) == 0
    assert not ModelLogEntry.objects.filter(action="core.publish.dated").exists()


@pytest.mark.parametrize("is_live", [True, False])
def test_back_dating_is_logged(is_live, editor):
    story = make_story(live=is_live)
    story.first_published_at = timezone.now() - timedelta(days=400)
    story.save_revision().publish()
    assert dated(story) == 1
    history = editor.get(reverse("wagtailadmin_pages:history", args=[story.pk])).content.decode()
    assert f"{story.first_published_at.year}" in history
