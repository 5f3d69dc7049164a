"""Lists and searches of pages in the admin, which take as long with very many pages as with few."""

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from core.models import BasePage
from core.searching import backend
from core.searching.rows import by_index


pytestmark = pytest.mark.django_db


@pytest.fixture
def root(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor"))
    return BasePage.objects.get(depth=1)


def add(root, number):
    model = apps.get_model("news.StandardPage")
    start = root.get_children_count()
    return [root.add_child(instance=model(title=f"学位 {n}", slug=f"s-{n}")) for n in range(start, start + number)]


def sql_of(client, root, **options):
    address = reverse("wagtailadmin_explore", args=[root.pk])
    client.get(address, options)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address, options).status_code == 200
    return [query["sql"] for query in captured]


def test_a_list_takes_as_many_queries_for_few_pages_as_for_many(client, root):
    add(root, 2)
    few = len(sql_of(client, root))
    add(root, 12)
    assert len(sql_of(client, root)) == few


def test_what_is_scheduled_is_known_all_the_same(client, root):
    page = add(root, 1)[0]
    page.go_live_at = timezone.now() + timezone.timedelta(days=3)
    page.save_revision().publish()
    assert BasePage.objects.get(pk=page.pk).specific.scheduled_revision is not None
    listed = client.get(reverse("wagtailadmin_explore", args=[root.pk])).context["page_obj"]
    assert [bool(each.scheduled_revision) for each in listed if each.pk == page.pk] == [True]


@pytest.mark.postgres
@pytest.mark.parametrize("ordering", ["-latest_revision_created_at", "latest_revision_created_at"])
def test_an_index_serves_the_order_of_a_list(client, root, ordering):
    add(root, 3)
    listed = next(sql for sql in sql_of(client, root, ordering=ordering) if "_approved_schedule" in sql)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off; SET LOCAL enable_hashjoin = off")
        cursor.execute(f"EXPLAIN {listed}")
        plan = str(cursor.fetchall())
    assert "page_last_edited" in plan
    assert "Sort" not in plan


def test_very_many_finds_are_not_ranked(root, monkeypatch):
    pages = add(root, 4)
    parts = backend.parts_of(connection.vendor)
    for least, is_ranked in ((4, True), (3, False)):
        monkeypatch.setattr(parts, "RANKED", least)
        for search in (get_search_backend().search, get_search_backend().autocomplete):
            with CaptureQueriesContext(connection) as captured:
                found = list(search("学位", BasePage))
            sql = captured.captured_queries[-1]["sql"]
            assert ("rank(" in sql or "bm25" in sql) == is_ranked
            assert {page.pk for page in found} == {page.pk for page in pages}
    assert [page.pk for page in found] == [page.pk for page in reversed(pages)]


def test_a_word_that_is_common_elsewhere_is_ranked_among_few(root, monkeypatch):
    """A chooser of schools looks for a word of thousands of pages: it has few schools to put in order."""
    add(root, 4)
    school = apps.get_model("schools.SchoolPage")
    root = BasePage.objects.get(pk=root.pk)
    schools = [root.add_child(instance=school(title=f"学位 {n}", slug=f"k-{n}", stage="primary")) for n in range(2)]
    monkeypatch.setattr(backend.parts_of(connection.vendor), "RANKED", 3)
    for model, is_ranked in ((school, True), (apps.get_model("news.StandardPage"), False), (BasePage, False)):
        for search in (get_search_backend().search, get_search_backend().autocomplete):
            with CaptureQueriesContext(connection) as captured:
                found = list(search("学位", model))
            sql = captured.captured_queries[-1]["sql"]
            assert ("rank(" in sql or "bm25" in sql) == is_ranked
            assert {page.pk for page in schools} <= {page.pk for page in found} or model is not school


def test_finds_are_counted_to_a_limit(root, monkeypatch):
    add(root, 4)
    assert get_search_backend().autocomplete("学位", BasePage).count() == 4
    monkeypatch.setattr(backend, "MOST_COUNTED", 3)
    assert get_search_backend().autocomplete("学位", BasePage).count() == 3


@pytest.mark.postgres
def test_counting_by_the_index_goes_on_after_another_count_within_it():
    def seqscan():
        with connection.cursor() as cursor:
            cursor.execute("SHOW enable_seqscan")
            return cursor.fetchone()[0]

    with by_index():
        with by_index():
            assert seqscan() == "off"
        assert seqscan() == "off"
    assert seqscan() == "on"


def test_a_slice_of_finds_can_be_counted(root):
    add(root, 4)
    for search in (get_search_backend().search, get_search_backend().autocomplete):
        assert [search("学位", BasePage)[part].count() for part in (slice(2), slice(1, 4), slice(3, 9))] == [2, 3, 1]
