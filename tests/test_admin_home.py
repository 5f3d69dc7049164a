"""The first page of the admin: to each what concerns them, nothing that they may not edit, and always as many queries."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Revision, Site
from wagtail.users.models import UserProfile

from core import mail
from core.caching import stamp
from core.editing import self_check
from core.models import BasePage, PortalSettings, User
from core.publishing.schedule import run_due
from core.roles import sync
from languages.models import Original, Translation
from news.models import StoryPage
from news.tests.factories import make_index, make_standard_page, make_story
from newsroom.home.pages import SHOWN

from .desk import Bench, story_of, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOME = "wagtailadmin_home"
PAGES = ["my-drafts", "scheduled", "live-today", "untouched"]


@pytest.fixture
def portal():
    """A site with its sections and roles, where nothing was published today."""
    index = make_index()
    sync()
    BasePage.objects.update(last_published_at=timezone.now() - timedelta(days=2))
    return index


def member(name, group="", language="en", **fields):
    user = User.objects.create_user(name, last_name=name, **fields)
    user.groups.set(Group.objects.filter(name=group))
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


@pytest.fixture
def reporter(portal):
    return member("小雨", "Reporters")


@pytest.fixture
def editor(portal):
    return member("建国", "Final review")


@pytest.fixture
def root(portal):
    return member("root", is_superuser=True)


def draft(user, title="草稿", *, of=None, owner=None, **ago):
    """A draft that the person has saved, or of a live story `of`; so long ago."""
    page = of or make_story(live=False, title=title, owner=owner or user)
    page.title = title
    revision = page.save_revision(user=user)
    at = timezone.now() - timedelta(**ago)
    Revision.objects.filter(pk=revision.pk).update(created_at=at)
    BasePage.objects.filter(pk=page.pk).update(latest_revision_created_at=at)
    return page


def published(page, user=None):
    page.save_revision(user=user).publish(user=user)
    return StoryPage.objects.get(pk=page.pk)


def old_story(**fields):
    page = make_story(**fields)
    long_ago = timezone.now() - timedelta(days=20)
    BasePage.objects.filter(pk=page.pk).update(first_published_at=long_ago, last_published_at=long_ago)
    return StoryPage.objects.get(pk=page.pk)


def home(client, user):
    client.force_login(user)
    return BeautifulSoup(client.get(reverse(HOME)).content, "html.parser")


def panels(client, user):
    """Ours, in their order: {anchor: section}"""
    found = home(client, user).find_all("section", class_="w-panel--dashboard")
    return {each["id"].removesuffix("-section"): each for each in found}


def rows(client, user, panel):
    """[(title, what is said of it)]"""
    found = panels(client, user)[panel].find_all("li", class_="home-row")
    return [(row.a.text, " ".join(row.find(class_="home-said").text.split())) for row in found]


def titles(client, user, panel):
    return [title for title, _said in rows(client, user, panel)]


class TestWhoSeesWhich:
    @pytest.mark.parametrize(
        ("group", "shown"),
        [
            ("Reporters", PAGES),
            ("First review", PAGES),
            ("Final review", PAGES),
            ("Site managers", [*PAGES, "self-check"]),
            ("Translators (fr)", ["my-translations"]),
            ("Data officers", ["nothing"]),
        ],
    )
    def test_panels_of_a_role(self, client, portal, group, shown):
        take_up()
        assert list(panels(client, member("somebody", group))) == shown

    def test_superusers_see_all_and_their_translations_if_they_translate(self, client, root):
        assert list(panels(client, root)) == [*PAGES, "self-check"]
        bench = Bench(story_of(("a", "操场已经铺好。")), root)
        bench.writes("操场", "La cour est prête.")
        assert list(panels(client, root)) == ["my-translations", *PAGES, "self-check"]

    def test_superusers_whom_somebody_has_given_a_text_translate(self, client, root):
        take_up()
        story_of(("a", "操场已经铺好。"))
        Translation.objects.update_or_create(
            original=Original.objects.first(), language="fr", defaults={"assignee": root}
        )
        assert "my-translations" in panels(client, root)

    def test_a_translator_is_led_to_the_texts_of_each_language(self, client, portal):
        take_up()
        panel = panels(client, member("colette", "Translators (fr)"))["my-translations"]
        assert panel.find("a", href=f"{reverse('languages_matrix')}?language=fr")

    def test_each_says_what_to_do_where_there_is_nothing(self, client, editor):
        for name, panel in panels(client, editor).items():
            assert len(panel.find(class_="home-empty").text) > 20, name
            assert panel.find(class_="home-more").a["href"] == reverse("story_pages:index")

    def test_each_has_a_heading_and_a_list(self, client, reporter):
        draft(reporter)
        panel = panels(client, reporter)["my-drafts"]
        assert panel.h2.text.strip() == "My drafts"
        assert panel["aria-labelledby"] == panel.h2["id"]
        assert panel.ul.li.time["datetime"]


class TestDrafts:
    def test_what_one_began_or_saved_last_the_newest_first(self, client, reporter, editor):
        draft(reporter, "旧稿", days=2)
        page = draft(reporter, "新稿", hours=3)
        draft(editor, "别人的")
        draft(editor, "别人改过", owner=reporter, days=3)
        assert titles(client, reporter, "my-drafts") == ["新稿", "旧稿", "别人改过"]
        row = panels(client, reporter)["my-drafts"].li
        assert row.a["href"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
        assert "3 hours ago" in row.time.text.replace("\xa0", " ")

    def test_whoever_saves_it_after_what_one_wrote_stays_ones_own(self, client, editor, root):
        page = draft(root, "又改过", of=old_story(title="已发布", owner=root))
        revision = page.save_revision(user=editor, log_action=True)
        Revision.objects.filter(pk=revision.pk).update(user=root)  # saved over by the other
        assert titles(client, editor, "my-drafts") == ["又改过"]
        page.revisions.all().delete()
        published(StoryPage.objects.get(pk=page.pk), root)
        draft(root, "再改", of=StoryPage.objects.get(pk=page.pk))
        assert titles(client, editor, "my-drafts") == []

    def test_until_it_is_published(self, client, reporter):
        page = old_story(title="已发布", owner=reporter)
        draft(reporter, "改过", of=page)
        assert rows(client, reporter, "my-drafts") == [("改过", "Story · Changes to a published page")]
        published(StoryPage.objects.get(pk=page.pk))
        assert rows(client, reporter, "my-drafts") == []

    def test_nothing_that_one_may_not_edit_any_more(self, client, reporter, editor, root):
        draft(reporter, "归别人", owner=editor)
        draft(editor, "编辑的")
        assert titles(client, reporter, "my-drafts") == []
        assert titles(client, editor, "my-drafts") == ["编辑的", "归别人"]
        reviewer = member("初审", "First review")  # of news only
        draft(reviewer, "关于本站", of=make_standard_page(title="关于本站"))
        assert titles(client, reviewer, "my-drafts") == []

    def test_ten_and_how_many_more(self, client, reporter):
        for number in range(SHOWN + 2):
            draft(reporter, f"稿{number}", minutes=number)
        panel = panels(client, reporter)["my-drafts"]
        assert len(panel.find_all("li")) == SHOWN
        more = panel.find(class_="home-more")
        assert "2 more are not shown here." in " ".join(more.text.split())
        listed = BeautifulSoup(client.get(more.a["href"]).content, "html.parser").text
        assert "稿11" in listed

    def test_aliases_are_left_to_what_they_are_of(self, client, root):
        page = draft(root, "原稿")
        alias = page.create_alias(update_slug="alias")
        BasePage.objects.filter(pk=alias.pk).update(has_unpublished_changes=True, latest_revision=page.latest_revision)
        assert titles(client, root, "my-drafts") == ["原稿"]


class TestScheduled:
    def test_what_goes_live_or_expires_the_soonest_first(self, client, editor, reporter):
        now = timezone.now()
        for title, owner, hours in (("后天", editor, 48), ("明天", reporter, 24)):
            page = make_story(live=False, title=title, owner=owner)
            page.go_live_at = now + timedelta(hours=hours)
            published(page, editor)
        expiring = old_story(title="到期")
        BasePage.objects.filter(pk=expiring.pk).update(expire_at=now + timedelta(hours=30))
        goes, expires = "Story · Goes live", "Story · Expires"
        assert rows(client, editor, "scheduled") == [("明天", goes), ("到期", expires), ("后天", goes)]
        assert rows(client, reporter, "scheduled") == [("明天", goes)]

    def test_what_should_have_happened_is_marked(self, client, editor):
        expiring = old_story(title="到期")
        BasePage.objects.filter(pk=expiring.pk).update(expire_at=timezone.now() - timedelta(hours=1))
        assert rows(client, editor, "scheduled") == [("到期", "Story · Expires Overdue")]
        run_due()
        assert rows(client, editor, "scheduled") == []

    def test_a_time_in_a_draft_is_no_schedule(self, client, editor):
        page = make_story(live=False, title="没有安排")
        page.go_live_at = timezone.now() + timedelta(days=1)
        page.save_revision(user=editor)
        assert rows(client, editor, "scheduled") == []


class TestToday:
    def test_what_went_live_and_who_did_it(self, client, editor, reporter):
        old_story(title="昨天")
        first = published(make_story(live=False, title="新的", owner=reporter), editor)
        published(old_story(title="旧的"), editor)
        by_command = published(make_story(live=False, title="没有人"))
        by = "by 建国"
        assert rows(client, editor, "live-today") == [
            ("没有人", "Story · New · by the system"),
            ("旧的", f"Story · Updated · {by}"),
            ("新的", f"Story · New · {by}"),
        ]
        assert titles(client, reporter, "live-today") == [first.title]
        by_command.unpublish()
        assert len(rows(client, editor, "live-today")) == 2

    def test_what_went_live_by_its_schedule(self, client, editor):
        page = make_story(live=False, title="定时")
        revision = page.save_revision(user=editor)
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=timezone.now() - timedelta(minutes=1))
        run_due()
        assert rows(client, editor, "live-today") == [("定时", "Story · New · by its schedule")]


class TestUntouched:
    def test_drafts_of_all_that_lie_the_longest_first(self, client, editor, reporter):
        draft(reporter, "八天", days=8)
        draft(editor, "三十天", days=30)
        draft(reporter, "六天", days=6)
        assert titles(client, editor, "untouched") == ["三十天", "八天"]
        assert titles(client, reporter, "untouched") == ["八天"]
        page = StoryPage.objects.get(draft_title="八天")
        published(page, editor)
        assert titles(client, reporter, "untouched") == []


class TestSelfCheck:
    def test_only_what_is_wrong(self, client, root):
        found = panels(client, root)["self-check"]
        names = [row.find(class_="home-name").text.split("\n")[0].strip() for row in found.find_all("li")]
        assert "Organiser" in names
        assert found.find("a", href=reverse("self_check"))
        assert all(row.find(class_="home-said").text.strip() != "Configured" for row in found.find_all("li"))

    def test_it_says_so_where_nothing_is(self, client, root, monkeypatch):
        monkeypatch.setattr(self_check, "all_findings", lambda _request: {})
        panel = panels(client, root)["self-check"]
        assert panel.find(class_="home-empty").text.startswith("Nothing is wrong")

    def test_the_mail_server_is_asked_once(self, client, root, monkeypatch):
        asked = []
        monkeypatch.setattr(mail, "is_set_up", lambda: True)
        monkeypatch.setattr(mail, "answers", lambda: bool(asked.append(1)))
        home(client, root)
        home(client, root)
        assert len(asked) == 1


class TestName:
    @pytest.mark.parametrize("group", ["Reporters", "Site managers", "Translators (fr)"])
    @pytest.mark.parametrize(("language", "name"), [("zh-hans", "江津教育"), ("en", "Jiangjin Education")])
    def test_of_the_portal_never_of_its_host(self, client, portal, group, language, name):
        take_up()
        Site.objects.update(hostname="127.0.0.1", site_name="")
        site = Site.objects.get()
        settings = PortalSettings.for_site(site)
        settings.name_en = "Jiangjin Education"
        settings.save()
        shown = home(client, member("somebody", group, language))
        assert shown.h1.text == name
        assert "127.0.0.1" not in shown.main.text

    def test_the_name_that_wagtail_has_for_it_comes_first(self, client, reporter):
        Site.objects.update(site_name="内网")
        assert home(client, reporter).h1.text == "内网"


def many(user, number):
    """So many drafts, schedules and publications, and old drafts, of one person."""
    pages = [make_story(title=f"第{n}篇", owner=user) for n in range(number)]
    now, keys = timezone.now(), [page.pk for page in pages]
    BasePage.objects.filter(pk__in=keys[::2]).update(has_unpublished_changes=True)
    BasePage.objects.filter(pk__in=keys[::4]).update(latest_revision_created_at=now - timedelta(days=9))
    BasePage.objects.filter(pk__in=keys[1::2]).update(expire_at=now + timedelta(days=1))
    Revision.objects.filter(pk__in=BasePage.objects.filter(pk__in=keys).values("latest_revision")).update(user=user)
    Revision.objects.filter(pk__in=BasePage.objects.filter(pk__in=keys[::3]).values("latest_revision")).update(
        approved_go_live_at=now + timedelta(days=2)
    )


@pytest.mark.parametrize(("group", "most"), [("Reporters", 29), ("Final review", 29), ("", 30)])
def test_many_stories_ask_as_much_as_a_few(client, portal, group, most):
    user = member("wer", group) if group else member("root", is_superuser=True)
    client.force_login(user)
    asked = []
    for number in (4, 60):
        many(user, number)
        client.get(reverse(HOME))
        stamp.forget()  # it is asked for twice a second
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse(HOME))
        asked.append(len(queries))
    assert asked == [most, most]
