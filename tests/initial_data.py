"""What the migrations have made, put back around tests with real transactions, which empty the database at their end.

Django would keep it as JSON and save object by object, and would have PostgreSQL truncate every table: half a second
for each such test. Here rows are copied, and only tables that have any are emptied.
"""

from django.db import connection, transaction

from core.caching.writes import unseen


def install():
    """Before Django makes the test database: what it calls to keep and to put back are these."""
    connection.creation.serialize_db_to_string = rows_of_tables
    connection.creation.deserialize_db_from_string = put_back
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = flush


def flush(_style, tables, **_options):
    """As one statement, so that the content stamp, which follows each, is written to the table when it is empty."""
    statements = emptying(tables)
    return ["; ".join(statements)] if statements else []


def rows_of_tables():
    """{table: (columns, rows)} of those that have any."""
    found = {}
    with connection.cursor() as cursor:
        for table in _filled(_tables()):
            cursor.execute(f"SELECT * FROM {_quoted(table)}")  # noqa: S608
            found[table] = [name for name, *_type in cursor.description], cursor.fetchall()
    return found


def put_back(kept):
    """What is there goes; `kept` is from `rows_of_tables`."""
    tables = _tables()
    with unseen(tables), transaction.atomic(), connection.cursor() as cursor:
        for statement in emptying(tables):
            cursor.execute(statement)
        for table, (columns, rows) in kept.items():
            names, values = ", ".join(map(_quoted, columns)), ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {_quoted(table)} ({names}) VALUES ({values})", rows)  # noqa: S608


def emptying(tables):
    """The statements that empty them: in one transaction their order is all the same."""
    return [f"DELETE FROM {_quoted(table)}" for table in _filled(tables)]  # noqa: S608


def _tables():
    return connection.introspection.django_table_names(only_existing=True, include_views=False)


def _filled(tables):
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join(f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)  # noqa: S608
        )
        return [table for (table,) in cursor.fetchall()]


def _quoted(name):
    return connection.ops.quote_name(name)
