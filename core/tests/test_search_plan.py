"""That the databases' indexes serve what is searched, however many things there are: read from their plans."""

import pytest
from django.apps import apps
from django.db import connection
from modelsearch.query import And, Phrase, PlainText

from core.searching.backend import matching


pytestmark = pytest.mark.django_db


LANGUAGES = ["fr", "zh-hans", "en"]


def plan(query):
    """How the database looks for stories, in the languages of a French reader."""
    return matching(apps.get_model("news.StoryPage"), query, LANGUAGES).explain()


@pytest.mark.sqlite
@pytest.mark.parametrize("query", [PlainText("s"), And([PlainText("s"), Phrase("学位")])])
def test_sqlite_reads_its_full_text_index_once_and_not_for_each_entry(query):
    lines = plan(query).splitlines()
    read = [line for line in lines if "VIRTUAL TABLE INDEX" in line]
    assert len(read) == 1
    assert "INDEX 0:M" in read[0]  # by the words alone; '0:=M' would be by an entry and the words


@pytest.mark.postgres
def test_postgresql_has_an_index_for_names_and_texts_as_they_are_asked():
    asked = plan(And([PlainText("s"), Phrase("学位")]))
    assert "(title || body) @@ '" in asked  # one query, known before any row is read
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table is read as a whole else
        cursor.execute("EXPLAIN SELECT 1 FROM wagtailsearch_indexentry WHERE (title || body) @@ '学位'::tsquery")
        assert "portal_search_names_and_texts" in str(cursor.fetchall())
