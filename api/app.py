"""The API itself: its description, and its error responses."""

import json
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from core.open_data.responses import problem

from .operations import router


DESCRIPTION = """Open data of the portal: stories, schools, programmes, and the district's figures. Read only, no key.

Everything is what readers see: published, and nothing else. `lang` chooses the language; only what is published in it
is found. Lists come in pages: follow `next` until it is null. Keys never change. Errors have a `message`, in English.
"""
TAGS = {
    "stories": "Features, news and notices.",
    "schools": "Schools, campuses and institutions.",
    "programmes": "Plans, reforms and projects.",
    "figures": "Metrics, and their values: the observations.",
}


class ReadableJSON(JSONRenderer):
    """Chinese as Chinese, not as escapes."""

    json_dumps_params = {"ensure_ascii": False}


api = NinjaAPI(
    title="Open data",
    version="1.0.0",
    description=DESCRIPTION,
    openapi_url=None,  # views.api_description
    docs_url=None,  # it would load scripts from elsewhere; templates/api/index.html is ours
    urls_namespace="api",
    renderer=ReadableJSON(),
    openapi_extra={"tags": [{"name": name, "description": text} for name, text in TAGS.items()]},
)
api.add_router("", router)


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(404, "There is nothing public with this key in this language.", errors=[])


@api.exception_handler(HttpError)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error), errors=[])


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: Any) -> HttpResponse:
    """Says which parameter is wrong, and repeats nothing of what was sent."""
    errors = [{"parameter": str(each["loc"][-1]), "message": each["msg"]} for each in error.errors]
    first = errors[0]
    return problem(422, f"{first['parameter']}: {first['message']}.", errors=errors)


def openapi() -> bytes:
    return json.dumps(api.get_openapi_schema(), ensure_ascii=False, indent=1).encode()
