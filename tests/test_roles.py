"""What each group can and cannot do. Wagtail answers a denial with a redirect, so the database is looked at too."""

from io import StringIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from core.languages import TARGETS
from core.models import BasePage, Language, SiteNotice, User
from core.roles import all_roles, language_permissions, sync
from core.segments import extract
from languages.publishing.loading import load
from news.tests.factories import make_story


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run():
    out = StringIO()
    call_command("sync_roles", stdout=out)
    return out.getvalue()


def state():
    return (
        sorted(Group.objects.values_list("name", "permissions__codename", "permissions__content_type"), key=str),
        sorted(GroupPagePermission.objects.values_list("group", "page", "permission")),
        sorted(GroupCollectionPermission.objects.values_list("group", "collection", "permission")),
    )


@pytest.fixture(scope="module")
def stored_story(lasting):
    story = make_story()
    sync()
    return story


@pytest.fixture
def site(stored_story):
    """A front page with a news section and a story of somebody else in it."""
    return type(stored_story).objects.get(pk=stored_story.pk)


def member(name, client=None):
    user = User.objects.create_user(name.lower().replace(" ", "-"), password="demo")
    user.groups.add(Group.objects.get(name=name))
    if client:
        client.force_login(user)
    return user


class TestSync:
    def test_every_group_of_the_contract(self, site):
        names = {"Reporters", "First review", "Second review", "Final review", "Data officers", "Site managers"}
        for code in TARGETS:
            names |= {f"Translators ({code})", f"Translation publishers ({code})"}
        assert set(Group.objects.values_list("name", flat=True)) == names

    def test_a_second_run_changes_nothing(self, site):
        before = state()
        assert "Nothing to change." in run()
        assert state() == before

    def test_it_adds_what_is_missing_and_removes_what_is_too_much(self, site):
        before = state()
        reporters = Group.objects.get(name="Reporters")
        reporters.permissions.clear()
        reporters.permissions.add(Permission.objects.get(codename="change_user"))
        publish = Permission.objects.get(codename="publish_basepage")
        GroupPagePermission.objects.create(group=reporters, page=site.get_parent(), permission=publish)
        Group.objects.get(name="Final review").page_permissions.all().delete()
        GroupCollectionPermission.objects.filter(group=reporters).delete()
        out = run()
        assert state() == before
        assert "+ Reporters: wagtailadmin.access_admin" in out
        assert "- Reporters: core.change_user" in out
        assert "- Reporters: publish_basepage on" in out
        assert "+ Final review: publish_basepage on" in out
        assert "+ Reporters: add wagtailimages.Image" in out


class TestNobody:
    def test_but_superusers_changes_users_or_groups(self, site):
        risky = Permission.objects.filter(content_type__model__in=["user", "group", "permission"])
        assert risky.exists()
        assert not risky.filter(group__isnull=False).exists()

    @pytest.mark.parametrize("name", [role.name for role in all_roles()])
    def test_of_the_groups_opens_the_users(self, site, client, name):
        member(name, client)
        assert client.get(reverse("wagtailadmin_home")).status_code == 200
        count = User.objects.count()
        data = {"username": "x", "password1": "a-long-secret", "password2": "a-long-secret", "is_superuser": "on"}
        assert client.post(reverse("wagtailusers_users:add"), data).status_code == 302
        assert User.objects.count() == count

    def test_but_final_review_and_site_managers_publishes_pages(self, site):
        publish = GroupPagePermission.objects.filter(permission__codename="publish_basepage")
        assert set(publish.values_list("group__name", flat=True)) == {"Final review", "Site managers"}


def rights(user, page):
    tester = page.permissions_for_user(user)
    names = ("can_add_subpage", "can_edit", "can_publish", "can_delete")
    return [name for name in names if getattr(tester, name)()]


class TestReporters:
    def test_write_and_edit_their_own(self, site):
        user = member("Reporters")
        assert rights(user, site.get_parent().specific) == ["can_add_subpage"]
        assert rights(user, site) == []
        site.owner = user
        assert rights(user, site) == ["can_edit"]

    def test_cannot_publish_what_they_write(self, site, client):
        user = member("Reporters", client)
        own = site.get_parent().add_child(instance=type(site)(title="我的", slug="mine", owner=user, live=False))
        own.save_revision()
        data = post_of(own) | {"title": "改题", "slug": "mine", "action-publish": "1"}
        client.post(reverse("wagtailadmin_pages:edit", args=(own.pk,)), data)
        own.refresh_from_db()
        assert (own.live, own.live_revision, own.first_published_at, own.draft_title) == (False, None, None, "改题")

    def test_cannot_touch_the_story_of_another(self, site, client):
        member("Reporters", client)
        response = client.post(reverse("wagtailadmin_pages:edit", args=(site.pk,)), post_of(site) | {"title": "改"})
        assert response.status_code == 302
        client.post(reverse("wagtailadmin_pages:delete", args=(site.pk,)))
        client.post(reverse("wagtailadmin_pages:unpublish", args=(site.pk,)))
        after = type(site).objects.get(pk=site.pk)
        assert (after.live, after.title, after.draft_title, after.revisions.count()) == (
            True,
            site.title,
            site.draft_title,
            1,
        )

    def test_add_pictures(self, site, client):
        member("Reporters", client)
        assert client.get(reverse("wagtailimages:add")).status_code == 200

    def test_cannot_write_outside_of_the_news(self, site):
        front = site.get_parent().get_parent().specific
        assert rights(member("Reporters"), front) == []


class TestReviewers:
    @pytest.mark.parametrize("name", ["First review", "Second review"])
    def test_correct_and_do_not_publish(self, site, client, name):
        user = member(name, client)
        assert rights(user, site) == ["can_edit"]
        client.post(reverse("wagtailadmin_pages:unpublish", args=(site.pk,)))
        assert type(site).objects.get(pk=site.pk).live

    def test_the_final_review_publishes(self, site, client):
        user = member("Final review", client)
        assert rights(user, site) == ["can_edit", "can_publish", "can_delete"]
        said = {"kind": "checking", "reason": "数字待核实"}
        client.post(reverse("wagtailadmin_pages:unpublish", args=(site.pk,)), said)
        assert not type(site).objects.get(pk=site.pk).live


class TestNotices:
    """Notices at the top of every page: urgent, so the final review and site managers put them up, and nobody else."""

    @pytest.mark.parametrize("name", ["Final review", "Site managers"])
    def test_are_put_up_changed_and_deleted_by(self, site, client, name):
        member(name, client)
        client.post(reverse("wagtailsnippets_core_sitenotice:add"), notice_form("停课"))
        notice = SiteNotice.objects.get()
        client.post(reverse("wagtailsnippets_core_sitenotice:edit", args=(notice.pk,)), notice_form("复课"))
        notice.refresh_from_db()
        assert notice.text == "复课"
        client.post(reverse("wagtailsnippets_core_sitenotice:delete", args=(notice.pk,)))
        assert not SiteNotice.objects.exists()

    @pytest.mark.parametrize("name", [r.name for r in all_roles() if r.name not in ("Final review", "Site managers")])
    def test_are_not_put_up_by(self, site, client, name):
        member(name, client)
        assert client.post(reverse("wagtailsnippets_core_sitenotice:add"), notice_form("停课")).status_code == 302
        assert not SiteNotice.objects.exists()


class TestDataOfficers:
    def test_keep_figures_and_publish_metrics(self, site):
        user = member("Data officers")
        for model in apps.get_app_config("metrics").get_models():
            name = model._meta.model_name
            if name not in ("metricspage", "pastvalue"):  # a past value is written by the portal alone
                assert user.has_perms([f"metrics.{action}_{name}" for action in ("add", "change", "delete", "view")]), (
                    name
                )
        assert user.has_perms(["metrics.publish_metric", "metrics.publish_observation"])

    def test_add_a_unit_and_no_town(self, site, client):
        member("Data officers", client)
        unit, town = apps.get_model("metrics.Unit"), apps.get_model("schools.Town")
        client.post(reverse("wagtailsnippets_metrics_unit:add"), {"symbol": "个", "key": "place", "kind": "count"})
        client.post(reverse("wagtailsnippets_schools_town:add"), {"name": "双福", "key": "shuangfu"})
        assert (unit.objects.count(), town.objects.count()) == (1, 0)
        assert client.get(reverse("wagtailsnippets_schools_town:list")).status_code == 200

    def test_have_no_pages(self, site):
        assert rights(member("Data officers"), site) == []


class TestTranslators:
    @pytest.mark.parametrize("code", TARGETS)
    def test_of_a_language(self, site, code):
        translator, publisher = member(f"Translators ({code})"), member(f"Translation publishers ({code})")
        glossary = {f"languages.{action}_term" for action in ("add", "change", "view")}
        if code == "zh-hant":  # written automatically, by a list of phrases
            glossary |= {f"languages.{action}_phrase" for action in ("add", "change", "delete", "view")}
        assert translator.get_all_permissions() == {
            "wagtailadmin.access_admin",
            f"core.translate_{code}",
            *glossary,
        }
        assert publisher.has_perms(glossary)
        assert publisher.has_perms([f"core.translate_{code}", f"core.publish_translation_{code}"])
        assert rights(translator, site) == rights(publisher, site) == []

    def test_cannot_edit_or_see_drafts(self, site, client):
        member("Translators (en)", client)
        for name in ("edit", "view_draft", "history", "copy"):
            assert client.get(reverse(f"wagtailadmin_pages:{name}", args=(site.pk,))).status_code == 302

    def test_add_and_change_terms_and_delete_none(self, site, client):
        member("Translators (en)", client)
        assert client.get(reverse("wagtailsnippets_languages_term:list")).status_code == 200
        add = reverse("wagtailsnippets_languages_term:add")
        client.post(add, term_form("学位"))
        term = apps.get_model("languages.Term").objects.get()
        edit = reverse("wagtailsnippets_languages_term:edit", args=(term.pk,))
        client.post(edit, term_form("学位") | {"note": "座位"})
        assert client.post(edit, term_form("学位数")).status_code == 200  # it holds for every language: refused
        client.post(reverse("wagtailsnippets_languages_term:delete", args=(term.pk,)))
        term.refresh_from_db()
        assert (term.source, term.note) == ("学位", "座位")

    @pytest.mark.parametrize("name", ["Reporters", "Final review", "Data officers"])
    def test_alone_with_site_managers_keep_the_glossary(self, site, client, name):
        member(name, client)
        client.post(reverse("wagtailsnippets_languages_term:add"), term_form("学位"))
        assert not apps.get_model("languages.Term").objects.exists()

    def test_permissions_show_in_the_form_of_a_group(self, site, admin_client):
        page = admin_client.get(
            reverse("wagtailusers_groups:edit", args=(Group.objects.get(name="Translators (en)").pk,))
        )
        assert page.status_code == 200
        for permission in language_permissions():
            assert f'value="{permission.pk}"' in page.content.decode()
        assert language_permissions().count() == 2 * len(TARGETS) == 2 * (len(settings.LANGUAGES) - 1)


class TestSiteManagers:
    def test_run_the_site(self, site, client):
        user = member("Site managers", client)
        assert rights(user, site) == ["can_edit", "can_publish", "can_delete"]
        urls = ["wagtailsnippets_core_language:list", "wagtailsnippets_schools_town:add", "wagtailredirects:index"]
        urls += ["wagtailsnippets_languages_term:add"]
        for url in [*urls, "wagtailimages:index", "wagtaildocs:index", "wagtailadmin_collections:index"]:
            assert client.get(reverse(url)).status_code == 200, url

    def test_open_a_language(self, site, client):
        member("Site managers", client)
        for page in BasePage.objects.filter(depth__in=(2, 3)).specific():
            load(page, "fr", {segment.path: f"[fr] {segment.text}" for segment in extract(page)})
        client.post(reverse("languages_language_action", args=["fr"]), {"act": "open"})
        assert Language.objects.get(code="fr").is_open

    @pytest.mark.parametrize("name", ["Final review", "Data officers", "Translation publishers (fr)"])
    def test_alone_open_a_language(self, site, client, name):
        member(name, client)
        french = Language.objects.get(code="fr")
        client.post(reverse("languages_language_action", args=["fr"]), {"act": "open"})
        client.post(reverse("wagtailsnippets_core_language:edit", args=(french.pk,)), {"is_open": "on", "order": "3"})
        assert not Language.objects.get(code="fr").is_open


def notice_form(text):
    return {"text": text, "level": "urgent", "order": "0"}


def term_form(source):
    """The least that the form of a term needs."""
    counts = {f"targets-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return counts | {"source": source, "subject": "other"}


def post_of(page):
    """The least that the edit form of a story needs."""
    formsets = ("byline", "added_schools", "added_programmes", "added_observations", "comments")
    counts = {f"{name}-{each}_FORMS": "0" for name in formsets for each in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    return counts | {"title": page.title, "slug": page.slug, "kind": "news", "body-count": "0"}


class TestSiteHistory:
    """It names who did what on the whole site."""

    @pytest.mark.parametrize(("group", "is_allowed"), [("Reporters", False), ("Site managers", True)])
    def test_those_who_run_the_site_see_it(self, client, site, group, is_allowed):
        member(group, client)
        for name in ("site_history", "site_history_results"):
            seen = client.get(reverse(f"wagtailadmin_reports:{name}"))
            assert seen.status_code == (200 if is_allowed else 302), name
        menu = client.get(reverse("wagtailadmin_home")).content.decode()
        assert ("/admin/reports/site-history/" in menu) is is_allowed
