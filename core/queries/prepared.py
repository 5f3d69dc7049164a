"""Queries that are built and compiled once, not for each request.

Building a query of ours and compiling it to SQL costs more than its answer: conditions are rewritten for the language,
and a row has many columns. A function that is `@prepared` does both once for each language, database and length of its
lists; after that its values only take their places in the SQL:

    @prepared
    def neighbours(ids: Sequence[int]) -> models.QuerySet:
        return StoryPage.objects.for_listing().filter(pk__in=ids)

It is called with numbers, texts and moments, or lists of them (a list stands behind `__in` only), and answers with a
queryset; one that is narrowed further is built as usual. What decides about the query itself is prepared for each: a
model, a bool, and all that the function takes by name only (behind a `*`), such as how many rows are wanted. What it
takes as `**values` are values, of which some may be missing. What it takes from elsewhere must be the same for every
request; a moment among that is refused.
"""

import copy
import functools
import re
from collections.abc import Callable, Hashable
from datetime import date, datetime
from decimal import Decimal
from inspect import Parameter as Named
from inspect import signature
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

from .narrow import narrowed, reading_state


SIZES = (0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
"""How long lists are compiled: one is filled up to the next of these with its last value; a longer one is not prepared."""
FIELDS: dict[type, models.Field] = {  # how values are written for the database
    int: models.BigIntegerField(),
    str: models.TextField(),
    Decimal: models.DecimalField(max_digits=30, decimal_places=10),
    datetime: models.DateTimeField(),
    date: models.DateField(),
}
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d")  # as SQLite takes it
LISTS = (list, tuple, set, frozenset)
MOST = 256  # queries of one function: a reader's filters can be combined in many ways
CONSTANTS = (type, bool, type(None))

_forgetters: list[Callable[[], None]] = []


class Parameter(models.Expression):
    """The place of a value in a prepared query: of an argument, or of one value in a list."""

    def __init__(self, name: str, kind: type, position: int = -1) -> None:
        super().__init__(output_field=FIELDS[kind])
        self.name, self.kind, self.position = name, kind, position

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return "%s", [self]

    def value(self, arguments: dict[str, Any], connection: Any) -> Any:
        """What stands here this time, as the database takes it."""
        given = arguments[self.name]
        given = given if self.position < 0 else given[min(self.position, len(given) - 1)]
        return self.output_field.get_db_prep_value(given, connection)


class ParameterList(models.Expression):
    """The places of the values of a list, for `pk__in` and the like."""

    def __init__(self, name: str, kind: type, number: int) -> None:
        super().__init__(output_field=FIELDS[kind])
        self.parameters = [Parameter(name, kind, position) for position in range(number)]

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, list[Any]]:
        return f"({', '.join(['%s'] * len(self.parameters))})", list(self.parameters)


class Places(NamedTuple):
    """Where the values of an argument go: -1 for one that is no list."""

    kind: type
    number: int


class Compiled(NamedTuple):
    queryset: models.QuerySet
    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]


def prepared(build: Callable[..., models.QuerySet]) -> Callable[..., models.QuerySet]:
    """Build and compile the query that a function returns once; see above.

    Raises ValueError at the first call if the query holds a moment that is no argument, TypeError for an argument that
    is no constant and none of FIELDS, nor a list of one of them.
    """
    ready: dict[Hashable, Compiled | None] = {}
    names = signature(build)
    constants = {name for name, each in names.parameters.items() if each.kind is Named.KEYWORD_ONLY}
    rest = next((name for name, each in names.parameters.items() if each.kind is Named.VAR_KEYWORD), "")
    _forgetters.append(ready.clear)

    @functools.wraps(build)
    def ask(*args: Any, **kwargs: Any) -> models.QuerySet:
        bound = names.bind(*args, **kwargs)
        bound.apply_defaults()
        arguments = {
            name: list(value) if name not in constants and isinstance(value, LISTS) else value
            for name, value in (bound.arguments | bound.arguments.get(rest, {})).items()
            if name != rest
        }
        if any(len(value) > SIZES[-1] for value in arguments.values() if isinstance(value, list)):
            return build(**arguments)
        shapes = {name: value if name in constants else _shape(value) for name, value in arguments.items()}
        key = (reading_state(), tuple(shapes.items()))
        try:
            found = ready[key]
        except KeyError:
            found = _compiled(build(**{name: _argument(name, shape) for name, shape in shapes.items()}))
            if len(ready) >= MOST:
                ready.clear()
            ready[key] = found
        rebuilt = functools.partial(build, **arguments)
        return rebuilt().none() if found is None else _bound(found, arguments, rebuilt)

    return ask


def forget_prepared() -> None:
    """Build them all anew: after the database was made anew, whose keys some of them hold."""
    for forget in _forgetters:
        forget()


def _shape(value: Any) -> Hashable:
    """What decides about the query: a constant itself, else what kind of values and how many places they have."""
    if isinstance(value, CONSTANTS):
        return value
    if not isinstance(value, list):
        return Places(_kind(value), -1)
    return Places(_kind(value[0]) if value else int, next(size for size in SIZES if size >= len(value)))


def _kind(value: Any) -> type:
    found = next((kind for kind in FIELDS if isinstance(value, kind)), None)
    if found is None:
        raise TypeError(f"A prepared query takes no {type(value).__name__}.")
    return found


def _argument(name: str, shape: Any) -> Any:
    if not isinstance(shape, Places):
        return shape
    if shape.number < 0:
        return Parameter(name, shape.kind)
    return ParameterList(name, shape.kind, shape.number) if shape.number else []


def _compiled(queryset: models.QuerySet) -> Compiled | None:
    """None if the query can find nothing."""
    queryset = narrowed(queryset)
    compiler = queryset.query.get_compiler(using=queryset.db)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    if any(isinstance(value, date) or (isinstance(value, str) and MOMENT.match(value)) for value in params):
        raise ValueError("A prepared query holds a moment of its first call: make it an argument.")
    return Compiled(queryset, compiler, sql, tuple(params))


class BoundQuery(Query):
    """A compiled query with its values in their places."""

    is_narrowed = True
    compiled: Compiled
    arguments: dict[str, Any]
    rebuilt: Callable[[], models.QuerySet]

    def get_compiler(self, using: str | None = None, connection: Any = None, elide_empty: bool = True) -> SQLCompiler:
        connection = connections[using] if using else connection
        compiler = copy.copy(self.compiled.compiler)
        compiler.connection = connection
        params = tuple(
            value.value(self.arguments, connection) if isinstance(value, Parameter) else value
            for value in self.compiled.params
        )
        compiler.as_sql = lambda *_args, **_kwargs: (self.compiled.sql, params)
        compiler.get_converters = functools.partial(self._converters, type(compiler).get_converters, compiler)
        return compiler

    def _converters(
        self, look: Callable[..., dict[int, Any]], compiler: SQLCompiler, columns: list[Any]
    ) -> dict[int, Any]:
        """How the values of each column are converted: the same each time that rows are read over one connection.

        They are kept by the operations of the connection, which convert: what they hold goes when either goes.
        """
        known = vars(compiler.connection.ops).setdefault("prepared_converters", WeakKeyDictionary())
        if self.compiled.compiler not in known:
            known[self.compiled.compiler] = look(compiler, columns)
        return known[self.compiled.compiler]

    def clone(self) -> Query:
        """To be changed, it is an ordinary query again."""
        return self.rebuilt().query.clone()


def _bound(compiled: Compiled, arguments: dict[str, Any], rebuilt: Callable[[], models.QuerySet]) -> models.QuerySet:
    own = {"compiled": compiled, "arguments": arguments, "rebuilt": rebuilt}
    query = object.__new__(BoundQuery)
    query.__dict__ = compiled.queryset.query.__dict__ | own
    found = object.__new__(type(compiled.queryset))
    found.__dict__ = compiled.queryset.__dict__ | {"_known_related_objects": {}, "_hints": {}, "_query": query}
    return found
