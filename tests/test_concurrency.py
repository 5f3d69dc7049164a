"""Four editors save while twenty readers read: no error, and nothing is lost."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

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
