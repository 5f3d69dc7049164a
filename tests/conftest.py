import pytest
from django.core.cache import cache
from django.db import connection


@pytest.fixture(scope="module")
def initial_data_restored(django_db_setup, django_db_blocker):
    """Tests with real transactions empty the database at their end: put back what the migrations made.

    Use with `django_db(transaction=True, serialized_rollback=True)`.
    """
    yield
    with django_db_blocker.unblock():
        connection.creation.deserialize_db_from_string(connection._test_serialized_contents)
        cache.clear()
