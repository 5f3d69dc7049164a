import pytest
from django.core.cache import cache
from django.db import connection

from core.publishing import checklist


@pytest.fixture(scope="module")
def initial_data_restored(django_db_setup, django_db_blocker):
    """Tests with real transactions empty the database at their end: put back what the migrations made.

    Use with `django_db(transaction=True, serialized_rollback=True)`.
    """
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        cache.clear()


@pytest.fixture
def portal():
    from .portal import make_portal

    return make_portal()


@pytest.fixture
def visit(chromium, live_server):
    """`visit(viewport=…)`: a page in a browser of its own. At the end, nothing may have gone wrong in any of them."""
    from .browser import launched, watched

    opened = []

    def new_page(**options):
        opened.append(watched(browser, live_server.url, **options))
        return opened[-1][0].new_page()

    with launched(chromium) as browser:
        yield new_page
    assert [problem for _context, problems in opened for problem in problems] == []


@pytest.fixture
def words_may_differ(monkeypatch):
    """Nobody is kept from publishing words that a figure contradicts: for tests of what a new value sets off elsewhere."""
    kept = [each for each in checklist._checks if each.name != "metrics.linked-figures"]
    monkeypatch.setattr(checklist, "_checks", kept)
