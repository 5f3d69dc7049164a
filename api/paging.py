"""Pages that stay right while rows come and go: a cursor names the row to continue after, not a number of rows to
skip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.http import HttpRequest
from ninja.errors import HttpError

from core.queries.prepared import prepared

from .schemas import MAX_LIMIT, USUAL, Paged


SIZES = (USUAL + 1, MAX_LIMIT + 1)  # how many rows are read: what is not wanted of them is left out


Step = Callable[[models.QuerySet, Any, Any], models.QuerySet]


@dataclass(frozen=True)
class Rows:
    """The rows of a list: what `build` makes of the filters that were `given`."""

    build: Callable[..., models.QuerySet]
    given: dict[str, Any]

    def read(self, step: Step, number: int, value: Any = None, pk: int | None = None) -> list[Any]:
        """So many rows of a part of the list, behind this value (and key) if there is one."""
        size = next(size for size in SIZES if size >= number)
        return list(_read(value, pk, build=self.build, step=step, number=size, **self.given))[:number]


@prepared
def _read(
    value: Any, pk: int | None, *, build: Callable[..., models.QuerySet], step: Step, number: int, **given: Any
) -> models.QuerySet:
    return step(build(**given), value, pk)[:number]


@dataclass(frozen=True)
class Order:
    """By one column that no two rows share, from its least value on."""

    name: str
    column: str

    def position(self, row: models.Model) -> list[Any]:
        return [getattr(row, self.column)]

    def page(self, rows: Rows, after: Sequence[Any] | None, number: int) -> list[Any]:
        """So many rows, from the first or after a position."""
        return rows.read(self.behind, number, after[0] if after else None)

    def behind(self, rows: models.QuerySet, value: Any, pk: Any) -> models.QuerySet:
        found = rows if value is None else rows.filter(**{f"{self.column}__gt": value})
        return found.order_by(self.column)


class Newest(Order):
    """Stories by the moment of their publication, the newest first; after them those that have none.

    The two are asked for one after the other: as one order it would be by a column that is worked out, for which all rows
    would have to be read and sorted.
    """

    def position(self, story: Any) -> list[Any]:
        moment = story.first_published_at
        return [moment and moment.isoformat(), story.pk]

    def page(self, rows: Rows, after: Sequence[Any] | None, number: int) -> list[Any]:
        moment, pk = after or (None, None)
        found: list[Any] = []
        if after is None:
            found = rows.read(self.dated, number)
        elif moment:
            found = rows.read(self.dated, number, datetime.fromisoformat(moment), pk)
        if len(found) < number:
            found += rows.read(self.undated, number - len(found), pk=None if moment else pk)
        return found

    def dated(self, rows: models.QuerySet, moment: Any, pk: Any) -> models.QuerySet:
        found = rows.filter(first_published_at__isnull=False)
        return found.newest_first() if moment is None else found.before(moment, pk)

    def undated(self, rows: models.QuerySet, moment: Any, pk: Any) -> models.QuerySet:
        found = rows.filter(first_published_at=None).order_by("-pk")
        return found if pk is None else found.filter(pk__lt=pk)


BY_KEY = Order("key", "key")
NEWEST = Newest("newest", "first_published_at")


def page_of(
    rows: Rows, order: Order, limit: int, cursor: str | None, request: HttpRequest
) -> tuple[list[Any], dict[str, str | None]]:
    """(rows, {next, next_cursor}); raises HttpError 422 for a cursor that this list did not give out."""
    signer = Signer(salt=f"api.{request.path}.{order.name}")
    found = order.page(rows, _decode_cursor(signer, cursor) if cursor else None, limit + 1)
    if len(found) <= limit:
        return found, {"next": None, "next_cursor": None}
    found.pop()
    following = signer.sign_object(order.position(found[-1]))
    query = request.GET.copy()
    query["cursor"] = following
    return found, {"next": request.build_absolute_uri(f"{request.path}?{query.urlencode()}"), "next_cursor": following}


def paginated_list(
    build: Callable[..., models.QuerySet],
    given: dict[str, Any],
    order: Order,
    parameters: Paged,
    request: HttpRequest,
    records: Callable[[list[Any], HttpRequest], list[dict[str, Any]]],
) -> dict[str, Any]:
    """One page of a list, as it is sent. The query that `build` makes of the filters that are `given` is prepared: it takes
    nothing else from the request but the language being read."""
    found, paging = page_of(Rows(build, given), order, parameters.limit, parameters.cursor, request)
    return {"items": records(found, request), **paging}


def _decode_cursor(signer: Signer, cursor: str) -> list[Any]:
    try:
        return signer.unsign_object(cursor)
    except BadSignature as error:
        raise HttpError(422, "cursor: this is not a cursor of this list. Leave it out to begin again.") from error
