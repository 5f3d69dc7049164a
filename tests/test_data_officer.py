"""What a data officer needs is made where it is needed: in the chooser that lacks it."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import ModelLogEntry
from wagtail.users.models import UserProfile

from core.models import User
from core.roles import sync
from metrics.models import Metric, Period, Source, Unit
from metrics.tests.factories import make_metric, make_observation


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def officer(client):
    """Of the officers, with the words of an English admin."""
    sync()
    user = User.objects.create_user("officer", password="demo")
    user.groups.add(Group.objects.get(name="Data officers"))
    UserProfile.objects.create(user=user, preferred_language="en")
    client.force_login(user)
    return user


def chooser(model, name):
    return reverse(f"{model.snippet_viewset.get_chooser_admin_url_namespace()}:{name}")


def create(client, model, **fields):
    return client.post(chooser(model, "create"), fields).json()


def test_what_is_not_there_is_created_and_chosen(client, officer):
    period = {"label": "2024学年", "key": "school-year-2024", "kind": "range", "start": "2024-09-01"}
    assert create(client, Period, **period | {"key": "Ⅳ!"})["step"] == "reshow_creation_form"
    assert create(client, Period, **period)["result"]["string"] == "2024学年"
    create(client, Unit, symbol="所", key="place", kind="count")
    create(client, Source, title="统计公报", key="bulletin")
    assert [Unit.objects.get().symbol_zh_hans, Source.objects.get().title_zh_hans] == ["所", "统计公报"]
    assert ModelLogEntry.objects.filter(action="wagtail.create", user=officer).count() == 3


def test_a_metric_begins_as_a_draft(client, officer):
    like = make_metric()
    fields = {"theme": like.theme_id, "unit": like.unit_id, "measure": like.measure, "direction": like.direction}
    made = create(client, Metric, name="教师", key="teachers", **fields)
    metric = Metric.objects.get(pk=made["result"]["id"])
    assert not metric.live
    assert metric.latest_revision.as_object().name == "教师"


def test_only_who_may_add_is_offered_the_form(client, officer):
    officer.user_permissions.clear()
    assert "Search" in client.get(chooser(Period, "choose")).json()["html"]  # and not 搜索
    assert 'name="label"' in client.get(chooser(Period, "choose")).json()["html"]
    officer.groups.set(Group.objects.filter(name="Reporters"))
    assert 'name="label"' not in client.get(chooser(Period, "choose")).json()["html"]
    assert client.post(chooser(Period, "create"), {"label": "x"}).status_code in (302, 403)


def test_a_period_is_shown_with_its_days(client, officer):
    Period.objects.create(key="p", label="2024学年", kind="range", start="2024-09-01", end="2025-08-31")
    html = client.get(chooser(Period, "choose_results")).content.decode()
    assert "1 September 2024" in html
    assert "ago" not in html


def test_a_figure_is_shown_in_its_form_as_it_would_be_typed(client):
    client.force_login(User.objects.create_superuser("root"))
    for value, typed in ((8660, "8660"), ("98.0200", "98.02"), ("0.5", "0.5")):
        figure = make_observation(value=value)
        form = client.get(reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])).context["form"]
        assert f'value="{typed}"' in str(form["value"])
