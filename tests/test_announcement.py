"""Every way to publish tells of it once: the automatic languages are written once, and translations follow once."""

from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Workflow, WorkflowTask
from wagtail.models.workflows import GroupApprovalTask

from core.models import User
from core.publishing import projection
from core.publishing.announcement import SourcePublished, Step, source_published
from languages import signals
from languages.models import UnitState
from languages.publishing.publish import publish as publish_translation
from metrics.tests.factories import make_metric
from news.models import StoryPage, Topic
from news.tests.factories import make_index, make_story, publish
from schools.tests.factories import make_home

from .desk import TITLE, Bench, publisher, stored, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

BODY = [{"type": "text", "value": '<p data-block-key="a">新增学位。</p>', "id": "block-a"}]


def name_of(obj):
    return f"{obj._meta.model_name} {obj.pk}"


class Heard:
    """What happens while it listens, as {(what, name of the object): how often}."""

    def __init__(self, patch):
        self.counts = Counter()
        project, follow = projection._project, signals.follow_source

        def counted_project(obj, code, *args):
            self.counts[code, name_of(obj)] += 1
            return project(obj, code, *args)

        def counted_follow(live, original):
            self.counts["follow", name_of(live)] += 1
            return follow(live, original)

        patch.setattr(projection, "_project", counted_project)
        patch.setattr(signals, "follow_source", counted_follow)
        source_published.connect(self.hear, weak=False)

    def hear(self, instance, **_kwargs):
        self.counts["published", name_of(instance)] += 1

    def take(self):
        taken, self.counts = dict(self.counts), Counter()
        return taken


@pytest.fixture
def heard(db, monkeypatch):
    make_index()
    heard = Heard(monkeypatch)
    yield heard
    source_published.disconnect(heard.hear)


def once(*objects, also=()):
    whats = ("published", "zh-hant", "follow", *also)
    return {(what, name_of(obj)): 1 for obj in objects for what in whats}


def only_written(*aliases):
    """Aliases have the automatic languages, and are no work for translators."""
    return {(what, name_of(alias)): 1 for alias in aliases for what in ("published", "zh-hant")}


@pytest.fixture
def story(heard):
    story = make_story(title=TITLE, body=BODY)
    heard.take()
    return story


@pytest.fixture
def admin(client):
    client.force_login(User.objects.create_superuser("admin", "admin@example.org", "x"))
    return client


def draft(**fields):
    return make_story(live=False, body=BODY, **fields)


# Pages --------------------------------------------------------------------------------------------


def test_a_first_and_a_later_publish(heard):
    page = draft()
    assert heard.take() == {}
    page.save_revision().publish()
    assert heard.take() == once(page)
    page.title = "改过的题目"
    page.save_revision().publish()
    assert heard.take() == once(page)
    assert stored(page, code="zh-hant") == "改過的題目"


def test_with_a_published_translation(story, heard):
    take_up(review_required=False)
    bench = Bench(story, publisher())
    bench.writes_all(UnitState.APPROVED)
    publish_translation(bench.original, "fr", bench.user)
    heard.take()
    publish(story)
    assert heard.take() == once(story, also=["fr"])


def test_an_earlier_version_again(story, heard):
    first = story.latest_revision
    story.title = "第二版"
    story = publish(story)
    heard.take()
    first.publish(previous_revision=first)
    assert heard.take() == once(story)


def test_in_the_editor(admin, story, heard):
    from .test_roles import post_of

    admin.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]), post_of(story) | {"action-publish": "1", "title": "新题"}
    )
    assert stored(story, code="zh-hans") == "新题"
    assert heard.take() == once(story)
    address = reverse("wagtailadmin_pages:add", args=["news", "storypage", make_index().pk])
    heard.take()
    admin.post(address, post_of(story) | {"action-publish": "1", "title": "又一篇", "slug": "another"})
    assert heard.take() == once(StoryPage.objects.get(slug="another"))


def test_many_at_once(admin, heard):
    pages = [draft(), draft()]
    address = reverse("wagtail_bulk_action", args=["core", "basepage", "publish"])
    admin.post(f"{address}?next=/admin/&id={pages[0].pk}&id={pages[1].pk}")
    assert heard.take() == once(*pages)


def test_at_a_time(heard, story):
    """Setting the time tells nothing: neither of a new page, nor of one that readers see."""
    later = timezone.now() + timedelta(days=1)
    page = draft(go_live_at=later)
    story.go_live_at = later
    story.save_revision().publish()
    page.save_revision().publish()
    assert heard.take() == {}
    earlier = timezone.now() - timedelta(hours=1)
    for each in (page, story):
        each.revisions.update(approved_go_live_at=None)
        each.go_live_at = earlier
        revision = each.save_revision()
        revision.approved_go_live_at = earlier
        revision.save()
    call_command("publish_scheduled")
    assert heard.take() == once(page, story)


def test_by_the_last_approval(admin, heard):
    page, user = draft(), User.objects.get(username="admin")
    task = GroupApprovalTask.objects.create(name="终审")
    task.groups.set([Group.objects.create(name="终审")])
    workflow = Workflow.objects.create(name="审稿")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    page.save_revision()
    state = workflow.start(page, user)
    assert heard.take() == {}
    state.current_task_state.approve(user=user)
    assert heard.take() == once(page)


def test_copies(story, heard):
    copied = story.copy(update_attrs={"slug": "kept"}, keep_live=True)
    assert heard.take() == once(copied)
    quiet = story.copy(update_attrs={"slug": "quiet"}, keep_live=False)
    assert heard.take() == {}
    publish(quiet)
    assert heard.take() == once(quiet)


def test_a_copied_branch(story, heard):
    other = make_story(live=False)
    section = make_index().copy(recursive=True, update_attrs={"slug": "copied"}, keep_live=True)
    [live] = section.get_children().live().specific()
    assert {page.slug for page in section.get_children()} == {story.slug, other.slug}
    assert heard.take() == once(section, live)


def test_aliases(story, heard):
    alias = story.create_alias(update_slug="alias")
    assert heard.take() == only_written(alias)
    second = alias.create_alias(update_slug="alias-of-alias")
    assert heard.take() == only_written(second)
    assert stored(second, code="zh-hant")
    story.title = "改过的题目"
    publish(story)
    assert heard.take() == once(story) | only_written(alias, second)
    assert stored(second, code="zh-hant") == "改過的題目"


def test_an_alias_of_a_branch_and_of_drafts(story, heard):
    draft()
    section = make_index().create_alias(recursive=True, update_slug="alias")
    [live] = section.get_children().live().specific()
    assert section.get_children().count() == 2
    assert heard.take() == only_written(section, live)


def test_an_alias_shows_nothing_before_its_time(heard):
    page = draft(title=TITLE)
    alias = page.create_alias(update_slug="alias")
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.title = "明天的题目"
    page.save_revision().publish()
    alias.refresh_from_db()
    assert (alias.live, alias.title) == (False, TITLE)
    page.go_live_at = None
    publish(page)
    alias.refresh_from_db()
    assert (alias.live, alias.title) == (True, "明天的题目")


def test_an_alias_made_in_the_editor(admin, story, heard):
    data = {
        "new_title": story.title,
        "new_slug": "alias",
        "new_parent_page": story.get_parent().pk,
        "publish_copies": "on",
        "alias": "on",
    }
    admin.post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data)
    assert heard.take() == only_written(StoryPage.objects.get(alias_of=story))


def test_an_alias_has_no_translation_but_the_automatic_ones(story):
    StoryPage.objects.filter(pk=story.pk).update(title_fr="La rentrée")
    alias = StoryPage.objects.get(pk=story.pk).create_alias(update_slug="alias")
    assert stored(alias) is None
    assert stored(alias, code="zh-hant") == "雙福六小開學"


def test_what_is_no_publish_tells_nothing(story, heard):
    story.save_revision()
    story.move(make_home(), pos="last-child")
    StoryPage.objects.get(pk=story.pk).unpublish()
    assert heard.take() == {}


# Everything else ----------------------------------------------------------------------------------


def test_a_snippet_with_drafts(heard):
    metric = make_metric(live=False)
    revision = metric.save_revision()
    heard.take()
    revision.publish()
    assert heard.take() == once(metric)
    metric.refresh_from_db()
    metric.go_live_at = timezone.now() + timedelta(days=1)
    metric.save_revision().publish()
    assert heard.take() == {}
    waiting = make_metric(live=False)
    waiting.go_live_at = timezone.now() + timedelta(days=1)
    heard.take()
    waiting.save_revision().publish()
    assert heard.take() == {}


def test_a_snippet_without_drafts_whenever_it_is_saved(heard):
    topic = Topic.objects.create(key="teachers", name="教师")
    assert heard.take() == once(topic)
    topic.save(update_fields=["name"])
    assert heard.take() == once(topic)
    topic.save(update_fields=["name_en"])
    assert heard.take() == {}


# The order ----------------------------------------------------------------------------------------


def test_steps_are_done_in_their_order_whoever_connects_first():
    signal, done = SourcePublished(), []
    for step in reversed(Step):
        signal.connect(lambda step=step, **_kwargs: done.append(step), step, weak=False)
    signal.send(Topic())
    assert done == sorted(Step)
