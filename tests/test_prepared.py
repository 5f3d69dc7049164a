"""Queries that are built once: the same rows as those that are built each time."""

import gc
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.sql.compiler import SQLCompiler
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.languages import reading
from core.models import BasePage, PortalImage
from core.queries.narrow import narrow_reads
from core.queries.prepared import SIZES, forget_prepared, prepared
from news.models import StoryPage
from news.tests.factories import make_story, translate


pytestmark = pytest.mark.django_db

built = []


@prepared
def by_keys(ids):
    built.append(ids)
    return StoryPage.objects.filter(pk__in=ids).select_related("picture").order_by("pk")


@prepared
def since(model, moment, slug, is_live=True):
    built.append(model)
    return model.objects.filter(first_published_at__gte=moment, live=is_live).exclude(slug=slug).order_by("pk")


@prepared
def first(slug, *, fields, number):
    built.append(number)
    return StoryPage.objects.exclude(slug=slug).order_by("pk").values_list(*fields)[:number]


@prepared
def having(*, order, **values):
    built.append(sorted(values))
    return StoryPage.objects.filter(**values).order_by(order)


@pytest.fixture(autouse=True)
def unbuilt():
    forget_prepared()
    built.clear()
    yield
    forget_prepared()


@pytest.fixture
def stories():
    return [make_story(title=f"第{number}篇") for number in range(1, 5)]


def test_each_call_has_its_own_values_and_one_query_is_built(stories):
    first, second, third, fourth = stories
    assert list(by_keys([first.pk, third.pk])) == [first, third]
    assert list(by_keys({fourth.pk, second.pk})) == [second, fourth]
    assert len(built) == 1


def test_lists_of_any_length(stories):
    keys = [story.pk for story in stories]
    for length in range(len(keys) + 1):
        assert list(by_keys(keys[:length])) == stories[:length]
    many = [*range(10**9, 10**9 + SIZES[-1]), *keys]
    assert list(by_keys(many)) == stories


def test_moments_texts_models_and_flags(stories):
    moment = stories[2].first_published_at
    make_story(live=False)
    assert list(since(StoryPage, moment, "none")) == stories[2:]
    assert list(since(StoryPage, moment, stories[3].slug)) == [stories[2]]
    assert list(since(StoryPage, moment + timedelta(days=400), "none")) == []
    assert [page.pk for page in since(BasePage, moment, stories[3].slug)] == [stories[2].pk]
    assert list(since(StoryPage, moment, "none", is_live=False)) == []
    assert len(built) == 3


def test_what_is_named_decides_about_the_query(stories):
    rows = [(story.pk, story.slug) for story in stories]
    assert list(first("none", fields=("pk", "slug"), number=2)) == rows[:2]
    assert list(first(stories[0].slug, fields=("pk", "slug"), number=2)) == rows[1:3]
    assert list(first("none", fields=("pk", "slug"), number=3)) == rows[:3]
    assert list(first("none", fields=("slug",), number=3)) == [(slug,) for _pk, slug in rows[:3]]
    assert built == [2, 3, 3]


def test_values_of_which_some_are_missing(stories):
    assert list(having(order="pk", slug=stories[1].slug)) == [stories[1]]
    assert list(having(order="pk", slug=stories[2].slug)) == [stories[2]]
    assert list(having(order="pk", pk=stories[1].pk, slug=stories[2].slug)) == []
    assert list(having(order="-pk")) == stories[::-1]
    assert list(having(order="pk", title=stories[0].title)) == [stories[0]]
    assert built == [["slug"], ["pk", "slug"], [], ["title"]]


def test_of_very_many_ways_to_ask_not_all_are_kept(stories, monkeypatch):
    monkeypatch.setattr("core.queries.prepared.MOST", 2)
    for _ in range(2):
        assert [list(first("none", fields=("pk",), number=number)) for number in (1, 1, 2, 3)] == [
            [(story.pk,) for story in stories[:number]] for number in (1, 1, 2, 3)
        ]
    assert built == [1, 2, 3, 1, 2, 3]


def test_one_that_is_narrowed_further_is_built_as_usual(stories):
    found = by_keys([story.pk for story in stories])
    assert found.filter(slug=stories[1].slug).get() == stories[1]
    assert found.count() == 4
    assert list(found[:2]) == stories[:2]
    assert found.order_by("-pk").first() == stories[3]
    assert BasePage.objects.filter(pk__in=by_keys([stories[0].pk]).values("pk")).count() == 1


def test_it_asks_when_it_is_read_and_only_once(stories):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = by_keys([stories[0].pk])
        assert len(asked) == 0
        assert list(found) == list(found) == [stories[0]]
        assert bool(found)
        assert len(found) == 1
    assert len(asked) == 1


def test_each_language_has_its_own_columns(stories):
    translate(stories[0], "en", title="One")
    with narrow_reads():
        [chinese] = by_keys([stories[0].pk])
        with reading("en", address=True):
            [english] = by_keys([stories[0].pk])
            assert english.title == "One"
    [whole] = by_keys([stories[0].pk])
    assert chinese.title == "第1篇"
    assert "title_en" in chinese.get_deferred_fields()
    assert "title_en" not in english.get_deferred_fields()
    assert not whole.get_deferred_fields()


def test_what_is_taken_along_is_there(stories):
    picture = PortalImage.objects.create(title="图", file="a.jpg", width=1, height=1)
    StoryPage.objects.filter(pk=stories[0].pk).update(picture=picture)
    [found] = by_keys([stories[0].pk])
    with CaptureQueriesContext(connection) as asked:
        assert found.picture == picture
    assert len(asked) == 0


def test_a_moment_of_the_first_call_is_refused():
    @prepared
    def published():
        return StoryPage.objects.filter(first_published_at__lte=timezone.now())

    with pytest.raises(ValueError, match="argument"):
        published()


def test_what_no_database_takes_is_refused():
    with pytest.raises(TypeError, match="dict"):
        by_keys({"a": 1})


def test_how_columns_are_converted_is_looked_up_once_and_forgotten_with_the_query(stories, monkeypatch):
    looked = []
    stock = SQLCompiler.get_converters
    monkeypatch.setattr(SQLCompiler, "get_converters", lambda *args: looked.append(1) or stock(*args))
    moments = [[row.first_published_at for row in by_keys([story.pk])] for story in stories]
    assert moments == [[story.first_published_at] for story in stories]
    assert len(looked) == 1
    kept = connection.ops.prepared_converters
    assert len(kept) >= 1
    forget_prepared()
    gc.collect()
    assert len(kept) == 0
