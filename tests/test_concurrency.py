"""Many people at once: no error, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from core.languages import column
from languages.desk.originals import original_of
from languages.models import Translation, TranslationStage
from languages.publishing.loading import load
from languages.publishing.publish import publish
from news.models import StoryPage
from news.tests.factories import make_story


SAVES, WRITERS, READERS, READS = 3, 4, 20, 3


pytestmark = [
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
    pytest.mark.usefixtures("initial_data_restored"),
]


@pytest.fixture
def stories():
    """A story for each writer."""
    return [make_story(title=f"第{number}篇") for number in range(WRITERS)]


def write(pk):
    try:
        for number in range(SAVES):
            story = StoryPage.objects.get(pk=pk)
            story.title = f"{story.title}改{number}"
            story.save_revision().publish()
        return "saved"
    finally:
        connections.close_all()


def read(url):
    try:
        client = Client()
        return {client.get(url).status_code for _number in range(READS)}
    finally:
        connections.close_all()


def test_four_writers_and_twenty_readers(stories):
    urls = [story.url for story in stories]
    with ThreadPoolExecutor(WRITERS + READERS) as pool:
        writers = [pool.submit(write, story.pk) for story in stories]
        readers = [pool.submit(read, urls[number % WRITERS]) for number in range(READERS)]
        assert [job.result(timeout=120) for job in writers] == ["saved"] * WRITERS
        assert [job.result(timeout=120) for job in readers] == [{200}] * READERS
    for story in stories:
        stored = StoryPage.objects.get(pk=story.pk)
        assert stored.title == story.title + "".join(f"改{number}" for number in range(SAVES))
        assert stored.revisions.count() == SAVES + 1
        assert stored.title_zh_hant


# Translations and their source, published at once --------------------------------------------------


def publish_again(pk):
    """The Chinese, with nothing new in it."""
    try:
        for _number in range(SAVES):
            StoryPage.objects.get(pk=pk).save_revision().publish()
        return "published"
    finally:
        connections.close_all()


def publish_translation(pk, code):
    try:
        for _number in range(SAVES):
            publish(original_of(StoryPage.objects.get(pk=pk)), code, None)
        return "published"
    finally:
        connections.close_all()


def test_translations_and_their_source_are_published_at_once():
    story = make_story(title="同一篇", standfirst="")
    codes = ["en", "fr", "es", "fr"]  # French by two people
    for code in set(codes):
        load(story, code, {"title": f"The same story ({code})"}, publish=False)
    with ThreadPoolExecutor(len(codes) + 1) as pool:
        jobs = [pool.submit(publish_again, story.pk), *(pool.submit(publish_translation, story.pk, c) for c in codes)]
        assert [job.result(timeout=120) for job in jobs] == ["published"] * len(jobs)
    stored = StoryPage.objects.get(pk=story.pk)
    assert stored.title == "同一篇"
    assert stored.live_revision == stored.latest_revision
    for code in set(codes):
        translation = Translation.objects.select_related("publication").get(language=code)
        assert translation.stage == TranslationStage.PUBLISHED
        assert translation.publications.count() == SAVES * codes.count(code)
        assert translation.publication.texts["title"][1] == getattr(stored, column("title", code))
        assert getattr(stored, column("title", code)) == f"The same story ({code})"
