"""Links from a school's name in a text to its profile."""

import json

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.models import PageViewRestriction, ReferenceIndex

from core.languages import reading
from core.rendering.rich_text import render
from core.text.fallback import marked
from schools.models import Town

from .factories import make_school, make_story


pytestmark = [pytest.mark.django_db, pytest.mark.once]

FEATURES = settings.WAGTAILADMIN_RICH_TEXT_EDITORS["default"]["OPTIONS"]["features"]


def link(school, words="双福六小", linktype="school"):
    return f'<a linktype="{linktype}" id="{school.pk}">{words}</a>'


@pytest.fixture
def school():
    town = Town.objects.create(key="shuangfu", name="双福街道")
    return make_school(title="双福六小", title_en="Shuangfu No. 6 Primary School", slug="shuangfu-6", town=town)


# On the page -----------------------------------------------------------------------------------


def test_a_school_is_linked_by_the_writers_words(school):
    assert (
        render(f"<p>在{link(school, '该校')}</p>")
        == '<p>在<a class="school-link" href="/schools/shuangfu-6/">该校</a></p>'
    )


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("zh-hans", '<a class="school-link" href="/schools/shuangfu-6/">双福六小</a>'),
        ("en", '<a class="school-link" href="/en/schools/shuangfu-6/">Shuangfu No. 6 Primary School</a>'),
        (
            "fr",
            '<a class="school-link" href="/fr/schools/shuangfu-6/"><bdi lang="zh-Hans" dir="ltr">双福六小</bdi></a>',
        ),
    ],
)
def test_a_link_without_words_shows_the_schools_name(school, code, shown):
    with reading(code, address=True):
        assert marked(render(link(school, ""))) == shown


@pytest.mark.parametrize("linktype", ["school", "page"])
def test_a_school_that_is_not_published_leaves_its_words(school, linktype):
    school.unpublish()
    assert render(link(school, "该校", linktype)) == "该校"
    assert render(link(school, "", linktype)) == ""
    school.delete()
    assert render(link(school, "该校", linktype)) == "该校"


def test_a_page_link_has_the_prefix_of_the_address_language(school):
    assert render(link(school, "x", "page")) == '<a href="/schools/shuangfu-6/">x</a>'
    with reading("en", address=True):
        assert render(link(school, "x", "page")) == '<a href="/en/schools/shuangfu-6/">x</a>'
        with reading("zh-hans"):
            assert render(link(school, "", "page")) == '<a href="/en/schools/shuangfu-6/">双福六小</a>'


def test_a_name_is_escaped():
    school = make_school(title='<script>"&')
    assert "&lt;script&gt;&quot;&amp;</a>" in render(link(school, ""))


# References ------------------------------------------------------------------------------------


def test_publishing_a_story_writes_down_the_schools_it_names(school):
    other = make_school()
    story = make_story(f"<p>{link(other)}</p>", f"<p>{link(school)}{link(other, '')}</p>")
    assert list(story.school_links.values_list("school", "origin")) == [(other.pk, "body"), (school.pk, "body")]
    assert ReferenceIndex.get_references_to(school).filter(model_path__startswith="body").count() == 1


def test_a_school_no_longer_named_loses_its_row(school):
    story = make_story(f"<p>{link(school)}</p>")
    story.body = []
    story.save_revision().publish()
    assert not story.school_links.exists()


# In the editor ---------------------------------------------------------------------------------


def test_stored_text_comes_back_from_the_editor_byte_for_byte(school):
    converter = ContentstateConverter(FEATURES)
    html = f'<p data-block-key="abcde">在{link(school)}，<a linktype="page" id="{school.pk}">见</a></p>'
    state = converter.from_database_format(html)
    assert converter.to_database_format(state) == html
    assert json.loads(state)["entityMap"]["0"]["data"] == {
        "id": str(school.pk),
        "label": "双福六小",
        "url": "/schools/shuangfu-6/",
    }


# The chooser -----------------------------------------------------------------------------------


@pytest.fixture
def reporter(client, django_user_model):
    """Somebody with access to the admin and no right on any page."""
    group = Group.objects.create(name="only the admin")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    user = django_user_model.objects.create_user("reporter")
    user.groups.add(group)
    client.force_login(user)
    return client


def offered(client, **params):
    html = client.get(reverse("school_links:choose"), params).json()["html"]
    assert html == html.replace("None", "")
    results = client.get(reverse("school_links:choose_results"), params).content.decode()
    return {title for title in ("双福六小", "几江幼儿园") if title in html and title in results}


@pytest.mark.parametrize(("query", "found"), [("六小", True), ("實驗", True), ("实验", True), ("幼儿园", False)])
def test_the_chooser_finds_schools_in_chinese(reporter, school, query, found):
    school.other_names = "双福实验小学"
    school.save()
    assert offered(reporter, q=query) == ({"双福六小"} if found else set())


def test_the_chooser_shows_stage_and_town(reporter, school):
    html = reporter.get(reverse("school_links:choose"), headers={"accept-language": "en"}).json()["html"]
    assert "双福街道" in html
    assert "Primary school" in html


def test_a_chosen_school_comes_with_its_name(reporter, school):
    assert reporter.get(reverse("school_links:chosen", args=[school.pk])).json()["result"] == {
        "id": str(school.pk),
        "label": "双福六小",
        "url": "/schools/shuangfu-6/",
        "title": "双福六小",
    }


@pytest.mark.parametrize("how", ["draft", "private"])
def test_drafts_and_private_schools_are_not_offered(reporter, school, how):
    hidden = make_school(title="几江幼儿园", slug="jijiang", live=how != "draft")
    if how == "private":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    assert offered(reporter) == {"双福六小"}
    assert offered(reporter, q="幼儿园") == set()
    assert reporter.get(reverse("school_links:chosen", args=[hidden.pk])).status_code == 404


def test_the_chooser_is_for_the_admin_only(client, school):
    for url in (reverse("school_links:choose"), reverse("school_links:choose_results")):
        assert client.get(url).status_code == 302
    assert client.get(reverse("school_links:chosen", args=[school.pk])).status_code == 302
