"""The search index is written once for all that is saved of an object together."""

from collections import Counter

import pytest
from modelsearch import index
from wagtail.search.backends import get_search_backend

from core.models import BasePage
from core.searching.indexing import indexed_once
from news.models import StoryPage, Topic
from news.tests.factories import make_index, make_story, publish, translate
from schools.tests.factories import make_home


pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def written(db, monkeypatch):
    """{(model, key): how often its row of the index is written}"""
    make_index()
    counts = Counter()

    def count(instance):
        counts[instance._meta.model_name, instance.pk] += 1
        insert(instance)

    insert = index.insert_or_update_object
    monkeypatch.setattr(index, "insert_or_update_object", count)
    return counts


def found(words):
    return [page.pk for page in get_search_backend().search(words, BasePage)]


def test_a_publish_writes_once_and_what_is_stored_last(written):
    story = translate(make_story(live=False, title="龙门中学"))
    written.clear()
    publish(story)
    assert written == {("storypage", story.pk): 1}  # the draft that is saved first changes nothing that is searched
    assert found("龙门中学") == found("龍門中學") == [story.pk]


def test_an_alias_and_its_updates_are_written_once(written):
    story = make_story()
    written.clear()
    alias = story.create_alias(update_slug="alias")
    assert written == {("storypage", alias.pk): 1}
    revision = story.save_revision()
    written.clear()
    revision.publish()
    assert written == {("storypage", story.pk): 1, ("storypage", alias.pk): 1}


def test_a_snippet_is_written_once_with_its_automatic_languages(written):
    topic = Topic.objects.create(key="schools", name="龙门")
    assert written == {("topic", topic.pk): 1}
    assert topic in get_search_backend().search("龍門", Topic)


def test_what_is_saved_alone_is_written_at_once(written):
    page = StoryPage(title="龙门中学", slug="alone", live=False)
    make_home().add_child(instance=page)
    assert written["storypage", page.pk] == 1
    assert found("龙门中学") == [page.pk]


def test_nothing_is_written_of_what_is_undone(written):
    topic = Topic.objects.create(key="schools", name="龙门")
    written.clear()
    with pytest.raises(RuntimeError):
        save_and_fail(topic)
    assert not written
    topic.save()
    assert written == {("topic", topic.pk): 1}


def save_and_fail(topic):
    with indexed_once():
        topic.save()
        raise RuntimeError
