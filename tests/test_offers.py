"""What the list before publishing offers in the form of a story, and to whom."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail.test.utils.form_data import rich_text, streamfield
from wagtail.users.models import UserProfile

from core.models import User
from core.roles import sync
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story
from schools.tests.factories import make_school

from .forms import form_data


pytestmark = [pytest.mark.django_db, pytest.mark.once]

TEXT = "<p>江津中学滨江校区新增公办中小学学位8660个，占3%。</p>"


@pytest.fixture
def story():
    make_index()
    sync()
    return make_story(live=False, body=[{"type": "text", "id": "t", "value": TEXT}])


def signed_in(client, *groups, **fields):
    user = User.objects.create_user("somebody", **fields)
    user.groups.add(*Group.objects.filter(name__in=groups))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


def form_of(client, story):
    return client.get(reverse("wagtailadmin_pages:edit", args=[story.pk])).content.decode()


def test_both_are_offered_with_what_tells_them(client, story):
    make_school(title="江津中学")
    campus = make_school(title="江津中学滨江校区", area="几江街道")
    figure = make_observation(metric=make_metric(name="新增公办中小学学位"))
    signed_in(client, is_superuser=True, is_staff=True)
    html = form_of(client, story)
    assert f'data-offer-link="school" data-offer-key="{campus.pk}"' in html
    assert html.count('data-offer-link="school"') == 1
    assert "Primary school · 几江街道" in html
    assert f'data-offer-link="figure" data-offer-key="{figure.pk}"' in html
    assert "Link: 8660个 · 新增公办中小学学位 · 江津区 · 2024年" in html
    assert "Source: 工作报告" in html
    assert "1 number that no figure is known of" in html


@pytest.mark.parametrize(("groups", "may"), [(["Reporters"], False), (["Reporters", "Data officers"], True)])
def test_a_new_figure_is_for_those_who_may_add_one(client, story, groups, may):
    user = signed_in(client, *groups)
    StoryPage.objects.filter(pk=story.pk).update(owner=user)
    html = form_of(client, story)
    assert 'data-offer-words="8660个"' in html
    assert (reverse("wagtailsnippets_metrics_observation:add") + "?sentence=" in html) is may


@pytest.mark.parametrize("how", ["draft", "private"])
def test_what_readers_may_not_see_is_not_offered(client, story, how):
    school = make_school(title="江津中学滨江校区", live=how != "draft")
    if how == "private":
        PageViewRestriction.objects.create(page=school, restriction_type="login")
    make_observation(metric=make_metric(name="新增公办中小学学位", live=False))
    signed_in(client, is_superuser=True, is_staff=True)
    html = form_of(client, story)
    assert "data-offer-link" not in html
    assert "named and not linked" not in html


def test_offers_are_for_the_text_in_the_form_and_nothing_is_saved(client, story):
    school = make_school(title="双福六小")
    signed_in(client, is_superuser=True, is_staff=True)
    data = form_data(StoryPage, story, body=streamfield([("text", rich_text("<p>双福六小开学。</p>"))]))
    answer = client.post(reverse("checklist", args=[story.pk]), data).json()
    assert f'data-offer-key="{school.pk}"' in answer["html"]
    assert StoryPage.objects.get(pk=story.pk).body[0].value.source == TEXT
