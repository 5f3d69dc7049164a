"""Withdrawing and releasing: what becomes of the page, of what is recorded, and what nothing brings back in silence."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone, translation
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import PageLogEntry

from core.models import BasePage, User
from core.publishing.acts import NotPublishable
from core.publishing.canonical import content_hash
from core.publishing.schedule import run_due
from news.tests.factories import make_index, make_story, translate
from newsroom.models import Entry, Withdrawal
from newsroom.record.verifying import problems
from newsroom.withdrawing.acts import NotWithdrawn, open_to_new_version, release

from .factories import make_member, make_withdrawal


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def chief():
    return make_member("Final review", "chief")


@pytest.fixture
def story():
    text = '<p data-block-key="a">新校园的全文。</p>'
    return translate(make_story(title="开学", slug="first-day", body=[("text", text)]), "en", title="First day")


def again(page):
    return type(page).objects.get(pk=page.pk)


def shown(page):
    """What readers see of it, and since when."""
    row = again(page)
    dates = (row.first_published_at, row.last_published_at)
    return (row.live, row.title, row.title_en, row.url_path, content_hash(row), *dates)


class TestWithdrawing:
    def test_takes_the_page_and_what_was_scheduled_of_it(self, story, chief):
        story.title = "后天的版本"
        story.go_live_at = timezone.now() + timedelta(days=2)
        revision = story.save_revision()
        revision.publish()
        made = make_withdrawal(story, "checking", user=chief)
        assert (again(story).live, made.by, made.title) == (False, chief, "开学")
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None

    def test_takes_what_is_below_if_wished(self, chief):
        stories = [make_story(), make_story()]
        make_withdrawal(make_index(), user=chief)
        assert all(again(each).live for each in stories)
        index = publish_again(make_index(), chief)
        made = make_withdrawal(index, user=chief, with_below=True)
        assert not any(again(each).live for each in stories)
        assert made.below.count() == 2

    def test_takes_its_aliases(self, story, chief):
        home = make_index().get_parent()
        alias = CreatePageAliasAction(story, parent=home, update_slug="other").execute()
        make_withdrawal(story, user=chief)
        assert not again(alias).live
        assert Withdrawal.objects.in_effect().filter(page=alias.pk, url_path=alias.url_path).exists()

    def test_is_told_in_the_history_of_the_page(self, story, chief):
        make_withdrawal(story, "checking", user=chief, reason="数字有误")
        entry = PageLogEntry.objects.filter(page=story.pk).order_by("-timestamp", "-pk").first()
        assert (entry.action, entry.user) == ("newsroom.withdrawn", chief)
        assert "数字有误" in entry.formatter.format_message(entry)

    def test_of_what_is_not_live_does_nothing(self, story, chief):
        make_withdrawal(story, user=chief)
        with pytest.raises(ValueError, match="not enough values"):
            make_withdrawal(story, user=chief)
        assert Withdrawal.objects.count() == 1

    def test_stays_when_the_page_and_the_person_are_deleted(self, story, chief):
        made = make_withdrawal(story, user=chief)
        again(story).delete()
        chief.delete()
        made.refresh_from_db()
        assert (made.page, made.by, made.url_path) == (None, None, story.url_path)


def publish_again(page, user):
    release(Withdrawal.objects.in_effect().get(page=page.pk), user=user, reason="无误")
    return again(page)


class TestWho:
    @pytest.mark.parametrize("role", ["Reporters", "First review", "Site managers", "Data officers"])
    def test_only_a_final_reviewer(self, story, role):
        with pytest.raises(NotPublishable):
            make_withdrawal(story, user=make_member(role))
        assert again(story).live
        assert not Withdrawal.objects.exists()

    def test_a_superuser_may(self, story):
        make_withdrawal(story, user=User.objects.create_superuser("root"))
        assert not again(story).live

    def test_nobody_without_a_reason(self, story, chief):
        with translation.override("en"), pytest.raises(NotPublishable, match="why"):
            BasePage.objects.get(pk=story.pk).unpublish(user=chief)
        assert again(story).live

    def test_what_has_an_end_ends_without(self, story):
        story.expire_at = timezone.now() - timedelta(minutes=1)
        story.save_revision().publish()
        run_due()
        assert not again(story).live
        assert not Withdrawal.objects.exists()


class TestReleasing:
    def test_shows_it_as_it_was(self, story, chief):
        before = shown(story)
        made = make_withdrawal(story, "checking", user=chief)
        release(made, user=chief, reason="无误")
        assert shown(story) == before
        assert not again(story).has_unpublished_changes
        made.refresh_from_db()
        assert (made.ended_by, made.ended_at is None) == (chief, False)

    def test_although_its_draft_was_rewritten_meanwhile_which_stays_a_draft(self, story, chief):
        before = shown(story)
        made = make_withdrawal(story, "checking", user=chief)
        draft = again(story)
        draft.title, draft.slug, draft.body = "改写", "rewritten", []
        draft.save()  # Wagtail's form writes the page's own row while it is not live
        draft.save_revision()
        release(made, user=chief, reason="无误")
        assert shown(story) == before
        page = again(story)
        assert page.has_unpublished_changes
        assert page.get_latest_revision_as_object().title == "改写"

    def test_although_there_was_a_draft_before(self, story, chief):
        before = shown(story)
        story.title = "早已改写"
        story.save_revision()
        made = make_withdrawal(story, "checking", user=chief)
        release(made, user=chief, reason="无误")
        assert shown(story) == before
        assert again(story).get_latest_revision_as_object().title == "早已改写"

    def test_brings_back_its_aliases_and_what_went_with_it(self, story, chief):
        alias = CreatePageAliasAction(story, parent=make_index().get_parent(), update_slug="other").execute()
        made = make_withdrawal(make_index(), "checking", user=chief, with_below=True)
        release(made, user=chief, reason="无误", with_below=True)
        assert all(again(page).live for page in (make_index(), story, alias))
        assert not Withdrawal.objects.in_effect().exists()

    def test_happens_once(self, story, chief):
        made = make_withdrawal(story, "checking", user=chief)
        release(made, user=chief, reason="无误")
        with pytest.raises(NotWithdrawn):
            release(made, user=chief, reason="无误")

    def test_what_is_told_of_it(self, story, chief):
        release(make_withdrawal(story, "checking", user=chief), user=chief, reason="数字无误")
        entry = PageLogEntry.objects.filter(page=story.pk).order_by("-timestamp", "-pk").first()
        assert (entry.action, entry.user) == ("newsroom.released", chief)
        assert "数字无误" in entry.formatter.format_message(entry)


class TestNothingBringsItBack:
    """What was withdrawn is published only by releasing it, or after a final reviewer has said that it may be."""

    def test_publishing(self, story, chief):
        make_withdrawal(story, user=chief)
        with translation.override("en"), pytest.raises(NotPublishable, match="withdrawn"):
            again(story).save_revision().publish(user=chief)
        assert not again(story).live

    def test_scheduling(self, story, chief):
        make_withdrawal(story, user=chief)
        draft = again(story)
        draft.go_live_at = timezone.now() + timedelta(days=1)
        with pytest.raises(NotPublishable):
            draft.save_revision().publish()

    def test_a_time_that_was_written_into_the_database(self, story, chief):
        revision = story.save_revision()
        make_withdrawal(story, user=chief)
        type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        [outcome] = run_due()
        assert outcome.act == "refused"
        assert not again(story).live

    def test_until_a_corrected_version_may_be_published(self, story, chief):
        made = make_withdrawal(story, user=chief)
        open_to_new_version(made, user=chief, reason="已更正")
        assert not again(story).live
        draft = again(story)
        draft.title = "更正后"
        draft.save_revision().publish(user=chief)
        assert (again(story).live, again(story).title) == (True, "更正后")
        assert not Withdrawal.objects.in_effect().exists()
        again(story).unpublish()  # at its end, say: nobody is told of the old withdrawal
        with pytest.raises(NotWithdrawn):
            release(made, user=chief, reason="无误")


class TestTheRecord:
    @pytest.fixture(autouse=True)
    def _kept(self, settings, story):
        settings.KEEPS_RECORD = True
        call_command("seal_existing", verbosity=0)

    def test_says_why_by_whom_and_what_stands_there(self, story, chief, settings):
        other = make_story(title="新版", slug="new")
        make_withdrawal(story, "replaced", user=chief, reason="有新版", replacement=other)
        entry = Entry.objects.first()
        assert (entry.kind, entry.title, entry.reason) == ("withdrawal", "开学", "有新版")
        assert entry.details == {"withdrawn": "replaced", "replacement": other.url_path}
        assert entry.by["roles"] == ["Final review"]
        assert list(problems()) == []

    def test_says_who_released_it_and_why(self, story, chief):
        known = Entry.objects.filter(model="news.storypage", object_id=story.pk).first().content_hash
        made = make_withdrawal(story, "checking", user=chief)
        release(made, user=chief, reason="无误")
        entry = Entry.objects.first()
        assert (entry.kind, entry.reason, entry.content_hash) == ("publication", "无误", known)
        assert entry.details == {"released": "checking", "withdrawn_at": made.at.isoformat()}
        assert list(problems()) == []


def test_the_role_of_the_final_review_names_it():
    make_member("Final review")
    groups = Group.objects.filter(permissions__codename="add_withdrawal")
    assert list(groups.values_list("name", flat=True)) == ["Final review"]
