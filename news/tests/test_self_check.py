"""The list in which site managers see what a portal in China is expected to have."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from wagtail.models import Site
from wagtail.users.models import UserProfile

from core.editing.self_check import State, all_findings
from core.models import BasePage, PortalSettings, User
from core.roles import sync
from news.choices import StoryKind
from news.models import StoryPage
from news.tests.factories import make_index, make_standard_page, make_story, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_image, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def found(rf):
    """`found()`: state and advice by name."""

    def look():
        with translation.override("en"):
            groups = all_findings(rf.get("/"))
        return {each.name: (each.state, each.advice) for findings in groups.values() for each in findings}

    return look


def portal(**values):
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    PortalSettings.objects.filter(pk=settings.pk).update(**values)


def age(story, days):
    moment = timezone.now() - timedelta(days=days)
    StoryPage.objects.filter(pk=story.pk).update(first_published_at=moment)


def test_what_is_not_set_is_missing_and_what_is_set_is_in_order(found):
    make_home()
    assert found()["Government site code"][0] is State.MISSING
    portal(site_code="5001160000", security_contact="mailto:a@example.org", security_expires=timezone.localdate())
    now = found()
    assert now["Government site code"] == (State.OK, "")
    assert now["Contact for security reports"][0] is State.OK


def test_pictures_whose_sizes_could_not_be_made_are_named(found):
    make_home()
    image = make_image(title="运动会")
    assert found()["Sizes of pictures"] == (State.OK, "")
    type(image).objects.update(lacks_sizes=True)
    state, advice = found()["Sizes of pictures"]
    assert state is State.ATTENTION
    assert "运动会" in advice


def test_what_was_stored_in_a_wrong_form_needs_attention(found):
    make_home()
    portal(icp_number="12345678", badge_url="http://example.org/")
    now = found()
    assert now["ICP filing number"][0] is State.ATTENTION
    assert "渝ICP备12345678号" in now["ICP filing number"][1]
    assert now["Address of the government site badge"][0] is State.ATTENTION


def test_a_contact_that_has_expired_needs_attention(found):
    make_home()
    portal(security_contact="mailto:a@example.org", security_expires=timezone.localdate() - timedelta(days=1))
    assert found()["Contact for security reports"][0] is State.ATTENTION


def test_a_statement_that_readers_cannot_see_needs_attention(found):
    page = make_standard_page()
    portal(accessibility_page=page)
    assert found()["Link to the accessibility statement"][0] is State.OK
    BasePage.objects.filter(pk=page.pk).update(live=False)
    assert found()["Link to the accessibility statement"][0] is State.ATTENTION


@pytest.mark.parametrize(
    ("kind", "name", "fresh", "stale"),
    [(StoryKind.NEWS, "Newest story", 13, 15), (StoryKind.NOTICE, "Newest notice", 180, 190)],
)
def test_columns_grow_stale(found, kind, name, fresh, stale):
    make_index()
    assert found()[name][0] is State.ATTENTION
    story = make_story(kind=kind)
    age(story, fresh)
    assert found()[name] == (State.OK, "")
    age(story, stale)
    assert found()[name][0] is State.ATTENTION
    StoryPage.objects.filter(pk=story.pk).update(live=False)
    assert "There is none." in found()[name][1]


def test_stories_that_lack_something_are_counted(found):
    bare, image = make_story(), make_image()
    make_story(credit_line="江津日报", picture=image, picture_alt="校门")
    make_story(credit_line="江津日报", picture=image)
    make_story(live=False)
    now = found()
    assert now["Source of each story"] == (State.ATTENTION, "1 stories name no source (来源).")
    assert now["Alternative text of lead pictures"][1].startswith("1 stories")
    assert now["Lead picture of each story"][1].startswith("1 stories")
    assert now["Descriptions of pictures"][1].startswith("1 pictures")
    image.description = "校门"
    image.save()
    bare.credit_line, bare.picture = "江津日报", image
    bare.save_revision().publish()
    now = found()
    for name in ("Source of each story", "Alternative text of lead pictures", "Lead picture of each story"):
        assert now[name] == (State.OK, ""), name


def test_an_empty_column_needs_attention(found):
    make_index(SchoolIndexPage, title="学校目录", slug="schools")
    assert found()["学校目录"][0] is State.ATTENTION
    make_school()
    assert found()["学校目录"][0] is State.OK


def test_what_a_language_lacks_is_named(found):
    index = make_index()
    assert "栏目" in found()["English"][1]
    translate(index)
    assert "栏目" not in found()["English"][1]


def test_addresses(found, settings):
    make_home()
    settings.WAGTAILADMIN_BASE_URL = "http://127.0.0.1:8000"
    now = found()
    assert now["Address of the site"][0] is State.MISSING
    assert now["Encrypted connection (HTTPS)"][0] is State.MISSING
    settings.WAGTAILADMIN_BASE_URL = "https://jiangjin.example"
    assert found()["The two addresses agree"][0] is State.ATTENTION
    Site.objects.update(hostname="jiangjin.example")
    now = found()
    for name in ("Address of the site", "The two addresses agree", "Encrypted connection (HTTPS)"):
        assert now[name][0] is State.OK, name


def test_a_site_without_a_front_page_is_told_so(found):
    BasePage.objects.filter(depth__gt=1).update(live=False)
    assert found()["Front page"][0] is State.MISSING


class TestView:
    def member(self, client, name, language="en"):
        make_story()
        sync()
        user = User.objects.create_user("member", password="demo")
        user.groups.add(Group.objects.get(name=name))
        UserProfile.objects.create(user=user, preferred_language=language)
        client.force_login(user)

    @pytest.mark.parametrize("language", ["en", "zh-hans"])
    def test_site_managers_see_it_and_find_it_in_the_menu(self, client, language):
        self.member(client, "Site managers", language)
        page = client.get(reverse("self_check"))
        assert page.status_code == 200
        assert reverse("wagtailsettings:edit", args=["core", "portalsettings", Site.objects.get().pk]) in (
            page.content.decode()
        )
        assert reverse("self_check") in client.get(reverse("wagtailadmin_home")).content.decode()

    @pytest.mark.parametrize("name", ["Reporters", "Final review", "Data officers", "Translators (en)"])
    def test_nobody_else_does(self, client, name):
        self.member(client, name)
        assert client.get(reverse("self_check")).status_code == 302
        assert reverse("self_check") not in client.get(reverse("wagtailadmin_home")).content.decode()

    def test_the_number_of_queries_is_fixed(self, rf):
        request = rf.get("/")
        counts = []
        for _round in range(2):
            for _number in range(3):
                make_story(picture=make_image())
                make_school()
            all_findings(request)
            with CaptureQueriesContext(connection) as queries:
                all_findings(request)
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 15

    def test_it_changes_nothing(self, client):
        self.member(client, "Site managers")
        client.get(reverse("self_check"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("self_check"))
        assert len([each for each in queries if not each["sql"].startswith(("SAVEPOINT", "RELEASE"))]) <= 25
        assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
