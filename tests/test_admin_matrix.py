"""Every act of an editor on every page type and snippet, in a Chinese and in an English admin.

The interface's language must never reach the content: each word lands in the Chinese columns, and what has been
published in English stays as it is until a translator changes it.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext
from wagtail.blocks.base import BlockField
from wagtail.models import DraftStateMixin, PreviewableMixin, ReferenceIndex, Revision, RevisionMixin
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from core.languages import SOURCE, TARGETS, column, translated_fields
from core.models import BasePage, Language, User
from core.projection import project
from core.segments import extract
from metrics.models import Dimension, Metric, MetricsPage, Observation, Period, Source, Theme, Unit
from metrics.tests.factories import make_metric, make_observation
from news.models import (
    Contributor,
    HomePage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
    Topic,
)
from news.tests.factories import make_home, make_index, make_story
from schools.models import Honour, Organisation, SchoolGroup, SchoolIndexPage, SchoolPage, SchoolZone, Town
from schools.tests.factories import make_organisation, make_school


pytestmark = pytest.mark.django_db

CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNTOUCHED = [code for code in TARGETS if code != "zh-hant"]  # zh-hant is projected automatically


# What is filled in ------------------------------------------------------------------------------


def text_block(words):
    return streamfield([("text", rich_text(f"<p>{words}正文</p>"))])


def stream(name, words):
    """Form data of the stream field of that name."""
    if name == "parts":
        return streamfield([("part", {"name": f"{words}部分", "description": f"{words}说明"})])
    if name == "targets":
        return streamfield([("target", {"promise": f"{words}目标", "due": "2027年"})])
    if name == "figures":
        figure = Observation.objects.first() or make_observation()
        items = {"count": "1", "0": {"value": str(figure.pk), "deleted": "", "order": "0", "id": ""}}
        return streamfield([("figures", {"heading": f"{words}数字", "figures": items})])
    return text_block(words)


def form_data(model, instance=None, **own):
    """What the edit form would post: all that it shows, with `own` on top."""
    form = model.get_edit_handler().get_form_class()(instance=instance or model(), for_user=User.objects.first())
    data = {}
    for name, form_field in form.fields.items():
        if isinstance(form_field, BlockField):
            data[name] = streamfield([])
        else:
            data |= as_posted(name, form[name].value())
    data |= {name: inline_formset([]) for name in form.formsets}
    return {k: v for k, v in nested_form_data(data | own).items() if v is not None}


def as_posted(name, value):
    if value is None or value is False:
        return {}
    if isinstance(value, list | tuple | models.QuerySet):
        return {name: [str(getattr(each, "pk", each)) for each in value][0]} if value else {}
    return {name: "on" if value is True else str(getattr(value, "pk", value))}


def chinese(model, words):
    """Chinese in every translated field of the model."""
    values = {}
    for name in translated_fields(model):
        model_field = model._meta.get_field(name)
        if hasattr(model_field, "stream_block"):
            values[name] = stream(name, words)
        elif name == "symbol":
            values[name] = words
        elif name != "catchment_source" or model is SchoolPage:
            values[name] = f"{words}{name}"[: model_field.max_length or 1000]
    return values


# What is checked --------------------------------------------------------------------------------


def row(obj):
    """The stored row, past every descriptor."""
    names = [column(name, code) for name in translated_fields(type(obj)) for code in (SOURCE, *TARGETS)]
    return models.QuerySet(type(obj)).filter(pk=obj.pk).values(*names).get()


def text_of(value):
    if isinstance(value, str | None):
        return value or ""
    return str(value.stream_block.get_prep_value(value)) if hasattr(value, "stream_block") else str(value)


def assert_written(obj, words):
    """All of it in Chinese columns, none of it in a language that a translator has to fill."""
    stored = row(obj)
    for name in translated_fields(type(obj)):
        assert words in text_of(stored[column(name, SOURCE)]), name
    assert_no_chinese_elsewhere(obj)


def assert_no_chinese_elsewhere(obj):
    stored = row(obj)
    for name in translated_fields(type(obj)):
        for code in UNTOUCHED:
            text = text_of(stored[column(name, code)])
            assert not CHINESE.search(text), f"{column(name, code)}: {text}"


def translate(obj):
    """Publish the object in English as a translator does."""
    return project(obj, "en", {segment.path: "word" for segment in extract(obj)})


def english(obj):
    stored = row(obj)
    return {name: text_of(stored[column(name, "en")]) for name in translated_fields(type(obj))}


def assert_translated(obj, before):
    assert "word" in before[translated_fields(type(obj))[0]]
    assert english(obj) == before
    assert_no_chinese_elsewhere(obj)


# The things -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Thing:
    """How one is made, and what its form needs beside Chinese words."""

    model: type
    make: object
    extra: object = field(default=dict)

    def __repr__(self):
        return self.model.__name__


def filled(model, parent, **values):
    """A live page whose translated fields are filled in, so that a translation has something in each."""
    words = {n: f"原{n}" for n in translated_fields(model) if not hasattr(model._meta.get_field(n), "stream_block")}
    page = parent.add_child(instance=model(**words | {"slug": f"a-{model.__name__.lower()}"} | values))
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


BODY = [("text", '<p data-block-key="a1">原正文</p>')]


def make_programme():
    index = make_index(ProgrammeIndexPage, slug="programmes")
    return filled(ProgrammePage, index, category="plan", body=BODY)


def make_metrics_page():
    return MetricsPage.objects.first() or filled(MetricsPage, make_home())


PAGES = [
    Thing(HomePage, lambda: HomePage.objects.first() or make_home(standfirst="原文")),
    Thing(StoryIndexPage, lambda: make_index(standfirst="原文")),
    Thing(StoryPage, lambda: filled(StoryPage, make_index(), body=BODY)),
    Thing(ProgrammeIndexPage, lambda: make_index(ProgrammeIndexPage, slug="programmes")),
    Thing(ProgrammePage, make_programme, lambda: {"category": "plan"}),
    Thing(SchoolIndexPage, lambda: make_index(SchoolIndexPage, slug="schools")),
    Thing(
        SchoolPage,
        lambda: filled(SchoolPage, make_index(SchoolIndexPage, slug="schools"), stage="primary", body=BODY),
        lambda: {"stage": "primary"},
    ),
    Thing(MetricsPage, make_metrics_page),
    Thing(StandardPage, lambda: filled(StandardPage, make_home(), body=BODY)),
]
# Types of which a site has any number
REPEATABLE = [thing for thing in PAGES if thing.model in (StoryPage, ProgrammePage, SchoolPage, StandardPage)]


def make_keyed(model, **values):
    names = {n: f"原{n}" for n in translated_fields(model)}
    return lambda: model.objects.create(**names | {"key": f"a-{model.__name__.lower()}"} | values)


def needs_metric():
    return {"theme": Theme.objects.get_or_create(key="t", name="主题")[0].pk, "unit": unit().pk, "measure": "flow"}


def unit():
    return Unit.objects.filter(key="place").first() or Unit.objects.create(key="place", symbol="个")


def make_full_metric():
    return make_metric(name="原name", definition="原definition", name_en=None)


def needs_observation():
    pattern = Observation.objects.first() or make_observation()
    period = Period.objects.get_or_create(key="p2025", defaults={"label": "2025年", "kind": "year"})[0]
    names = ("metric", "unit", "dimension", "source", "subject_organisation")
    return {name: getattr(pattern, f"{name}_id") for name in names} | {"period": period.pk, "value": "12"}


SNIPPETS = [
    Thing(Metric, make_full_metric, needs_metric),
    Thing(Observation, lambda: make_observation(note="原note"), needs_observation),
    Thing(Period, make_keyed(Period, kind="year"), lambda: {"kind": "year"}),
    Thing(Dimension, make_keyed(Dimension, axis="a", member="m"), lambda: {"axis": "a", "member": "n"}),
    Thing(Unit, make_keyed(Unit), lambda: {"kind": "count"}),
    Thing(Theme, make_keyed(Theme)),
    Thing(Source, make_keyed(Source)),
    Thing(Organisation, make_keyed(Organisation), lambda: {"kind": "area"}),
    Thing(
        Honour,
        lambda: make_keyed(Honour, holder_organisation=make_organisation())(),
        lambda: {"holder_organisation": make_organisation().pk},
    ),
    Thing(Town, make_keyed(Town)),
    Thing(SchoolZone, make_keyed(SchoolZone)),
    Thing(SchoolGroup, make_keyed(SchoolGroup)),
    Thing(Topic, make_keyed(Topic)),
    Thing(Contributor, make_keyed(Contributor)),
]
WITH_REVISIONS = [thing for thing in SNIPPETS if issubclass(thing.model, RevisionMixin)]
WITH_DRAFTS = [thing for thing in SNIPPETS if issubclass(thing.model, DraftStateMixin)]
WITH_PREVIEW = [thing for thing in SNIPPETS if issubclass(thing.model, PreviewableMixin)]
