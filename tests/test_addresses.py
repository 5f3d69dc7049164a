"""Addresses: how a page gets one, what becomes of it when it changes, and that a page has one only."""

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, get_page_models
from wagtail.test.utils.form_data import nested_form_data, streamfield

from core.models import BasePage, User
from core.models.forms import PortalPageForm
from news.models import StandardPage, StoryPage
from news.tests.factories import make_index, make_story, publish, translate
from schools.models import SchoolPage
from schools.tests.factories import make_school

from .forms import form_data


pytestmark = pytest.mark.django_db
CANONICAL = 'rel="canonical" href="http://testserver/news/{}/"'
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture
def editor(client):
    client.force_login(User.objects.create_superuser("admin"))
    return client


def typed(**own):
    return form_data(StoryPage, title="", slug="") | nested_form_data({"body": streamfield([])}) | own


def create(editor, **own):
    """An autosave of a new page; the page and what the open form is told."""
    answer = editor.post(
        reverse("wagtailadmin_pages:add", args=["news", "storypage", make_index().pk]), typed(**own), **JSON
    )
    return StoryPage.objects.latest("pk"), answer.json()


def save(editor, page, **own):
    answer = editor.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(**own), **JSON)
    page.refresh_from_db()
    return answer.json()


# Proposals --------------------------------------------------------------------------------------


def test_the_address_follows_the_title_until_readers_see_it(editor):
    page, told = create(editor, title="2027年")
    assert (page.slug, told["field_updates"]["slug"]) == ("2027-nian", "2027-nian")
    told = save(editor, page, title="2027年重庆招生", slug="2027-nian")
    assert (page.slug, told["field_updates"]["slug"]) == ("2027-nian-chongqing-zhaosheng",) * 2
    publish(page)
    save(editor, page, title="招生开始", slug=page.slug)
    assert page.get_latest_revision_as_object().slug == "2027-nian-chongqing-zhaosheng"


def test_a_typed_address_stays(editor):
    page, _told = create(editor, title="开学", slug="first-day")
    save(editor, page, title="开学典礼", slug="first-day")
    assert page.slug == "first-day"
    save(editor, page, title="开学典礼", slug="2027")
    assert page.slug == "2027"


def test_an_address_that_is_taken_gets_a_number_and_keeps_it(editor):
    make_story(slug="kaixue")
    page, _told = create(editor, title="开学")
    assert page.slug == "kaixue-2"
    save(editor, page, title="开学", slug="kaixue-2")
    assert page.slug == "kaixue-2"


@pytest.mark.parametrize("title", ["2027", "！！"])
def test_a_title_that_says_nothing_is_named_by_the_day(editor, title):
    page, _told = create(editor, title=title)
    day = f"{timezone.localdate():%Y%m%d}"
    assert page.slug == day
    save(editor, page, title="开学", slug=day)
    assert page.slug == "kaixue"


@pytest.mark.parametrize("model", [each for each in get_page_models() if each is not BasePage])
def test_pages_of_every_type_have_our_form(model):
    assert issubclass(model.get_edit_handler().get_form_class(), PortalPageForm)


def slug_from_form(**typed):
    """Of a page below the front page."""
    form_class = StandardPage.get_edit_handler().get_form_class()
    form = form_class(instance=StandardPage(), parent_page=make_index().get_parent())
    form.cleaned_data = typed
    return form.clean_slug()


@pytest.mark.parametrize("slug", ["search", "en", "zh-hant", "sitemap"])
def test_an_address_at_which_no_page_is_shown_is_refused(slug):
    with pytest.raises(ValidationError, match="此标识已用作本网站另一页面的网址"):
        slug_from_form(title="页面", slug=slug)
    assert slug_from_form(title=slug.replace("-", ""), slug="") not in ("search", "en", "sitemap")


def test_other_addresses_are_free():
    assert slug_from_form(title="学校", slug="schools") == "schools"  # the directory is a page
    assert slug_from_form(title="关于", slug="") == "guanyu"


def test_the_field_stands_below_the_title():
    for model in (StoryPage, SchoolPage):
        names = [panel.field_name for panel in model.content_panels if hasattr(panel, "field_name")]
        assert names[names.index("title") + 1] == "slug"


# Redirects --------------------------------------------------------------------------------------


def move(page, slug):
    page.slug = slug
    page.save()


def test_a_draft_leaves_no_redirect(client, django_capture_on_commit_callbacks):
    page = make_story(live=False, slug="secret-plan")
    with django_capture_on_commit_callbacks(execute=True):
        move(page, "new-plan")
    assert not Redirect.objects.exists()
    assert client.get("/news/secret-plan/").status_code == 404


def test_what_has_moved_is_found_in_every_language(client, django_capture_on_commit_callbacks):
    page = translate(make_story(slug="old"), title="Old")
    translate(make_index(), title="News")
    with django_capture_on_commit_callbacks(execute=True):
        move(page, "new")
    for prefix in ("", "/en"):
        for query in ("", "?from=mail"):
            answer = client.get(f"{prefix}/news/old/{query}")
            assert (answer.status_code, answer.get("Location")) == (301, f"{prefix}/news/new/")
    assert client.get("/xx/news/old/").status_code == 404


@pytest.mark.parametrize(
    ("old", "typed", "led"),
    [
        ("/old", "/news/", "/en/news/"),
        ("/old", "/fr/news/", "/fr/news/"),
        ("/old", "/documents/1/a.pdf", "/documents/1/a.pdf"),
        ("/old", "/robots.txt", "/robots.txt"),
        ("/old", "https://www.example.org/", "https://www.example.org/"),
        ("/en/old", "/news/", "/news/"),
    ],
)
def test_a_typed_redirect_keeps_the_language(client, old, typed, led):
    make_index()
    Redirect.objects.create(old_path=old, redirect_link=typed)
    assert client.get("/en/old/")["Location"] == led


def test_nobody_is_led_to_what_is_not_public(client, django_capture_on_commit_callbacks):
    page = make_story(slug="old")
    with django_capture_on_commit_callbacks(execute=True):
        move(page, "new")
    page.unpublish()
    assert client.get("/news/old/").status_code == 404
    publish(page)
    assert client.get("/news/old/").status_code == 301
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
    assert client.get("/news/old/").status_code == 404


def test_redirects_of_drafts_that_are_stored_already_are_deleted():
    draft, live = make_story(live=False), make_story()
    for page in (draft, live):
        Redirect.add_redirect(f"/old/{page.pk}", page, automatically_created=True)
    by_hand = Redirect.add_redirect("/campaign", draft)
    call_command("mend_stored", "--safe", "--dry-run", verbosity=0)
    assert Redirect.objects.count() == 3
    call_command("mend_stored", "--safe", verbosity=0)
    assert set(Redirect.objects.values_list("redirect_page", "old_path")) == {
        (live.pk, f"/old/{live.pk}"),
        (draft.pk, by_hand.old_path),
    }


# Aliases ----------------------------------------------------------------------------------------


def test_an_alias_stands_in_no_list_beside_its_original(client):
    story = make_story(title="开学", slug="original")
    alias = story.create_alias(update_slug="alias")
    assert CANONICAL.format("original") in client.get(alias.url).content.decode()
    for address in ("/news/feed.xml", "/sitemap-pages.xml", "/news/", "/api/v1/stories"):
        page = client.get(address).content.decode()
        assert "/news/original/" in page
        assert "/news/alias/" not in page


def test_an_alias_of_what_nobody_sees_stands_for_itself(client):
    story = make_story(title="开学", slug="original")
    alias = story.create_alias(update_slug="alias")
    StoryPage.objects.filter(pk=story.pk).update(live=False)
    assert CANONICAL.format("alias") in client.get(alias.url).content.decode()
    assert "/news/alias/" in client.get("/news/feed.xml").content.decode()


def test_a_school_is_in_the_directory_once(client):
    school = make_school(title="双福六小")
    school.create_alias(update_slug="alias")
    assert client.get("/schools/").content.decode().count(">双福六小<") == 1
