"""Views that are not operations: the page for people, the description for programs, and wrong addresses."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.template.response import TemplateResponse
from django.urls import Resolver404, resolve
from django.views.decorators.http import require_safe

from core.caching.parameters import depends_on
from core.languages import content_language
from core.open_data.responses import MAX_AGE, open_data
from schools.models import SchoolPage

from . import schemas
from .app import api, openapi
from .labels import lists
from .records import public_pages


FILTERS: dict[str, type[schemas.Paged]] = {
    "stories": schemas.StoryFilters,
    "schools": schemas.SchoolFilters,
    "programmes": schemas.ProgrammeFilters,
    "metrics": schemas.MetricFilters,
    "observations": schemas.ObservationFilters,
}


@depends_on()
@require_safe
@transaction.non_atomic_requests
def api_index(request: HttpRequest) -> HttpResponse:
    """The page for people; programs find the description linked from it."""
    shared = schemas.Paged.model_fields
    endpoints = [
        {
            "name": name,
            "label": label,
            "about": about,
            "filters": [field for field in FILTERS[name].model_fields if field not in shared],
        }
        for name, label, about in lists()
    ]
    context = {
        "root": request.build_absolute_uri(api.get_root_path({})),
        "endpoints": endpoints,
        "most": schemas.MAX_LIMIT,
        "minutes": MAX_AGE // 60,
        "example": public_pages(SchoolPage, content_language()).order_by("key").values_list("key", flat=True).first(),
    }
    return TemplateResponse(request, "api/index.html", context)


@open_data
def api_description(request: HttpRequest) -> HttpResponse:
    return HttpResponse(openapi(), content_type="application/json; charset=utf-8")


@open_data
def unknown_address(request: HttpRequest, path: str) -> HttpResponse:
    """An address that is not one of ours; with a slash at its end that should not be there, the right one."""
    bare = request.path_info.rstrip("/")
    if path.endswith("/") and _is_api_address(bare):
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{bare}?{query}" if query else bare)
    raise Http404


def _is_api_address(path: str) -> bool:
    try:
        return resolve(path).url_name != "unknown-address"
    except Resolver404:
        return False
