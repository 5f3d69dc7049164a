"""What every operation does with the parameters of a request: the language to answer in, and what to narrow to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from ninja.errors import HttpError

from core.languages import TAGS, reading

from .schemas import InLanguage, Paged


@contextmanager
def in_requested_language(request: HttpRequest, response: HttpResponse, parameters: InLanguage) -> Iterator[str]:
    """Read and answer in the requested language, and name it in the response; yields its code.

    Raises HttpError 422 for a language that is not open, and for a parameter that does not exist.
    """
    unknown = sorted(set(request.GET) - set(type(parameters).model_fields))
    if unknown:
        known = ", ".join(type(parameters).model_fields)
        raise HttpError(422, f"{unknown[0][:40]}: there is no such parameter. There are: {known}.")
    code, open_codes = parameters.lang.lower(), [language.code for language in request.open_languages]
    if code not in open_codes:
        raise HttpError(422, f"lang: this language is not open. Open are: {', '.join(open_codes)}.")
    with reading(code, address=True):
        response.headers["Content-Language"] = TAGS[code]
        yield code


def filters_of(parameters: Paged) -> dict[str, Any]:
    """The filters of a list that were given."""
    names = set(type(parameters).model_fields) - set(Paged.model_fields)
    return {name: value for name in sorted(names) if (value := getattr(parameters, name)) is not None}


def filtered(rows: models.QuerySet, given: dict[str, Any], **lookups: str) -> models.QuerySet:
    """Filter rows by the filters that were given: {filter: lookup}."""
    return rows.filter(**{lookup: given[name] for name, lookup in lookups.items() if name in given})


def get_or_404(rows: models.QuerySet, **lookup: str) -> Any:
    found = rows.filter(**lookup).first()
    if found is None:
        raise Http404
    return found
