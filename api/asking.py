"""What every operation does with a question: in which language, with which parameters, and from which page on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError

from core.languages import TAGS, reading

from .paging import Order, page_of
from .schemas import InLanguage, Paged


@contextmanager
def answering(request: HttpRequest, response: HttpResponse, asked: InLanguage) -> Iterator[str]:
    """Read and speak in the language that was asked for, and say so in the answer; yields its code.

    Raises HttpError 422 for a language that is not open, and for a parameter that does not exist.
    """
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        known = ", ".join(type(asked).model_fields)
        raise HttpError(422, f"{unknown[0][:40]}: there is no such parameter. There are: {known}.")
    code, open_codes = asked.lang.lower(), [language.code for language in request.open_languages]
    if code not in open_codes:
        raise HttpError(422, f"lang: this language is not open. Open are: {', '.join(open_codes)}.")
    with reading(code, address=True):
        response.headers["Content-Language"] = TAGS[code]
        yield code


def listed(
    rows: models.QuerySet,
    order: Order,
    asked: Paged,
    request: HttpRequest,
    records: Callable[[list[Any], HttpRequest], list[dict[str, Any]]],
) -> dict[str, Any]:
    """One page of a list, as it is sent."""
    found, paging = page_of(rows, order, asked.limit, asked.cursor, request)
    return {"items": records(found, request), **paging}


def filtered(rows: models.QuerySet, asked: Paged, **lookups: str) -> models.QuerySet:
    """Narrowed by the parameters that were given: {parameter: lookup}."""
    given = {lookup: getattr(asked, name) for name, lookup in lookups.items()}
    return rows.filter(**{lookup: value for lookup, value in given.items() if value is not None})


def the_one(rows: models.QuerySet, **lookup: str) -> Any:
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    return found
