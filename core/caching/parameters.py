"""The query parameters that a page declares. It sees these and no others, so it cannot depend on one that is not in the
key of what is kept; and no `utm_source` makes another page of it."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.http import urlencode


View = Callable[..., HttpResponse]


def canonical_query(query: QueryDict, declared: Iterable[str]) -> str:
    """The declared parameters of a query, in the order of their declaration: `topic=teachers&page=2`."""
    return urlencode([(name, value) for name in declared for value in query.getlist(name)])


def declare(request: HttpRequest, declared: Iterable[str]) -> None:
    """Say what of the query the answer depends on, and leave nothing else of it, neither in `GET` nor in the full path,
    which forms send along. The answer may then be kept."""
    request.query_parameters = tuple(declared)
    query = canonical_query(request.GET, declared)
    request.META["QUERY_STRING"] = query
    request.GET = QueryDict(query, encoding=request.encoding)


def declared_by(request: HttpRequest) -> tuple[str, ...] | None:
    """What the view that answered has declared; None if it has not, so that its answer is not kept."""
    return getattr(request, "query_parameters", None)


def depends_on(*declared: str) -> Callable[[View], View]:
    """Decorate a view whose answers depend on the address, the way of display and these parameters of the query only."""

    def decorate(view: View) -> View:
        @wraps(view)
        def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            declare(request, declared)
            return view(request, *args, **kwargs)

        return wrapped

    return decorate
