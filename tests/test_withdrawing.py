"""Withdrawing and releasing in the admin: who may, what is asked, what is said."""

import pytest
from django.urls import reverse
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Site

from core.models import User
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from newsroom.models import Withdrawal
from newsroom.tests.factories import make_member, make_withdrawal

from .test_roles import post_of


pytestmark = pytest.mark.django_db

REASON = "学位数待核实"


@pytest.fixture(autouse=True)
def _english(settings):
    settings.WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English")]


@pytest.fixture
def story():
    return make_story(title="开学", slug="opening")


@pytest.fixture
def chief(client):
    return make_member("Final review", "chief", client)


@pytest.fixture
def client(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def url(page, name="wagtailadmin_pages:unpublish"):
    return reverse(name, args=[page.pk])


def bulk(*pages, action="unpublish"):
    ids = "&".join(f"id={page.pk}" for page in pages)
    return f"{reverse('wagtail_bulk_action', args=('core', 'basepage', action))}?{ids}"


def is_live(page):
    return StoryPage.objects.get(pk=page.pk).live


def told(answer):
    return answer.content.decode()


class TestOnePage:
    def test_asks_what_readers_find_and_why(self, story, client, chief):
        form = told(client.get(url(story)))
        assert all(f'value="{kind}"' in form for kind in ("error", "replaced", "checking"))
        assert 'name="reason"' in form
        assert "include_descendants" not in form
        assert "include_descendants" in told(client.get(url(make_index())))

    def test_is_withdrawn_and_says_so(self, story, client, chief):
        answer = client.post(url(story), {"kind": "checking", "reason": REASON}, follow=True)
        made = Withdrawal.objects.get()
        assert (is_live(story), made.kind, made.reason, made.by) == (False, "checking", REASON, chief)
        assert "“开学” is withdrawn." in told(answer)
        assert url(story, "withdrawal") in told(answer)

    def test_of_no_site_is_withdrawn_and_leads_nowhere(self, story, client, chief):
        Site.objects.get().delete()
        answer = client.post(url(story), {"kind": "error", "reason": REASON}, follow=True)
        assert "“开学” is withdrawn." in told(answer)
        shown = told(client.get(url(story, "withdrawal")))
        assert "Published in error" in shown
        assert "See it" not in shown

    def test_keeps_what_was_typed_and_says_beside_the_field_what_is_missing(self, story, client, chief):
        answer = client.post(url(story), {"kind": "replaced", "reason": REASON})
        assert answer.status_code == 200
        assert is_live(story)
        assert REASON in told(answer)
        assert "Choose the page that replaces it." in told(answer)
        assert answer.context["form"].errors.keys() == {"replacement"}
        assert client.post(url(story)).context["form"].errors.keys() == {"kind", "reason"}

    def test_is_replaced_by_what_readers_can_see_only(self, story, client, chief):
        draft, other = make_story(live=False), make_story(slug="new")
        for page in (draft, story):
            data = {"kind": "replaced", "reason": REASON, "replacement": page.pk}
            assert client.post(url(story), data).context["form"].errors.keys() == {"replacement"}
        client.post(url(story), {"kind": "replaced", "reason": REASON, "replacement": other.pk})
        assert Withdrawal.objects.get().replacement_id == other.pk

    def test_is_not_replaced_by_what_goes_with_it(self, story, client, chief):
        data = {"kind": "replaced", "reason": REASON, "replacement": story.pk, "include_descendants": "on"}
        assert client.post(url(make_index()), data).context["form"].errors.keys() == {"replacement"}
        assert is_live(story)

    def test_a_replacement_that_was_chosen_first_is_forgotten(self, story, client, chief):
        data = {"kind": "error", "reason": REASON, "replacement": make_story().pk}
        client.post(url(story), data)
        assert Withdrawal.objects.get().replacement is None

    @pytest.mark.parametrize("role", ["Reporters", "First review", "Second review", "Site managers"])
    def test_nobody_else_may_and_is_told_who(self, story, client, role):
        make_member(role, client=client)
        for answer in (client.get(url(story), follow=True), client.post(url(story), {"kind": "error"}, follow=True)):
            assert "Pages are withdrawn by a final reviewer." in told(answer)
        assert is_live(story)
        assert "Withdraw…" not in told(client.get(url(story, "wagtailadmin_pages:edit"), follow=True))

    def test_a_second_time_leads_to_what_was_done(self, story, client, chief):
        make_withdrawal(story)
        assert client.get(url(story)).url == url(story, "withdrawal")

    def test_another_address_goes_with_its_page_only(self, story, client, chief):
        alias = CreatePageAliasAction(story, parent=make_index().get_parent(), update_slug="other").execute()
        answer = client.post(url(alias), {"kind": "error", "reason": REASON}, follow=True)
        assert "another address of “开学”" in told(answer)
        assert is_live(alias)

    def test_the_buttons_are_there_for_who_may(self, story, client, chief):
        assert "Withdraw…" in told(client.get(url(story, "wagtailadmin_pages:edit")))
        assert "Withdraw…" in told(client.get(reverse("wagtailadmin_explore", args=[make_index().pk])))


class TestSeveral:
    def test_one_reason_for_all(self, story, client, chief):
        other = make_story()
        assert 'name="reason"' in told(client.get(bulk(story, other)))
        assert client.post(bulk(story, other)).status_code == 200
        assert is_live(story)
        client.post(bulk(story, other), {"kind": "error", "reason": REASON})
        assert (is_live(story), is_live(other)) == (False, False)
        assert set(Withdrawal.objects.values_list("reason", "by")) == {(REASON, chief.pk)}

    def test_not_by_one_of_them(self, story, client, chief):
        other = make_story()
        client.post(bulk(story, other), {"kind": "replaced", "reason": REASON, "replacement": other.pk})
        assert is_live(story)

    def test_what_cannot_be_withdrawn_is_named(self, story, client, chief):
        draft = make_story(title="草稿", live=False)
        page = told(client.get(bulk(story, draft)))
        assert "These are not published" in page
        assert "草稿" in page

    def test_nobody_else_may(self, story, client):
        make_member("Site managers", client=client)
        assert "Pages are withdrawn by a final reviewer." in told(client.get(bulk(story)))
        client.post(bulk(story), {"kind": "error", "reason": REASON})
        assert is_live(story)


class TestOtherWays:
    def test_the_api_of_the_admin_asks_for_a_reason(self, story, client, chief):
        path = f"/admin/api/main/pages/{story.pk}/action/unpublish/"
        answer = client.post(path, {}, content_type="application/json")
        assert (answer.status_code, is_live(story)) == (400, True)
        assert "why" in told(answer)

    def test_what_is_live_is_withdrawn_before_it_is_deleted(self, story, client, chief):
        answer = client.post(url(story, "wagtailadmin_pages:delete"))
        assert answer.url == url(story)
        assert "Withdraw it first" in told(client.get(answer.url))
        client.post(bulk(story, action="delete"))
        client.post(url(make_index(), "wagtailadmin_pages:delete"))
        assert is_live(story)
        make_withdrawal(story)
        client.post(url(story, "wagtailadmin_pages:delete"))
        assert not StoryPage.objects.filter(pk=story.pk).exists()

    def test_a_site_manager_deletes_nothing_that_is_live(self, story, client):
        make_member("Site managers", client=client)
        answer = client.post(url(story, "wagtailadmin_pages:delete"), follow=True)
        assert "A final reviewer must withdraw it" in told(answer)
        client.post(bulk(story, action="delete"))
        assert is_live(story)


class TestReleasing:
    @pytest.fixture
    def withdrawn(self, story, chief):
        make_withdrawal(story, "checking", user=chief, reason=REASON)
        return story

    def test_the_form_of_the_page_says_what_happened_and_leads_there(self, withdrawn, client):
        page = told(client.get(url(withdrawn, "wagtailadmin_pages:edit")))
        assert REASON in page
        assert url(withdrawn, "withdrawal") in page

    def test_brings_it_back(self, withdrawn, client):
        assert REASON in told(client.get(url(withdrawn, "withdrawal")))
        answer = client.post(url(withdrawn, "withdrawal"), {"act": "release"})
        assert answer.context["form"].errors.keys() == {"reason"}
        client.post(url(withdrawn, "withdrawal"), {"act": "release", "reason": "无误"})
        assert is_live(withdrawn)
        assert client.get(url(withdrawn, "withdrawal")).url == url(withdrawn, "wagtailadmin_pages:edit")

    def test_or_lets_a_corrected_version_be_published(self, withdrawn, client, chief):
        client.post(url(withdrawn, "withdrawal"), {"act": "open", "reason": "已更正"})
        assert not is_live(withdrawn)
        assert Withdrawal.objects.get().opened_by == chief
        form = client.get(url(withdrawn, "withdrawal")).context["form"]
        assert [value for value, _label in form.fields["act"].choices] == ["release"]

    def test_says_why_it_cannot_be_shown_as_it_was(self, withdrawn, client):
        made = Withdrawal.objects.get()
        made.content["title"] = made.content["title_zh_hans"] = ""
        made.save()
        answer = client.post(url(withdrawn, "withdrawal"), {"act": "release", "reason": "无误"})
        assert answer.status_code == 200
        assert answer.context["form"].non_field_errors()
        assert not is_live(withdrawn)

    def test_others_see_it_and_do_not_release(self, withdrawn, client):
        make_member("First review", client=client)
        assert "Pages are released by a final reviewer." in told(client.get(url(withdrawn, "withdrawal")))
        client.post(url(withdrawn, "withdrawal"), {"act": "release", "reason": "无误"})
        assert not is_live(withdrawn)
        make_member("Reporters", client=client)
        assert client.get(url(withdrawn, "withdrawal")).status_code == 302

    def test_publishing_with_the_form_keeps_the_draft_and_says_why(self, withdrawn, client):
        page = StoryPage.objects.get(pk=withdrawn.pk)
        data = post_of(page) | {"title": "改题", "action-publish": "1"}
        answer = client.post(url(withdrawn, "wagtailadmin_pages:edit"), data, follow=True)
        assert "This page is withdrawn." in told(answer)
        page = StoryPage.objects.get(pk=withdrawn.pk)
        assert (page.live, page.get_latest_revision_as_object().title) == (False, "改题")


def test_a_superuser_may(story, client):
    client.force_login(User.objects.create_superuser("root"))
    client.post(url(story), {"kind": "error", "reason": REASON})
    assert not is_live(story)


class TestTheReport:
    def test_names_what_is_withdrawn_why_and_by_whom(self, story, client, chief):
        make_withdrawal(story, "checking", user=chief, reason=REASON)
        report = told(client.get(reverse("withdrawn_pages")))
        assert all(word in report for word in ("开学", REASON, "chief", url(story, "withdrawal")))
        assert "开学" not in told(client.get(reverse("withdrawn_pages_results") + "?kind=error"))
        assert "开学" not in told(client.get(reverse("withdrawn_pages_results") + "?ended_at=true"))
        assert REASON in b"".join(client.get(reverse("withdrawn_pages") + "?export=csv")).decode()
        assert reverse("withdrawn_pages") in told(client.get(reverse("wagtailadmin_home")))

    def test_says_what_would_be_there(self, client, chief):
        words = "A page that is withdrawn stands here"
        assert words in told(client.get(reverse("withdrawn_pages")))
        assert words not in told(client.get(reverse("withdrawn_pages_results") + "?kind=error"))

    def test_is_for_those_who_may_withdraw(self, story, client):
        make_member("Site managers", client=client)
        assert client.get(reverse("withdrawn_pages")).status_code == 302
