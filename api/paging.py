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

from .schemas import Paged


@dataclass(frozen=True)
class Order:
    """By one column that no two rows share, from its least value on."""

    name: str
    column: str

    def position(self, row: models.Model) -> list[Any]:
        return [getattr(row, self.column)]

    def page(self, rows: models.QuerySet, after: Sequence[Any] | None, number: int) -> list[Any]:
        """So many rows, from the first or after a position."""
        if after is not None:
            rows = rows.filter(**{f"{self.column}__gt": after[0]})
        return list(rows.order_by(self.column)[:number])


class Newest(Order):
    """Stories by the moment of their publication, the newest first; after them those that have none.

    The two are asked for one after the other: as one order it would be by a column that is worked out, for which all rows
    would have to be read and sorted.
    """

    def position(self, story: Any) -> list[Any]:
        moment = story.first_published_at
        return [moment and moment.isoformat(), story.pk]

    def page(self, rows: models.QuerySet, after: Sequence[Any] | None, number: int) -> list[Any]:
        moment, pk = after or (None, None)
        found: list[Any] = []
        if moment or after is None:
            dated = rows.filter(first_published_at__isnull=False)
            dated = dated.before(datetime.fromisoformat(moment), pk) if moment else dated.newest_first()
            found = list(dated[:number])
        if len(found) < number:
            undated = rows.filter(first_published_at=None).order_by("-pk")
            if after and not moment:
                undated = undated.filter(pk__lt=pk)
            found += undated[: number - len(found)]
        return found


BY_KEY = Order("key", "key")
NEWEST = Newest("newest", "first_published_at")


def page_of(
    rows: models.QuerySet, order: Order, limit: int, cursor: str | None, request: HttpRequest
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
    rows: models.QuerySet,
    order: Order,
    parameters: Paged,
    request: HttpRequest,
    records: Callable[[list[Any], HttpRequest], list[dict[str, Any]]],
) -> dict[str, Any]:
    """One page of a list, as it is sent."""
    found, paging = page_of(rows, order, parameters.limit, parameters.cursor, request)
    return {"items": records(found, request), **paging}


def _decode_cursor(signer: Signer, cursor: str) -> list[Any]:
    try:
        return signer.unsign_object(cursor)
    except BadSignature as error:
        raise HttpError(422, "cursor: this is not a cursor of this list. Leave it out to begin again.") from error
