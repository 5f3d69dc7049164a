"""Objects that are made of rows are what Django's constructor would make of them, with only what was loaded."""

import pytest
from django.apps import apps
from django.db import models
from django.db.models.signals import post_init
from wagtail.blocks.stream_block import StreamValue

from core.models import PortalSettings
from core.queries import rows
from core.queries.rows import RowsMixin
from metrics.tests.factories import make_observation
from news.models import StoryPage
from news.tests.factories import make_programme, make_story
from schools.models import SchoolPage
from schools.tests.factories import make_honour, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

MODELS = [model for model in apps.get_models() if issubclass(model, RowsMixin)]


def held(obj):
    """What an object holds, its state and its bodies in a form that can be compared."""
    found = {name: value for name, value in vars(obj).items() if name != "_state"}
    plain = {name: list(v.raw_data) if isinstance(v, StreamValue) else v for name, v in found.items()}
    return plain | {"adding": obj._state.adding, "db": obj._state.db}


def both(model, names, values):
    """Made as we do, and as Django does."""
    stock = models.Model.from_db.__func__
    return model.from_db("default", names, values), stock(model, "default", names, values)


def stored(model):
    """(names of the columns, values of a row) as they come from the database."""
    found = models.QuerySet(model).values_list(*(field.attname for field in model._meta.concrete_fields)).first()
    return [field.attname for field in model._meta.concrete_fields], list(found or ())


@pytest.fixture
def content():
    body = [{"type": "text", "value": "<p>开学。</p>", "id": "b1"}]
    school = make_school(town=None)
    make_honour(holder_school=school)
    make_observation()
    make_programme(parts=[{"type": "part", "value": {"name": "名师", "description": ""}, "id": "p1"}])
    make_story(body=body)


def test_they_hold_the_same(content):
    compared = set()
    for model in MODELS:
        names, values = stored(model)
        if values:
            ours, stock = both(model, names, values)
            assert held(ours) == held(stock)
            compared.add(model)
    assert {StoryPage, SchoolPage} <= compared
    assert len(compared) > 12


def test_what_was_not_loaded_is_asked_for_when_it_is_read(content, django_assert_num_queries):
    names, values = stored(StoryPage)
    few = [(name, value) for name, value in zip(names, values, strict=True) if name not in {"title_en", "body_zh_hans"}]
    ours, stock = both(StoryPage, *(list(each) for each in zip(*few, strict=True)))
    assert held(ours) == held(stock)
    assert ours.get_deferred_fields() == stock.get_deferred_fields() == {"title_en", "body_zh_hans"}
    with django_assert_num_queries(1):
        assert ours.body[0].block_type == "text"


def test_a_model_whose_constructor_does_more_is_made_by_it():
    names = tuple(field.attname for field in PortalSettings._meta.concrete_fields)
    assert rows._plan(PortalSettings, names) is None
    assert rows._plan(StoryPage, tuple(field.attname for field in StoryPage._meta.concrete_fields)) is not None


def test_a_model_that_somebody_listens_to_is_made_by_its_constructor():
    def listen(**_named): ...

    post_init.connect(listen, sender=StoryPage)
    try:
        assert rows._plan(StoryPage, ("id",)) is None
    finally:
        post_init.disconnect(listen, sender=StoryPage)


def test_a_foreign_key_is_followed(content):
    story = StoryPage.objects.select_related("picture").get()
    assert StoryPage.objects.get(pk=story.pk).content_type.model == "storypage"
