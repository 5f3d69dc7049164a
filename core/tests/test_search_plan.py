"""That the databases' indexes serve what is searched, however many things there are: read from their plans."""

import pytest
from django.apps import apps
from django.db import connection
from modelsearch.query import And, Phrase, PlainText

from core.searching.finding import Search, words_among, words_of
from core.searching.rows import count_up_to


pytestmark = pytest.mark.django_db


LANGUAGES = ["fr", "zh-hans", "en"]


def search(query, names_only=False):
    """Stories in the languages of a French reader."""
    models = [apps.get_model("news.StoryPage")]
    return Search(models, words_among(models, words_of(query, LANGUAGES)), names_only)


@pytest.mark.sqlite
@pytest.mark.parametrize("query", [PlainText("s"), And([PlainText("s"), Phrase("学位")])])
@pytest.mark.parametrize("rows", ["keys", "newest"])
def test_sqlite_reads_its_full_text_index_once_and_not_for_each_row(query, rows):
    lines = getattr(search(query), rows).explain().splitlines()
    read = [line for line in lines if "VIRTUAL TABLE INDEX" in line]
    assert len(read) == 1
    assert "INDEX 0:M" in read[0]  # by the words alone; '0:=M' would be by a row and the words


@pytest.mark.postgres
def test_postgresql_has_an_index_for_names_and_texts_as_they_are_asked():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # an empty table is read as a whole else
    plan = search(And([PlainText("s"), Phrase("学位")])).entries.explain()
    assert "portal_search_names_and_texts" in plan
    assert "''ᛱstorypage'' & (" in plan  # what it is, too, is asked of the index


@pytest.mark.postgres
@pytest.mark.parametrize("names_only", [True, False])
def test_postgresql_walks_from_the_newest_and_asks_each(names_only):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
    plan = search(Phrase("学位"), names_only).newest[:200].explain()
    assert "Index Scan Backward using search_row_newest" in plan or "Index Only Scan Backward" in plan
    assert "SubPlan" in plan  # no join, which would find all that match before the first is known
    assert "Sort" not in plan


def test_counting_stops():
    words = [search(Phrase("学位")).entries, search(PlainText("")).entries]
    sql = str(words[0][:3].query)
    assert "LIMIT 3" in sql
    assert count_up_to(words, 3) == [0, 0]
    assert count_up_to([], 3) == []
