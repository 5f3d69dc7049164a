"""No way round: every way to readers, with a draft that nobody, not everybody, or everybody has approved, and with one that
was changed after that. What is live stays as it was, but for what all have approved as it is."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.models import Revision

from core.models import PortalImage
from core.publishing import bypass_review
from core.publishing.acts import NotPublishable
from metrics.models import Dimension, Observation
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_story
from newsroom.record import sealing
from newsroom.record.verifying import problems
from newsroom.withdrawing.acts import release, withdraw
from schools.tests.factories import make_home, make_image

from .reviewing import Desk, live


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reviewed"), pytest.mark.once]

CITED, DRAWN = "cited", "drawn-2024"
OLD, NEW, UNREAD = "读者读到的题目", "大家读过的题目", "没有人看过的题目"


@pytest.fixture
def desk():
    with bypass_review("a test"):
        make_home()
        return Desk()


@pytest.fixture
def story(desk):
    """Live, with a draft that says something else and embeds a figure, a picture and a chart of other figures."""
    with bypass_review("a test"):
        figure, picture = make_observation(key=CITED), make_image()
        drawn = make_observation(metric=make_metric(key="drawn", name="在校生"), key=DRAWN)
        story = make_story(title=OLD, slug="live", owner=desk.people["reporter"])
    story.title = NEW
    story.body = [
        {"type": "text", "id": "a", "value": f'<p>新增<a linktype="figure" id="{figure.pk}">8660个</a>。</p>'},
        {"type": "image", "id": "b", "value": {"image": picture.pk, "caption": "校园", "credit": "", "alt": ""}},
        {"type": "chart", "id": "c", "value": {"metric": drawn.metric_id, "caption": ""}},
    ]
    story.save_revision(user=desk.people["reporter"])
    sealing.seal_existing("a test")
    return live(story)


# How far the draft is ---------------------------------------------------------------------------------


def as_a_draft(desk, story):
    pass


def approved_by_two(desk, story):
    desk.start(story)
    desk.approve_all(story, ["reviewer1", "reviewer2"])


def approved_by_all(desk, story):
    """It waits for its time, so it is not live yet."""
    later = story.get_latest_revision().as_object()
    later.go_live_at = timezone.now() + timedelta(days=1)
    later.save_revision(user=desk.people["reporter"])
    desk.start(live(story))
    desk.approve_all(story)
    assert live(story).get_latest_revision().approved_go_live_at


def changed_in_the_same_row(desk, story):
    approved_by_all(desk, story)
    revision = live(story).get_latest_revision()
    revision.content["title"] = revision.content["title_zh_hans"] = UNREAD
    Revision.objects.filter(pk=revision.pk).update(content=revision.content)


def changed_by_autosave(desk, story):
    approved_by_all(desk, story)
    revision = live(story).get_latest_revision()
    changed = revision.as_object()
    changed.title = UNREAD
    changed.save_revision(user=desk.people["reporter"], overwrite_revision=revision, clean=False)


def revise(key):
    figure = Observation.objects.get(key=key)
    figure.value, figure.status, figure.change_reason = 9999, "revised", "更正"
    with bypass_review("a test"):
        figure.save_revision(clean=False).publish()


def changed_in_a_figure(desk, story):
    approved_by_all(desk, story)
    revise(CITED)


def changed_in_a_chart(desk, story):
    approved_by_all(desk, story)
    revise(DRAWN)


def changed_by_a_figure_more_in_a_chart(desk, story):
    approved_by_all(desk, story)
    drawn = Observation.objects.get(key=DRAWN)
    with bypass_review("a test"):
        part = Dimension.objects.create(key="grade-1", axis="grade", member="1", label="一年级")
        more = make_observation(metric=drawn.metric, dimension=part, live=False)
        more.save_revision(clean=False).publish()


def changed_in_a_credit(desk, story):
    approved_by_all(desk, story)
    picture = PortalImage.objects.first()
    picture.credit = "没有人看过的署名"
    picture.save()


NOT_APPROVED = [
    as_a_draft,
    approved_by_two,
    changed_in_the_same_row,
    changed_by_autosave,
    changed_in_a_figure,
    changed_in_a_chart,
    changed_by_a_figure_more_in_a_chart,
    changed_in_a_credit,
]


# The ways ---------------------------------------------------------------------------------------------


def at_once(story):
    """The draft, without a time that it waits for."""
    revision = live(story).get_latest_revision()
    content = json.loads(json.dumps(revision.content)) | {"go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    return Revision.objects.get(pk=revision.pk)


def by_button_of(name):
    def by_button(desk, story):
        draft = at_once(story)
        Revision.objects.filter(pk=draft.pk).update(
            approved_go_live_at=None
        )  # else the form is locked until it is time
        desk.post(name, story, "action-publish")

    by_button.__name__ = f"by_button_of_{name}"
    return by_button


def by_bulk_action(desk, story):
    at_once(story)
    url = reverse("wagtail_bulk_action", args=("core", "basepage", "publish"))
    desk.browser("admin").post(f"{url}?id={story.pk}", {"include_descendants": "on"})


def by_command(desk, story):
    Revision.objects.filter(pk=live(story).get_latest_revision().pk).update(
        approved_go_live_at=timezone.now() - timedelta(minutes=1)
    )
    at_once(story)
    call_command("publish_scheduled", verbosity=0)


def by_call(desk, story):
    at_once(story).publish()


def by_saving_and_publishing(desk, story):
    at_once(story).as_object().save_revision(clean=False).publish()


def by_api(desk, story):
    PublishPageRevisionAction(at_once(story), user=desk.people["admin"]).execute(skip_permission_checks=True)


def by_revert(desk, story):
    draft = at_once(story)
    draft.as_object().save_revision(previous_revision=draft, clean=False).publish()


def by_alias_of_the_draft(desk, story):
    at_once(story).as_object().update_aliases()


WAYS = [
    by_button_of("admin"),
    by_button_of("reviewer3"),
    by_bulk_action,
    by_command,
    by_call,
    by_saving_and_publishing,
    by_api,
    by_revert,
]


def seen():
    """What readers can find."""
    fields = ("url_path", "title_zh_hans", "body_zh_hans", "picture")
    return [tuple(map(str, row)) for row in StoryPage.objects.live().order_by("pk").values_list(*fields)]


def try_it(way, desk, story):
    try:
        way(desk, live(story))
    except (NotPublishable, PermissionDenied):
        return


@pytest.mark.parametrize("far", NOT_APPROVED, ids=lambda far: far.__name__)
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_what_is_not_approved_as_it_is_does_not_go_live(way, far, desk, story):
    far(desk, story)
    before = seen()
    try_it(way, desk, story)
    assert seen() == before
    assert list(problems()) == []


@pytest.mark.parametrize("way", WAYS[2:], ids=lambda way: way.__name__)
def test_what_all_have_approved_goes_live(way, desk, story):
    approved_by_all(desk, story)
    way(desk, live(story))
    assert [title for _path, title, *_rest in seen()] == [NEW]
    assert list(problems()) == []


@pytest.mark.parametrize("name", ["admin", "reviewer3"])
def test_what_all_have_approved_goes_live_by_button(name, desk, story):
    story.title, story.body = NEW, []
    story.save_revision(user=desk.people["reporter"])
    approved_by_all(desk, live(story))
    by_button_of(name)(desk, live(story))
    assert [title for _path, title, *_rest in seen()] == [NEW]


# Copies and aliases: only of what readers see already ---------------------------------------------------


def copy_by_form(desk, story, title):
    data = {"new_title": title, "new_slug": "copy", "new_parent_page": story.get_parent().pk, "publish_copies": "on"}
    desk.browser("admin").post(reverse("wagtailadmin_pages:copy", args=[story.pk]), data, follow=True)


@pytest.mark.parametrize("title", [NEW, UNREAD])
def test_a_copy_that_is_live_says_nothing_new(title, desk, story):
    before = seen()
    copy_by_form(desk, story, title)
    assert seen() == before


def test_a_copy_of_a_draft_is_not_live(desk, story):
    with pytest.raises(NotPublishable):
        story.get_latest_revision().as_object().copy(keep_live=False, update_attrs={"slug": "copy", "live": True})
    with pytest.raises(NotPublishable):
        story.copy(update_attrs={"slug": "copy", "title": UNREAD, "title_zh_hans": UNREAD})
    assert len(seen()) == 1


def test_a_copy_of_what_readers_see_is(desk, story):
    copy_by_form(desk, story, OLD)
    story.create_alias(update_slug="alias")
    assert {title for _path, title, *_rest in seen()} == {OLD}
    assert len(seen()) == 3
    assert list(problems()) == []


def test_an_alias_does_not_follow_a_draft(desk, story):
    story.create_alias(update_slug="alias")
    before = seen()
    with pytest.raises(NotPublishable):
        story.get_latest_revision().as_object().update_aliases()
    assert seen() == before


def test_an_alias_follows_what_all_have_approved(desk, story):
    story.create_alias(update_slug="alias")
    approved_by_all(desk, story)
    by_call(desk, story)
    assert [title for _path, title, *_rest in seen()] == [NEW, NEW]
    assert list(problems()) == []


def test_an_old_approved_text_is_not_brought_back(desk, story):
    """Its approvals were used when it was published."""
    approved_by_all(desk, story)
    by_call(desk, story)
    old = live(story).get_latest_revision()
    with bypass_review("a test"):
        changed = live(story)
        changed.title = "更新的题目"
        changed.save_revision(clean=False).publish()
    with pytest.raises(NotPublishable):
        Revision.objects.get(pk=old.pk).publish()


def test_what_readers_see_is_published_again_without_a_review(desk, story):
    story.save_revision(clean=False).publish()
    assert [title for _path, title, *_rest in seen()] == [OLD]


# Moving and taking down: by role ------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "may"), [("admin", True), ("reporter", False), (None, False)])
def test_moving_is_for_those_who_may_publish(name, may, desk, story):
    with bypass_review("a test"):
        other = make_home().add_child(instance=type(story.get_parent().specific)(title="别处", slug="elsewhere"))
        other.save_revision().publish()
    before = seen()
    try_it(lambda desk, page: page.move(other, pos="last-child", user=desk.people.get(name)), desk, story)
    assert (seen() != before) == may


@pytest.mark.parametrize("name", ["reporter", "reviewer1"])
def test_taking_down_is_for_those_who_may_publish(name, desk, story):
    try_it(lambda desk, page: page.unpublish(user=desk.people[name]), desk, story)
    assert seen()


def test_what_was_withdrawn_returns_as_it_was_and_not_otherwise(desk, story):
    before, chief = seen(), desk.people["reviewer3"]
    (withdrawal,) = withdraw([story], user=chief, kind="checking", reason="核实")
    assert seen() == []
    try_it(by_call, desk, story)
    assert seen() == []
    release(withdrawal, user=chief, reason="无误")
    assert seen() == before
    assert list(problems()) == []
