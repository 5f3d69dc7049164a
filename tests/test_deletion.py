"""Whatever is in use stays, whichever way somebody tries to delete it, and they are told what uses it."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils import translation
from wagtail.models import ReferenceIndex

from core.editing.deletion import refusal, users_of
from core.models import BasePage, User
from core.roles import sync
from metrics.models import Metric, Period, Theme
from metrics.tests.factories import make_metric, make_observation
from news.models import StandardPage, Topic
from news.tests.factories import make_index, make_standard_page, make_story, publish
from schools.models import Organisation, Town
from schools.tests.factories import make_home, make_organisation, make_school


pytestmark = pytest.mark.django_db


def link(page):
    return [("text", f'<p data-block-key="a1">见<a linktype="page" id="{page.pk}">此</a></p>')]


def page_url(name, page):
    return reverse(f"wagtailadmin_pages:{name}", args=(page.pk,))


def bulk_url(app, model, *objects):
    ids = "&".join(f"id={obj.pk}" for obj in objects)
    return f"{reverse('wagtail_bulk_action', args=(app, model, 'delete'))}?{ids}"


def told(client, response):
    """The page that a refusal leads to."""
    assert response.status_code == 302
    return client.get(response.url).content.decode()


class TestUsers:
    def test_a_free_thing_has_none(self):
        assert users_of([make_standard_page(), make_organisation()]) == []

    def test_links_of_the_body(self):
        target = make_standard_page()
        story = make_story(body=link(target))
        assert users_of([target]) == [BasePage.objects.get(pk=story.pk)]

    def test_a_link_to_itself_does_not_count(self):
        page = make_standard_page()
        page.body = link(page)
        publish(page)
        assert users_of([page]) == []

    def test_links_inside_of_what_goes_do_not_count_and_links_from_outside_do(self):
        parent = make_standard_page()
        child = parent.add_child(instance=StandardPage(title="子页", slug="child"))
        parent.body = link(child)
        publish(parent)
        parent.refresh_from_db()
        assert users_of([parent]) == []
        assert users_of([child]) == [BasePage.objects.get(pk=parent.pk)]
        outside = make_story(body=link(child))
        assert users_of([parent]) == [BasePage.objects.get(pk=outside.pk)]

    def test_two_that_use_each_other_go_together(self):
        one, two = make_standard_page(), make_standard_page()
        one.body = link(two)
        publish(one)
        assert users_of([two]) == [BasePage.objects.get(pk=one.pk)]
        assert users_of([one, two]) == []

    def test_a_protecting_key_counts_even_if_the_index_lost_it(self):
        figure = make_observation()
        ReferenceIndex.objects.all().delete()
        assert users_of([figure.period]) == [figure]
        assert users_of([figure.metric.theme]) == [figure.metric]

    def test_an_index_entry_of_something_gone_does_not(self):
        target = make_standard_page()
        make_story(body=link(target))
        ReferenceIndex.get_references_to(target).update(object_id="999999")
        assert users_of([target]) == []

    def test_a_many_to_many_field_counts(self):
        topic = Topic.objects.create(key="t", name="题")
        story = make_story(topics=[topic])
        assert users_of([topic]) == [story]

    def test_a_redirect_goes_along(self):
        page = make_standard_page()
        BasePage.redirect_set.rel.related_model.objects.create(old_path="/old", redirect_page=page)
        assert users_of([page]) == []

    def test_the_site_uses_its_front_page(self):
        home = make_home()
        assert [type(user).__name__ for user in users_of([home])] == ["Site"]

    def test_what_only_a_draft_refers_to_is_not_known_to_be_used(self):
        target, story = make_standard_page(), make_story()
        story.body = link(target)
        story.save_revision()
        assert users_of([target]) == []


class TestViews:
    def test_a_page(self, admin_client):
        target = make_standard_page()
        story = make_story(body=link(target), title="用它的<b>报道</b>")
        for method in (admin_client.get, admin_client.post):
            response = method(page_url("delete", target))
            assert response.url == page_url("usage", target)
            page = told(admin_client, response)
            assert f'<a href="{page_url("edit", story)}">用它的&lt;b&gt;报道&lt;/b&gt;</a>' in page
        assert StandardPage.objects.filter(pk=target.pk).exists()

    def test_pages_in_bulk(self, admin_client):
        free, used = make_standard_page(), make_standard_page()
        make_story(body=link(used))
        response = admin_client.post(bulk_url("core", "basepage", free, used))
        assert response.url == page_url("usage", used)
        assert StandardPage.objects.count() == 2

    def test_pages_in_bulk_that_are_free_go(self, admin_client):
        pages = make_standard_page(), make_standard_page()
        for page in pages:
            page.unpublish()
        admin_client.post(bulk_url("core", "basepage", *pages))
        assert StandardPage.objects.count() == 0

    def test_a_school_with_figures_in_bulk_and_below_its_directory(self, admin_client):
        school = make_school()
        make_observation(subject_school=school)
        admin_client.post(bulk_url("core", "basepage", school))
        admin_client.post(page_url("delete", school.get_parent()))
        assert type(school).objects.filter(pk=school.pk).exists()

    def test_a_snippet(self, admin_client):
        figure = make_observation()
        url = reverse("wagtailsnippets_metrics_period:delete", args=(figure.period.pk,))
        for method in (admin_client.get, admin_client.post):
            response = method(url)
            assert response.url == reverse("wagtailsnippets_metrics_period:usage", args=(figure.period.pk,))
            assert reverse("wagtailsnippets_metrics_observation:edit", args=(figure.pk,)) in told(
                admin_client, response
            )
        assert Period.objects.filter(pk=figure.period.pk).exists()

    def test_snippets_in_bulk(self, admin_client):
        used, free = make_metric(), make_metric()
        make_observation(metric=used)
        for method in (admin_client.get, admin_client.post):
            assert method(bulk_url("metrics", "metric", free, used)).status_code == 302
        assert Metric.objects.count() == 2
        admin_client.post(bulk_url("metrics", "metric", free))
        assert list(Metric.objects.all()) == [used]

    def test_all_of_a_listing_in_bulk(self, admin_client):
        make_observation()
        assert (
            admin_client.post(
                reverse("wagtail_bulk_action", args=("metrics", "theme", "delete")) + "?id=all"
            ).status_code
            == 302
        )
        assert Theme.objects.count() == 1

    def test_the_action_needs_the_right_before_it_names_anything(self, client):
        target = make_standard_page()
        make_story(body=link(target), title="机密")
        user = User.objects.create_user("nobody", password="demo")
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
        client.force_login(user)
        assert "机密" not in told(client, client.post(page_url("delete", target)))
        assert StandardPage.objects.filter(pk=target.pk).exists()


class TestMessage:
    def test_names_a_few_and_counts_the_rest(self, admin_user):
        town = Town.objects.create(key="t", name="双福")
        schools = [make_school(town=town, title=f"学校{n}") for n in range(5)]
        with translation.override("en"):
            text = refusal(admin_user, town, users_of([town]))
        assert text.count("<a ") == 3
        assert "2 more" in text
        assert all(page_url("edit", school) in text for school in schools[:3])

    def test_does_not_name_what_the_reader_may_not_edit(self):
        make_story()
        sync()
        user = User.objects.create_user("data", password="demo")
        user.groups.add(Group.objects.get(name="Data officers"))
        story = make_story(title="机密")
        with translation.override("en"):
            text = refusal(user, make_metric(), [story])
        assert "机密" not in text
        assert "1 object" in text

    def test_escapes_names(self, admin_user):
        body = Organisation.objects.create(key="o", name="<script>x</script>")
        assert "<script>" not in refusal(admin_user, body, [body])

    def test_is_in_the_language_of_the_admin(self, admin_user):
        with translation.override("en"):
            assert "is in use and was not deleted" in refusal(admin_user, make_index(), [])
