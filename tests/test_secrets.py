"""What is a draft or private is named to nobody who may not see it: on no page, in no list, in no chooser."""

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import PageViewRestriction

from core.models import BasePage, User
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation
from news.tests.factories import make_index, make_programme, make_story
from schools.models import SchoolIndexPage
from schools.tests.factories import make_school


pytestmark = pytest.mark.django_db
SECRET = "秘密学校"


@pytest.fixture(params=["draft", "private"])
def secret(request):
    """A school that readers must not learn of."""
    school = make_school(title=SECRET, standfirst="秘密的介绍", live=request.param == "private")
    if request.param == "private":
        PageViewRestriction.objects.create(page=school, restriction_type=PageViewRestriction.LOGIN)
    return school


@pytest.mark.usefixtures("figures_may_be_hidden")
def test_no_public_page_names_it(client, secret):
    make_index(MetricsPage)
    observation = make_observation(subject_school=secret)
    make_observation(metric=observation.metric)  # without a public value the metric has no page
    campus = make_school(parent_campus=secret, entrusted_to=secret)
    body = [
        (
            "text",
            f'<p><a linktype="school" id="{secret.pk}"></a><a linktype="figure" id="{observation.pk}">8660个</a></p>',
        ),
        ("schools", {"heading": "", "schools": [secret]}),
        ("figures", {"heading": "", "figures": [observation]}),
        ("chart", {"metric": observation.metric, "caption": ""}),
    ]
    story = make_story(body=body)
    programme = make_programme(metrics=[observation.metric])
    schools = make_index(SchoolIndexPage)
    urls = ["/", schools.url, campus.url, story.url, programme.url, "/data/", observation.metric.get_absolute_url()]
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        assert "秘密" not in response.content.decode(), url


def test_a_private_section_is_not_in_the_menu(client):
    index = make_index()
    assert index.title in client.get("/").content.decode()
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert index.title not in client.get("/").content.decode()


def words(response):
    """What a chooser shows: some answer with HTML, some with HTML inside JSON."""
    return response.json()["html"] if "json" in response.headers["Content-Type"] else response.content.decode()


@pytest.fixture
def translator(client):
    call_command("sync_roles")
    user = User.objects.create_user("translator")
    user.groups.add(Group.objects.get(name="Translators (en)"))
    client.force_login(user)
    return user


def test_page_choosers_do_not_name_it(client, translator, secret):
    parent = BasePage.objects.get(pk=secret.pk).get_parent()
    urls = [
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]) + "?page_type=core.basepage",
        reverse("wagtailadmin_choose_page_search") + "?q=秘密&page_type=core.basepage",
        reverse("school_links:choose") + "?q=秘密",
        reverse("school_links:choose"),
    ]
    for url in urls:
        response = client.get(url)
        assert response.status_code == 200, url
        assert SECRET not in words(response), url


def test_metric_choosers_do_not_name_drafts(client, translator):
    make_metric(name="公开的指标")
    make_metric(name="草稿的指标", live=False)
    page = client.get(reverse("wagtailsnippetchoosers_metrics_metric:choose"))
    assert "公开的指标" in words(page)
    assert "草稿的指标" not in words(page)


@pytest.mark.parametrize("query", ["双福", "六小", "福"])
def test_choosers_find_what_is_public(client, translator, query):
    make_school(title="双福六小")
    assert "双福六小" in words(client.get(reverse("school_links:choose") + f"?q={query}"))


@pytest.mark.usefixtures("figures_may_be_hidden")
def test_a_figure_of_a_draft_metric_keeps_its_number_and_shows_no_more(client):
    metric = make_metric(name="草稿的指标", live=False)
    figure = make_observation(metric=metric)
    text = f'<p>共<a linktype="figure" id="{figure.pk}">8660个</a></p>'
    story = make_story(body=[("text", text), ("figures", {"heading": "", "figures": [figure]})])
    page = client.get(story.url).content.decode()
    assert "8660个" in page
    assert "草稿的指标" not in page
    assert metric.get_absolute_url() not in page
