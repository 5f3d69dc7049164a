"""A figure is typed in peace and published by an act of its own; what readers saw before stays to be seen."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation

from core.models import User
from metrics.models import Observation, PastValue, Unit
from metrics.tests.factories import make_figures_page, make_metric, make_observation
from news.tests.factories import make_story

from .forms import form_data


pytestmark = pytest.mark.django_db

PAGE = "/data/new-places/"
REASON = "原数漏计一所学校。"


@pytest.fixture
def figure():
    """新增学位: 8660个, published; its page is at /data/new-places/."""
    make_figures_page(title_en="Figures")
    make_observation(metric=make_metric(key="new-places"), key="places", printed="8660个").save_revision().publish()
    return Observation.objects.get()


@pytest.fixture
def officer(client):
    client.force_login(User.objects.create_superuser("admin"))
    client.cookies["django_language"] = "en"
    return client


def edit(client, figure, action=None, autosave=False, **changes):
    """Post the form of a figure as it is, with these changes."""
    url = reverse(figure.snippet_viewset.get_url_name("edit"), args=[figure.pk])
    data = form_data(Observation, figure.get_latest_revision_as_object()) | changes
    headers = {"accept": "application/json"} if autosave else {}
    return client.post(url, data | ({f"action-{action}": "1"} if action else {}), headers=headers)


def errors(response):
    return {name: list(messages) for name, messages in response.context["form"].errors.items()}


def page(client, address=PAGE):
    client.logout()
    return client.get(address).content.decode()


class TestWhileItIsTyped:
    def test_saving_by_itself_changes_nothing_that_readers_see(self, officer, figure):
        assert edit(officer, figure, autosave=True, value="8").json()["success"] is True
        figure.refresh_from_db()
        assert (figure.value, figure.has_unpublished_changes) == (8660, True)
        assert figure.get_latest_revision_as_object().value == 8
        assert ">8660<" in page(officer)

    def test_a_draft_may_lack_what_is_not_known_yet(self, officer, figure):
        url = reverse(figure.snippet_viewset.get_url_name("add"))
        other = make_observation(metric=make_metric(), key="other")
        data = form_data(Observation, other) | {"key": "new", "metric": figure.metric.pk, "value": "", "unit": ""}
        data |= {"source": "", "dimension": figure.dimension.pk, "period": other.period.pk, "printed": ""}
        figure.period = type(figure.period).objects.create(key="p1", label="2023年", kind="year")
        figure.save()
        assert officer.post(url, data).status_code == 302
        draft = Observation.objects.get(key="new")
        assert (draft.live, draft.value, draft.unit, draft.source) == (False, None, None, None)
        refused = edit(officer, draft, "publish")
        assert set(errors(refused)) == {"value", "unit", "source"}
        assert not Observation.objects.get(key="new").live

    @pytest.mark.parametrize("name", ["metric", "period", "dimension", "subject_organisation"])
    def test_what_it_is_a_figure_of_is_asked_for_at_once(self, officer, figure, name):
        refused = edit(officer, figure, **{name: ""})
        assert refused.status_code == 200
        assert len(errors(refused)) == 1

    def test_the_second_of_a_kind_is_told_of_the_first(self, officer, figure):
        url = reverse(figure.snippet_viewset.get_url_name("add"))
        data = form_data(Observation, figure) | {"key": "second", "value": "1", "printed": ""}
        refused = officer.post(url, data)
        assert errors(refused) == {
            "period": ["This metric already has a value for the same subject, period and dimension: places (8660个)."]
        }
        figure.unpublish()
        assert "There is a draft already" in errors(officer.post(url, data))["period"][0]

    def test_no_live_row_is_incomplete(self, figure):
        for name in ("value", "unit", "source"):
            with pytest.raises(IntegrityError), transaction.atomic():
                Observation.objects.update(**{name: None})

    def test_a_key_with_other_characters_is_refused_as_typed(self, officer, figure):
        url = reverse(figure.snippet_viewset.get_url_name("add"))
        shown = officer.get(url).content.decode()
        field = shown[shown.index('name="key"') - 200 : shown.index('name="key"') + 200]
        assert "w-slug" not in field
        refused = officer.post(url, form_data(Observation, figure) | {"key": "新 key!"})
        assert "key" in errors(refused)
        assert 'value="新 key!"' in refused.content.decode()


class TestWhatDisagrees:
    @pytest.fixture
    def money(self, figure):
        yuan = Unit.objects.create(key="cny", symbol="元", kind="money")
        return make_observation(
            metric=make_metric(unit=yuan), key="aid", value=Decimal("152000000"), printed="1.52亿元"
        )

    @pytest.mark.parametrize("action", [None, "publish"])
    def test_value_and_printed_form_are_compared(self, officer, money, action):
        refused = edit(officer, money, action, value="1.52", status="revised", change_reason=REASON)
        assert errors(refused) == {"printed": ["The value says 1.52 元; “1.52亿元” says 152000000 元."]}

    def test_a_changed_value_needs_its_printed_form(self, officer, money):
        changed = {"value": "152400000", "status": "revised", "change_reason": REASON}
        refused = edit(officer, money, "publish", **changed)
        assert errors(refused) == {
            "printed": ["The value was changed from 152000000 元; the printed form “1.52亿元” was not."]
        }
        assert edit(officer, money, "publish", **changed, printed="1.524亿元").status_code == 302

    @pytest.mark.parametrize(
        ("kind", "symbol", "value", "printed", "qualifier"),
        [
            ("count", "个班", "48", "48个班", "exact"),
            ("count", "所", "48", "四十八所学校", "exact"),
            ("money", "元", "90000000", "9000多万元", "more"),
            ("area", "亩", "57", "约57亩", "about"),
            ("percent", "%", "98.02", "98.02%", "exact"),
            ("count", "人", "223000", "22.3万余人", "more"),
            ("count", "个", "8660", "", "exact"),
        ],
    )
    def test_what_agrees_is_taken(self, kind, symbol, value, printed, qualifier):
        unit = Unit.objects.create(key="u", symbol=symbol, kind=kind)
        stored = make_observation(
            metric=make_metric(unit=unit), value=Decimal(value), printed=printed, qualifier=qualifier
        )
        stored.clean_for_publishing()

    @pytest.mark.parametrize(
        ("kind", "symbol", "value", "printed", "qualifier"),
        [
            ("area", "亩", "57", "57公顷", "exact"),
            ("money", "元", "152", "1.52亿元", "exact"),
            ("percent", "%", "98.02", "98.2%", "exact"),
            ("money", "元", "90000000", "9000多万元", "exact"),
            ("count", "个", "8660", "8660万元", "exact"),
            ("count", "个", "8660", "8660%", "exact"),
        ],
    )
    def test_what_does_not_is_refused(self, kind, symbol, value, printed, qualifier):
        unit = Unit.objects.create(key="u", symbol=symbol, kind=kind)
        stored = make_observation(
            metric=make_metric(unit=unit), value=Decimal(value), printed=printed, qualifier=qualifier
        )
        with pytest.raises(ValidationError, match=printed):
            stored.clean_for_publishing()


class TestChangingWhatReadersSaw:
    def test_it_asks_for_the_status_and_a_reason(self, officer, figure):
        refused = edit(officer, figure, "publish", value="8700", printed="8700个")
        assert errors(refused) == {
            "status": ["Readers have seen 8660个: a changed value has the status “revised”."],
            "change_reason": ["Say why the published value is changed."],
        }
        assert Observation.objects.get().value == 8660

    def test_readers_see_what_it_was_and_why(self, officer, figure):
        changed = {"value": "8700", "printed": "8700个", "status": "revised", "change_reason": REASON}
        assert edit(officer, figure, "publish", **changed).status_code == 302
        past = PastValue.objects.get()
        assert (past.value, past.printed, past.reason, past.reason_zh_hant) == (
            8660,
            "8660个",
            REASON,
            past.reason_zh_hant,
        )
        assert past.reason_zh_hant
        shown = page(officer)
        assert "8700个" in shown
        assert "8660个" in shown
        assert REASON in shown
        record = officer.get("/api/v1/observations/places").json()
        assert [(each["value"], each["reason"]) for each in record["past_values"]] == [("8660", REASON)]
        with translation.override("zh-hans"):
            assert Observation.objects.get().change_reason == ""  # it belonged to that change, not to the next one

    def test_a_withdrawal_in_between_is_no_way_around_it(self, officer, figure):
        figure.unpublish()
        refused = edit(officer, figure, "publish", value="8", printed="8个")
        assert set(errors(refused)) == {"status", "change_reason"}
        figure.refresh_from_db()
        assert not figure.live
        edit(officer, figure, "publish", value="8", printed="8个", status="revised", change_reason="重新统计")
        [past] = figure.past_values.all()
        assert (past.value, past.reason, past.is_withdrawn) == (8660, "重新统计", False)

    def test_the_same_value_again_is_no_change(self, officer, figure):
        figure.unpublish()
        assert figure.past_values.get().is_withdrawn
        edit(officer, figure, "publish")
        figure.refresh_from_db()
        assert figure.live
        assert not figure.past_values.exists()

    def test_a_change_of_the_note_is_none_of_the_value(self, officer, figure):
        assert edit(officer, figure, "publish", note="含民办。").status_code == 302
        assert not PastValue.objects.exists()


class TestWhatReadersSee:
    def test_nothing_of_a_draft(self, client, figure):
        story = make_story(body=[("text", f'<p><a linktype="figure" id="{figure.pk}">8660个</a></p>')])
        for address in (PAGE, "/data/new-places.csv", "/api/v1/metrics/new-places", "/api/v1/observations/places"):
            assert client.get(address).status_code == 200, address
        assert f'href="{PAGE}"' in client.get(story.url).content.decode()
        figure.unpublish()
        for address in (PAGE, "/data/new-places.csv", "/data/new-places.json", "/data/new-places.svg"):
            assert client.get(address).status_code == 404, address
        for address in ("/api/v1/metrics/new-places", "/api/v1/observations/places"):
            assert client.get(address).status_code == 404, address
        for address in ("/data/", "/data/dataset.csv", "/api/v1/observations", "/api/v1/metrics", "/sitemap.xml"):
            assert "new-places" not in client.get(address).content.decode(), address
        told = client.get(story.url).content.decode()
        assert "8660个" in told
        assert f'href="{PAGE}"' not in told
