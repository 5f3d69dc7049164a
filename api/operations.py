"""What can be asked: five lists, and each thing by its key."""

from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router

from core.languages import content_language
from metrics.citation import citation, terms
from metrics.records import metric_record, observation_record, public_metrics, public_observations
from news.models import ProgrammePage, StoryPage
from schools.models import SchoolPage

from . import schemas
from .paging import BY_KEY, NEWEST, paginated_list
from .query_parameters import filtered, filters_of, get_or_404, in_requested_language
from .records import byline_record, notice_record, programme_records, public_pages, school_records, story_records


router = Router()

KEY = Path(..., max_length=schemas.KEY_LENGTH, pattern=schemas.KEY, description="The key, as in a list.")
SLUG = Path(..., max_length=schemas.SLUG_LENGTH, pattern=schemas.KEY, description="The key, as in a list.")
ERRORS = {404: schemas.Problem, 422: schemas.Problem}
OF_PAGES = ERRORS | {410: schemas.Withdrawn}
OF_LISTS = {422: schemas.Problem}


# Stories -----------------------------------------------------------------------------------------


@router.get(
    "/stories",
    response={200: schemas.Stories} | OF_LISTS,
    tags=["stories"],
    operation_id="listStories",
    url_name="stories",
)
def list_stories(request: HttpRequest, response: HttpResponse, parameters: Query[schemas.StoryFilters]) -> Any:
    """Published stories, newest first."""
    with in_requested_language(request, response, parameters):
        given = filters_of(parameters)
        if year := given.pop("year", None):
            given |= {"begins": _midnight(date(year, 1, 1)), "ends": _midnight(date(year + 1, 1, 1))}
        if since := given.pop("since", None):
            given["since"] = _midnight(since)
        return paginated_list(_stories, given, NEWEST, parameters, request, story_records)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _stories(**given: Any) -> models.QuerySet:
    code = content_language()
    stories = filtered(
        public_pages(StoryPage, code),
        given,
        kind="kind",
        topic="topics__key",
        begins="first_published_at__gte",
        ends="first_published_at__lt",
        since="last_published_at__gte",
    )
    for name, links in (("school", "school_links"), ("programme", "programme_links")):
        if name in given:
            rows = getattr(StoryPage, links).rel.related_model.objects.filter(**{f"{name}__key": given[name]})
            stories = stories.filter(pk__in=rows.filter(_shown(name, code)).values("story"))
    return stories


def _shown(name: str, code: str) -> models.Q:
    """That the page at the other end may be named: else a filter would tell which stories a draft is linked to."""
    model = {"school": SchoolPage, "programme": ProgrammePage}[name]
    return models.Q(**{f"{name}__in": public_pages(model, code).values("pk")})


@router.get(
    "/stories/{key}",
    response={200: schemas.StoryDetail} | OF_PAGES,
    tags=["stories"],
    operation_id="getStory",
    url_name="story",
)
def get_story(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.InLanguage], key: str = SLUG
) -> Any:
    """One story, with its byline and the figures that it cites."""
    with in_requested_language(request, response, parameters) as code:
        story = get_or_404(public_pages(StoryPage, code).select_related("issued_by"), slug=key)
        [record] = story_records([story], request)
        cited = public_observations(code).filter(
            pk__in=story.observation_links.model.objects.filter(story=story).values("observation")
        )
        return record | {
            "byline": byline_record(story),
            "notice": notice_record(story),
            "observations": [observation_record(observation, request) for observation in cited],
        }


# Schools -----------------------------------------------------------------------------------------


def _schools(code: str) -> models.QuerySet:
    return public_pages(SchoolPage, code).select_related("town", "zone", "group")


@router.get(
    "/schools",
    response={200: schemas.Schools} | OF_LISTS,
    tags=["schools"],
    operation_id="listSchools",
    url_name="schools",
)
def list_schools(request: HttpRequest, response: HttpResponse, parameters: Query[schemas.SchoolFilters]) -> Any:
    """Schools, campuses and institutions, by key."""
    with in_requested_language(request, response, parameters):
        return paginated_list(_listed_schools, filters_of(parameters), BY_KEY, parameters, request, school_records)


def _listed_schools(**given: Any) -> models.QuerySet:
    schools = _schools(content_language())
    return filtered(schools, given, stage="stage", town="town__key", group="group__key", status="status")


@router.get(
    "/schools/{key}",
    response={200: schemas.SchoolDetail} | OF_PAGES,
    tags=["schools"],
    operation_id="getSchool",
    url_name="school",
)
def get_school(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.InLanguage], key: str = KEY
) -> Any:
    """One school, with the keys of its figures."""
    with in_requested_language(request, response, parameters) as code:
        school = get_or_404(_schools(code), key=key)
        [record] = school_records([school], request)
        figures = public_observations(code).filter(subject_school=school)
        return record | {"observations": list(figures.values_list("key", flat=True))}


# Programmes --------------------------------------------------------------------------------------


def _programmes(code: str) -> models.QuerySet:
    return public_pages(ProgrammePage, code).select_related("holder")


@router.get(
    "/programmes",
    response={200: schemas.Programmes} | OF_LISTS,
    tags=["programmes"],
    operation_id="listProgrammes",
    url_name="programmes",
)
def list_programmes(request: HttpRequest, response: HttpResponse, parameters: Query[schemas.ProgrammeFilters]) -> Any:
    """Plans, reforms, platforms and projects of schools, by key."""
    with in_requested_language(request, response, parameters):
        given = filters_of(parameters)
        return paginated_list(_listed_programmes, given, BY_KEY, parameters, request, programme_records)


def _listed_programmes(**given: Any) -> models.QuerySet:
    return filtered(_programmes(content_language()), given, category="category")


@router.get(
    "/programmes/{key}",
    response={200: schemas.Programme} | OF_PAGES,
    tags=["programmes"],
    operation_id="getProgramme",
    url_name="programme",
)
def get_programme(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.InLanguage], key: str = KEY
) -> Any:
    """One programme."""
    with in_requested_language(request, response, parameters) as code:
        [record] = programme_records([get_or_404(_programmes(code), key=key)], request)
        return record


# Figures -----------------------------------------------------------------------------------------


@router.get(
    "/metrics",
    response={200: schemas.Metrics} | OF_LISTS,
    tags=["figures"],
    operation_id="listMetrics",
    url_name="metrics",
)
def list_metrics(request: HttpRequest, response: HttpResponse, parameters: Query[schemas.MetricFilters]) -> Any:
    """What is measured, by key."""
    with in_requested_language(request, response, parameters):
        return paginated_list(_listed_metrics, filters_of(parameters), BY_KEY, parameters, request, _metric_records)


def _listed_metrics(**given: Any) -> models.QuerySet:
    return filtered(public_metrics(content_language()), given, theme="theme__key")


def _metric_records(rows: list[Any], request: HttpRequest) -> list[dict[str, Any]]:
    return [metric_record(row, request) for row in rows]


@router.get(
    "/metrics/{key}",
    response={200: schemas.MetricDetail} | ERRORS,
    tags=["figures"],
    operation_id="getMetric",
    url_name="metric",
)
def get_metric(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.InLanguage], key: str = KEY
) -> Any:
    """One metric, with all its values and how to cite it."""
    with in_requested_language(request, response, parameters) as code:
        metric = get_or_404(public_metrics(code), key=key)
        observations = list(public_observations(code).filter(metric=metric))
        return metric_record(metric, request) | {
            "observations": [observation_record(observation, request) for observation in observations],
            "citation": citation(metric, observations, request),
            **terms(request),
        }


@router.get(
    "/observations",
    response={200: schemas.Observations} | OF_LISTS,
    tags=["figures"],
    operation_id="listObservations",
    url_name="observations",
)
def list_observations(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.ObservationFilters]
) -> Any:
    """The values themselves, by key."""
    with in_requested_language(request, response, parameters):
        given = filters_of(parameters)
        return paginated_list(_listed_observations, given, BY_KEY, parameters, request, _observation_records)


def _listed_observations(**given: Any) -> models.QuerySet:
    rows = filtered(
        public_observations(content_language()),
        given,
        metric="metric__key",
        period="period__key",
        scope="dimension__key",
    )
    if "subject" in given:
        of_school = models.Q(subject_school__key=given["subject"])
        rows = rows.filter(of_school | models.Q(subject_organisation__key=given["subject"]))
    return rows


def _observation_records(rows: list[Any], request: HttpRequest) -> list[dict[str, Any]]:
    return [observation_record(row, request) for row in rows]


@router.get(
    "/observations/{key}",
    response={200: schemas.Observation} | ERRORS,
    tags=["figures"],
    operation_id="getObservation",
    url_name="observation",
)
def get_observation(
    request: HttpRequest, response: HttpResponse, parameters: Query[schemas.InLanguage], key: str = KEY
) -> Any:
    """One value."""
    with in_requested_language(request, response, parameters) as code:
        return observation_record(get_or_404(public_observations(code), key=key), request)
