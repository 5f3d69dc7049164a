"""What a chart draws counts: an honest change is told by the stories that have the chart, another one is named; and what was
recorded before charts counted holds on."""

import json
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import models

from core.publishing import bypass_review, canonical_forms
from core.publishing.canonical import contents, hashes
from core.publishing.canonical_forms import Hashes
from core.publishing.digest import digest
from metrics.models import Dimension, Metric, Observation
from metrics.tests.factories import make_metric, make_observation
from news.models import StoryPage
from news.tests.factories import make_story, publish
from newsroom.models import Entry
from newsroom.record import files, sealing
from newsroom.record.verifying import problems
from newsroom.reviewing.measuring import last_reviewed
from newsroom.withdrawing.acts import release, withdraw
from schools.tests.factories import make_home

from .reviewing import Desk, live


pytestmark = pytest.mark.django_db


def make_dimension(key):
    return Dimension.objects.create(key=key, axis="grade", member=key, label=key)


def make_chart(metric):
    return {"type": "chart", "id": "chart", "value": {"metric": metric.pk, "caption": ""}}


def make_charted(title="开学", **values):
    """A story with a chart of three figures, which nothing else in it names."""
    metric = values.pop("metric", None) or make_metric()
    for number in range(3):
        part = make_dimension(f"{metric.key}-part-{number}")
        make_observation(metric=metric, dimension=part, value=Decimal(40 + number))
    return make_story(title=title, body=[make_chart(metric)], **values)


@contextmanager
def before_charts_counted(monkeypatch):
    """What is hashed inside is hashed as it was then."""
    with monkeypatch.context() as patch:
        patch.setattr(canonical_forms, "_drawings", {})
        yield


@pytest.fixture
def kept(settings):
    settings.KEEPS_RECORD = True


@pytest.fixture
def story(settings):
    """Sealed."""
    settings.KEEPS_RECORD = False
    story = make_charted()
    settings.KEEPS_RECORD = True
    sealing.seal_existing("a test")
    return story


@pytest.fixture
def old_story(settings, monkeypatch):
    """Sealed before charts counted."""
    settings.KEEPS_RECORD = False
    story = make_charted()
    settings.KEEPS_RECORD = True
    with before_charts_counted(monkeypatch):
        sealing.seal_existing("a test")
    return story


def revise(figure=None, **values):
    figure = figure or Observation.objects.order_by("pk").first()
    for name, value in ({"value": figure.value + 1, "status": "revised", "change_reason": "更正"} | values).items():
        setattr(figure, name, value)
    figure.save_revision(clean=False).publish()
    return figure


def last_number():
    return Entry.objects.order_by("-number").values_list("number", flat=True).first() or 0


def since(number):
    return [(each.kind, each.title) for each in Entry.objects.filter(number__gt=number).order_by("number")]


def newest_of(obj):
    return Entry.objects.filter(model=obj._meta.label_lower, object_id=obj.pk).order_by("-number").first()


class TestTheForm:
    def test_a_chart_counts_by_its_published_figures(self, story):
        metric = Metric.objects.get()
        [said] = contents([story])
        figures = said["embedded"][f"metrics.metric {metric.pk}"]
        assert said["form"] == 2
        assert [values[:5] for values in figures.values()] == [
            [value, "place", "exact", "", "final"] for value in ("40", "41", "42")
        ]

    def test_without_a_chart_it_is_written_as_ever(self):
        figure = make_observation()
        text = f'<p><a linktype="figure" id="{figure.pk}">8660个</a></p>'
        story = make_story(body=[{"type": "text", "id": "a", "value": text}])
        [said] = contents([story])
        assert "form" not in said
        assert Hashes.of(said).by_form == {1: digest(said)}

    def test_the_first_form_is_made_of_the_second(self, story, monkeypatch):
        [now] = hashes([story])
        with before_charts_counted(monkeypatch):
            [then] = hashes([story])
        assert now.by_form[1] == then.newest
        assert now.newest != then.newest

    @pytest.mark.parametrize(
        "values",
        [
            {"value": Decimal(50)},
            {"printed": "五十"},
            {"qualifier": "about"},
            {"status": "revised"},
            {"live": False},
            {"comparator_printed": "一百"},
        ],
    )
    def test_any_column_that_is_drawn(self, story, values):
        before = hashes([story])[0]
        Observation.objects.filter(pk=Observation.objects.first().pk).update(**values)
        after = hashes([story])[0]
        assert after.newest != before.newest
        assert after.by_form[1] == before.by_form[1]

    def test_one_query_for_all_charts(self, story, django_assert_num_queries):
        """Beside the five for child rows and topics."""
        make_charted(metric=make_metric(key="other"))
        stories = list(StoryPage.objects.all())
        contents(stories)
        with django_assert_num_queries(6):
            contents(stories)


class TestAnHonestChange:
    """It is an entry of the story, and nothing is named."""

    def assert_told(self, story, number, *others):
        assert since(number) == [*others, ("embedded", story.title)]
        assert list(problems()) == []

    def test_a_figure_that_is_revised(self, story):
        number = last_number()
        figure = revise()
        self.assert_told(story, number, ("publication", figure.key))
        entry = newest_of(story)
        assert entry.details == {"changed": [f"metrics.observation {figure.pk}"]}
        assert entry.form == 2

    def test_only_what_it_is_compared_with(self, story):
        figure, number = Observation.objects.first(), last_number()
        figure.comparator_value, figure.comparator_scope = Decimal(100), figure.subject_organisation
        figure.save_revision(clean=False).publish()
        self.assert_told(story, number, ("publication", figure.key))

    def test_a_figure_that_is_new(self, story):
        figure = make_observation(
            metric=Metric.objects.get(), dimension=make_dimension("new"), value=Decimal(7), live=False
        )
        number = last_number()
        figure.save_revision(clean=False).publish()
        self.assert_told(story, number, ("publication", figure.key))

    def test_a_figure_that_is_withdrawn_or_deleted(self, story):
        number = last_number()
        first, second = Observation.objects.order_by("pk")[:2]
        first.unpublish()
        self.assert_told(story, number, ("withdrawal", first.key))
        number = last_number()
        second.delete()
        self.assert_told(story, number, ("withdrawal", second.key))

    def test_a_figure_that_becomes_one_of_another_metric(self, story):
        other = make_charted("别的图", metric=make_metric(key="other"))
        sealing.record_generated("a test")
        figure = Observation.objects.filter(metric__key="other").first()
        figure.save_revision(clean=False).publish()
        figure.metric, figure.dimension = Metric.objects.exclude(key="other").get(), make_dimension("moved")
        number = last_number()
        figure.save_revision(clean=False).publish()
        told = since(number)
        assert sorted(told[1:]) == sorted([("embedded", story.title), ("embedded", other.title)])
        assert list(problems()) == []

    def test_a_metric_that_is_withdrawn_and_published_again(self, story):
        metric, number = Metric.objects.get(), last_number()
        metric.unpublish()
        self.assert_told(story, number, ("withdrawal", metric.name))
        number = last_number()
        publish(Metric.objects.get())
        self.assert_told(story, number, ("publication", metric.name))

    def test_what_is_not_drawn_is_none(self, story):
        number = last_number()
        figure = Observation.objects.first()
        figure.note = "按学年计。"
        figure.save_revision(clean=False).publish()
        metric = Metric.objects.get()
        metric.definition = "在校学生。"
        publish(metric)
        assert since(number) == [("publication", figure.key), ("publication", metric.name)]
        assert list(problems()) == []

    def test_a_figure_of_another_metric_asks_for_no_story(self, story):
        figure = make_observation(metric=make_metric(key="other"), dimension=make_dimension("alone"))
        number = last_number()
        revise(figure)
        assert since(number) == [("publication", figure.key)]

    def test_a_story_that_cites_it_too_has_one_entry(self, story):
        figure = Observation.objects.order_by("pk").first()
        text = f'<p><a linktype="figure" id="{figure.pk}">约</a></p>'
        story.body = [make_chart(Metric.objects.get()), {"type": "text", "id": "a", "value": text}]
        publish(story)
        number = last_number()
        revise(figure)
        assert since(number) == [("publication", figure.key), ("embedded", story.title)]
        assert newest_of(story).details == {"changed": [f"metrics.observation {figure.pk}"]}


class TestByHand:
    @pytest.mark.parametrize("values", [{"value": Decimal(9999)}, {"live": False}, {"comparator_printed": "一百"}])
    def test_the_story_is_named_as_well_as_the_figure(self, story, values):
        figure = Observation.objects.first()
        models.QuerySet(Observation).filter(pk=figure.pk).update(**values)
        named = " ".join(problems())
        assert story.url_path in named
        assert figure.key in named

    def test_a_form_that_was_changed_in_the_record_is_named(self, story):
        entry = newest_of(story)
        for form in (1, 3):
            models.QuerySet(Entry).filter(pk=entry.pk).update(form=form)
            assert any(f"entry {entry.number} " in each and "sealed" in each for each in problems())


class TestFromBefore:
    """A database that was sealed when charts did not count."""

    def test_nothing_is_named(self, old_story):
        assert newest_of(old_story).form == 1
        assert list(problems()) == []

    def test_an_entry_of_then_is_written_as_it_was(self, old_story):
        said = newest_of(old_story).said()
        assert "form" not in said
        assert not any("form" in json.loads(line) for line in files.lines())

    def test_a_revised_figure_is_told_and_binds_the_story_by_its_chart(self, old_story):
        number = last_number()
        figure = revise()
        assert since(number) == [("publication", figure.key), ("embedded", old_story.title)]
        assert newest_of(old_story).form == 2
        assert list(problems()) == []
        models.QuerySet(Observation).filter(pk=Observation.objects.last().pk).update(value=Decimal(9999))
        assert old_story.url_path in " ".join(problems())

    def test_a_metric_that_says_more_is_no_change_of_its_chart(self, old_story):
        number = last_number()
        metric = Metric.objects.get()
        metric.definition = "在校学生。"
        publish(metric)
        assert since(number) == [("publication", metric.name)]

    def test_it_is_published_again_without_a_review(self, settings, monkeypatch):
        settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True
        with bypass_review("a test"):
            make_home()
            desk = Desk()
            story = make_charted(owner=desk.people["reporter"])
        models.QuerySet(Entry).all()._raw_delete("default")
        with before_charts_counted(monkeypatch):
            sealing.seal_existing("a test")
        live(story).save_revision(clean=False).publish()
        assert newest_of(story).form == 2
        assert list(problems()) == []
        assert last_reviewed(live(story)) == contents([live(story)])[0]

    def test_what_was_withdrawn_before_returns_as_it_was(self, settings, monkeypatch):
        settings.REVIEWS_REQUIRED = settings.WAGTAIL_WORKFLOW_ENABLED = settings.KEEPS_RECORD = True
        with bypass_review("a test"):
            make_home()
            desk = Desk()
            story = make_charted(owner=desk.people["reporter"])
        models.QuerySet(Entry).all()._raw_delete("default")
        chief = desk.people["reviewer3"]
        with before_charts_counted(monkeypatch):
            sealing.seal_existing("a test")
            (withdrawal,) = withdraw([live(story)], user=chief, kind="checking", reason="核实")
        release(withdrawal, user=chief, reason="无误")
        assert live(story).live
        assert not live(story).has_unpublished_changes
        assert list(problems()) == []


def test_sealing_says_the_form(kept, settings):
    make_charted()
    Entry.objects.none()
    models.QuerySet(Entry).all()._raw_delete("default")
    call_command("seal_existing", verbosity=0)
    assert set(Entry.objects.filter(model="news.storypage").values_list("form", flat=True)) == {2}
    assert list(problems()) == []
