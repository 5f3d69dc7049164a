"""Pages that stay right while rows come and go: a cursor names the row to continue after, not a number of rows to
skip."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest
from ninja.errors import HttpError

from .schemas import Paged


LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Order:
    """A strict order: no two rows have the same values in these columns. All ascend, or all descend."""

    name: str
    columns: tuple[str, ...]
    descending: bool = False

    def position(self, row: models.Model) -> list[Any]:
        return [_json_value(getattr(row, column)) for column in self.columns]

    def apply(self, rows: models.QuerySet) -> models.QuerySet:
        return rows.order_by(*[f"-{column}" if self.descending else column for column in self.columns])

    def after(self, rows: models.QuerySet, position: Sequence[Any]) -> models.QuerySet:
        """The rows after a position: greater in the first column, or equal in it and greater in the next …"""
        beyond, level = models.Q(pk__in=[]), models.Q()
        for column, value in zip(self.columns, position, strict=True):
            beyond |= level & models.Q(**{f"{column}__{'lt' if self.descending else 'gt'}": value})
            level &= models.Q(**{column: value})
        return rows.filter(beyond)


BY_KEY = Order("key", ("key",))
NEWEST = Order("newest", ("published", "pk"), descending=True)


def with_published(stories: models.QuerySet) -> models.QuerySet:
    """With the moment that `NEWEST` sorts by, which is never empty."""
    return stories.annotate(published=Coalesce("first_published_at", models.Value(LONG_AGO)))


def page_of(
    rows: models.QuerySet, order: Order, limit: int, cursor: str | None, request: HttpRequest
) -> tuple[list[Any], dict[str, str | None]]:
    """(rows, {next, next_cursor}); raises HttpError 422 for a cursor that this list did not give out."""
    signer = Signer(salt=f"api.{request.path}.{order.name}")
    if cursor:
        rows = order.after(rows, _decode_cursor(signer, cursor))
    found = list(order.apply(rows)[: limit + 1])
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


def _json_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
