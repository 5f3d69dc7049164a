"""Every write of what readers may see moves the content stamp, in the transaction of the write.

Nothing has to remember it: each connection looks at the statements that it sends. A write of a table that readers see is
followed by one row in the table of stamps, so that both are there at once, or neither is. One row a transaction is enough.

Not seen: what a trigger or a function of the database writes, and what another program writes past Django. After that,
`manage.py move_stamp`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from typing import Any

from django.db import connections, router, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.utils import timezone

from . import stamp
from .unseen import STAMPS, UNSEEN_TABLES, unseen_columns


KEPT_STAMPS = 2000  # rows that are left when old ones are taken away
TRIMMED_EVERY = 256  # rows

FIRST_WORD = re.compile(r"[\s(]*(\w+)")
# Statements that change no row; all others are taken for writes.
READING = re.compile(
    r"(SELECT|VALUES|SHOW|EXPLAIN|PRAGMA|DECLARE|FETCH|CLOSE"
    r"|SET|RESET|BEGIN|START|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|LOCK|PREPARE|DEALLOCATE|DISCARD|LISTEN|NOTIFY|UNLISTEN"
    r"|CREATE|ALTER|DROP|COMMENT|ANALYZE|VACUUM|REINDEX|ATTACH|DETACH)\Z",
    re.IGNORECASE,
)
TARGET = re.compile(
    r"[\s(]*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+(?:ONLY\s+)?"
    r'(?:"\w+"\.|\w+\.)?"?(\w+)"?',
    re.IGNORECASE,
)
ASSIGNMENTS = re.compile(r"\sSET\s(.*?)(?:\sWHERE\s|\sFROM\s|$)", re.IGNORECASE | re.DOTALL)
ASSIGNED = re.compile(r'"(\w+)"\s*=')

_unseen: ContextVar[frozenset[str]] = ContextVar("unseen_now", default=frozenset())

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def install() -> None:
    """Watch every connection, those that are open already too."""
    connection_created.connect(_on_connection, dispatch_uid="core.caching.writes")
    for connection in connections.all(initialized_only=True):
        _on_connection(connection=connection)


def _on_connection(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _watch)  # Django takes those of a `with` away from the end


@contextmanager
def unseen(tables: Iterable[str]) -> Iterator[None]:
    """What is written to these tables inside is of something that is not published: no reader sees it."""
    token = _unseen.set(frozenset(tables))
    try:
        yield
    finally:
        _unseen.reset(token)


def _watch(execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    if not is_seen(sql):
        return execute(sql, params, many, context)
    connection = context["connection"]
    # SQLite ends a transaction of one statement with its last row, which Django has not read yet: the row of the stamp
    # is still part of it.
    is_one = connection.in_atomic_block or not connection.get_autocommit() or connection.vendor == "sqlite"
    with nullcontext() if is_one else transaction.atomic(using=connection.alias):
        result = execute(sql, params, many, context)
        _move(connection)
    return result


def is_seen(sql: Any) -> bool:
    """Whether a statement writes what readers may see. What is not understood is taken to."""
    if not isinstance(sql, str):
        return True
    word = FIRST_WORD.match(sql)
    if word is None or READING.match(word.group(1)):
        return False
    target = TARGET.match(sql)
    if target is None:
        return True
    table = target.group(1)
    if table in UNSEEN_TABLES or table in _unseen.get():
        return False
    columns = unseen_columns().get(table)
    return not (columns and word.group(1).upper() == "UPDATE" and _writes_only(sql, columns))


def _writes_only(sql: str, columns: frozenset[str]) -> bool:
    """Whether an UPDATE sets these columns and no other."""
    found = ASSIGNMENTS.search(sql)
    assigned = set(ASSIGNED.findall(found.group(1))) if found else set()
    return bool(assigned) and assigned <= columns


# The row of a transaction ----------------------------------------------------------------------


def has_moved(connection: BaseDatabaseWrapper) -> bool:
    """Whether this connection may have written what readers see, and nobody else can see it yet."""
    if not connection.in_atomic_block:
        return not connection.get_autocommit()
    return getattr(connection, "_stamp_moved_within", None) is connection.atomic_blocks[0]


def move(using: str | None = None) -> None:
    """Move the stamp by hand, after something that no connection of ours has written."""
    _insert(connections[using or router.db_for_write(None)])
    stamp.forget()


def _move(connection: BaseDatabaseWrapper) -> None:
    """One row for each transaction, and another one if what came before was rolled back.

    Django has one list of what is to be done on commit, and makes a new one at every commit, rollback and rollback to a
    savepoint: as long as it is the same list, the row is there.
    """
    block = _outermost(connection)
    known, within = getattr(connection, "_stamp_row_of", (None, None))
    if block and known is connection.run_on_commit and within is block:
        return
    if not _has_table(connection):
        return
    number = _insert(connection)
    transaction.on_commit(stamp.forget, using=connection.alias)
    if number % TRIMMED_EVERY == 0:
        transaction.on_commit(lambda: trim(connection, number), using=connection.alias, robust=True)
    connection._stamp_row_of = (connection.run_on_commit, block)
    connection._stamp_moved_within = connection.atomic_blocks[0] if connection.atomic_blocks else None


def _outermost(connection: BaseDatabaseWrapper) -> Any:
    """The block of the whole transaction; within a test case, that of what it does one after the other. None if each
    statement is a transaction of its own."""
    blocks = connection.atomic_blocks
    return next((block for block in blocks if not block._from_testcase), blocks[-1] if blocks else None)


def _has_table(connection: BaseDatabaseWrapper) -> bool:
    """Not before its migration."""
    if not getattr(connection, "_stamp_table_is_there", False):
        connection._stamp_table_is_there = STAMPS in connection.introspection.table_names()
    return connection._stamp_table_is_there


def _insert(connection: BaseDatabaseWrapper) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {STAMPS} (at) VALUES (%s) RETURNING id", [timezone.now()])  # noqa: S608
        return cursor.fetchone()[0]


def trim(connection: BaseDatabaseWrapper, newest: int) -> None:
    """Take old rows away, in a transaction of its own that holds nothing else: nobody waits for it."""
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {STAMPS} WHERE id <= %s", [newest - KEPT_STAMPS])  # noqa: S608
