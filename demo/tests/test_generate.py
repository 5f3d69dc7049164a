"""Generated content: as whole as what an editor makes, and no more of it than asked for."""

import re

import pytest
from django.conf import ENVIRONMENT_VARIABLE
from django.core.management import CommandError, call_command
from django.db import connection
from wagtail.models import ReferenceIndex
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.models import BasePage, SearchRow
from news.models import StoryPage
from schools.models import SchoolPage


pytestmark = pytest.mark.django_db

SCHOOLS, STORIES = 3, 30


def generate(stories=STORIES, schools=SCHOOLS, **options):
    call_command("generate_content", stories=stories, schools=schools, **{"verbosity": 0} | options)


def generated(model=StoryPage):
    return model.objects.filter(slug__startswith="generated-")


def test_pages_are_reachable_in_their_languages_and_the_tree_is_sound(client):
    generate()
    assert BasePage.find_problems() == ([], [], [], [], [])
    assert (generated().count(), generated(SchoolPage).count()) == (STORIES, SCHOOLS)
    for number, languages in ((3, ["zh-hans", "zh-hant", "en"]), (4, ["zh-hans", "zh-hant"])):
        story = StoryPage.objects.get(slug=f"generated-story-{number}")
        assert story.languages() == sorted(languages, key=["zh-hans", "zh-hant", "en"].index)
        assert f"生成的报道 {number}" in client.get(story.url).content.decode()
        assert f"生成的報道 {number}" in client.get(f"/zh-hant{story.url}").content.decode()
        assert (f"Generated story {number}" in client.get(f"/en{story.url}").content.decode()) is ("en" in languages)
        school = story.school_links.first().school
        assert school.url in client.get(story.url).content.decode()
        assert story.url in client.get(f"/news/?school={school.key}").content.decode()
    assert client.get("/").status_code == 200


def test_what_is_there_already_stays_and_what_is_missing_comes(client):
    generate(stories=5)
    StoryPage.objects.filter(slug="generated-story-2").update(title_zh_hans="改过的题目")
    generated().get(slug="generated-story-4").delete()
    before = set(generated().values_list("pk", "slug"))
    generate(stories=6, seed=7)
    assert before < set(generated().values_list("pk", "slug"))
    assert generated().count() == 6
    assert StoryPage.objects.get(slug="generated-story-2").title == "改过的题目"
    generate(stories=6)
    assert generated().count() == 6
    assert BasePage.find_problems() == ([], [], [], [], [])


def indexed(story):
    """What the search index and the reference index hold of a story."""
    entry = IndexEntry.objects.get(object_id=str(story.pk), content_type=story.content_type)
    texts = entry.sqliteftsindexentry if connection.vendor == "sqlite" else entry  # where SQLite has them
    words = [set(re.findall(r"\w+", re.sub(r":[\dA-D,]+", " ", str(getattr(texts, name))))) for name in COLUMNS]
    references = ReferenceIndex.objects.filter(object_id=str(story.pk))
    row = SearchRow.objects.values_list("kind", "object_pk", "published").get(entry=entry)
    return (*words, row), set(references.values_list("content_type", "to_content_type", "to_object_id", "content_path"))


COLUMNS = ("title", "body", "autocomplete")


def test_the_indexes_hold_what_they_would_after_a_save():
    generate()
    referring = set()
    for story in generated():
        ours = indexed(story)
        referring |= {path.partition(".")[0] for *_kinds, path in ours[1]}
        get_search_backend().add_bulk(StoryPage, [story])
        ReferenceIndex.create_or_update_for_object(story)
        assert indexed(story) == ours
    assert referring == {"body", "added_schools", "added_programmes"}


def test_it_refuses_production_unless_asked(monkeypatch, settings):
    settings.DEBUG = False
    monkeypatch.setenv(ENVIRONMENT_VARIABLE, "eduportal.settings.production")
    with pytest.raises(CommandError, match="--in-production"):
        generate()
    assert not generated().exists()
    generate(stories=1, in_production=True)
    assert generated().count() == 1


@pytest.mark.parametrize("number", ["-1", "many", "1.5"])
def test_a_number_that_is_none_is_refused(number):
    with pytest.raises(CommandError, match="is not a number of things"):
        call_command("generate_content", f"--stories={number}", "--schools=1")
