"""Pages as records: stories, schools and programmes, with what they point to loaded for all of them at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.http import HttpRequest

from core.languages import PROVISIONED, TAGS, column, content_language
from core.models import BasePage
from core.queries.narrow import NarrowQuerySet
from core.queries.prepared import prepared
from metrics.records import coded, linked, linked_metric, named, page_address, public_metrics, reference
from news.models import ProgrammePage, StoryPage, StoryProgramme, StorySchool
from news.models.programmes import ProgrammeSchool
from news.models.topics import byline_of
from schools.labels import all_names
from schools.models import SchoolPage


Grouped = dict[int, list[Any]]


def public_pages(model: type[BasePage], code: str) -> models.QuerySet:
    """Live, unrestricted pages published in the language, without the columns that a record does not use.

    A school is found in every language: it is there, whether somebody has translated its profile or not.
    """
    pages = model.objects.readable().without_aliases().with_languages().defer("body")
    return pages if model is SchoolPage else pages.in_language(code)


def _page(page: BasePage, request: HttpRequest) -> dict[str, Any]:
    codes = [language.code for language in request.open_languages]
    return {
        "key": page.slug,
        "title": str(page),
        "summary": page.text("standfirst"),
        "language": TAGS[page.shown_in(content_language())],
        "url": page_address(page, request),
        "languages": [TAGS[code] for code in codes if page.is_in(code)],
        "published_at": page.first_published_at,
        "changed_at": page.last_published_at,
    }


def _targets(links: type[models.Model], owner: str, target: str, owners: Iterable[models.Model]) -> Grouped:
    """{owner's id: [target, …]} of a model of links, each target once, in order: one query for the links, one for the
    pages. Pages that may not be shown are left out."""
    ids = list(dict.fromkeys(_links(links, [each.pk for each in owners], owner=owner, target=target)))
    pages = _pages(links._meta.get_field(target).related_model, {pk for _owner, pk in ids})
    found: Grouped = defaultdict(list)
    for owner_id, pk in ids:
        if pk in pages:
            found[owner_id].append(pages[pk])
    return found


@prepared
def _links(links: Any, owners: list[int], *, owner: str, target: str) -> models.QuerySet:
    rows = links.objects.filter(**{f"{owner}__in": owners}).order_by("sort_order", "pk")
    return rows.values_list(f"{owner}_id", f"{target}_id")


def _pages(model: Any, keys: set[int]) -> dict[int, Any]:
    return {page.pk: page for page in _linked_pages(model, sorted(keys))} if keys else {}


@prepared
def _linked_pages(model: Any, keys: list[int]) -> models.QuerySet:
    """What is read of a page that is only named."""
    names = [column(model.name_field(), code) for code in PROVISIONED]
    return public_pages(model, content_language()).filter(pk__in=keys).only("slug", "url_path", *names)


# Stories -----------------------------------------------------------------------------------------


@prepared
def _filed(stories: list[int]) -> models.QuerySet:
    rows = NarrowQuerySet(StoryPage.topics.through).filter(storypage__in=stories)
    return rows.select_related("topic").order_by("pk")


def story_records(stories: Sequence[StoryPage], request: HttpRequest) -> list[dict[str, Any]]:
    topics: Grouped = defaultdict(list)
    for row in _filed([story.pk for story in stories]):
        topics[row.storypage_id].append(named(row.topic))
    schools = _targets(StorySchool, "story", "school", stories)
    programmes = _targets(StoryProgramme, "story", "programme", stories)
    return [
        _page(story, request)
        | {
            "kind": coded(story, "kind"),
            "kicker": story.kicker or "",
            "subtitle": story.subtitle or "",
            "topics": topics[story.pk],
            "schools": [linked(school, request) for school in schools[story.pk]],
            "programmes": [linked(programme, request) for programme in programmes[story.pk]],
            "credit_line": story.credit_line or "",
            "source_url": story.source_url,
            "correction": story.correction or "",
        }
        for story in stories
    ]


def byline_record(story: StoryPage) -> list[dict[str, Any]]:
    return [reference(row.contributor) | {"role": coded(row, "role")} for row in byline_of(story.pk)]


def notice_record(story: StoryPage) -> dict[str, Any]:
    return {
        "index_number": story.index_number,
        "document_number": story.document_number,
        "issued_by": named(story.issued_by),
        "issued_on": story.issued_on,
        "validity": coded(story, "validity"),
    }


# Schools -----------------------------------------------------------------------------------------


def school_records(schools: Sequence[SchoolPage], request: HttpRequest) -> list[dict[str, Any]]:
    above = {pk for school in schools for pk in (school.parent_campus_id, school.entrusted_to_id) if pk}
    known = _pages(SchoolPage, above)
    return [_page(school, request) | _school(school, known, request) for school in schools]


def _school(school: SchoolPage, known: dict[int, SchoolPage], request: HttpRequest) -> dict[str, Any]:
    """`known` are the schools that may be named."""
    return {
        "official_name": school.text("official_name"),
        "other_names": ", ".join(all_names(school)),
        "stage": coded(school, "stage"),
        "ownership": coded(school, "ownership"),
        "setting": coded(school, "setting"),
        "status": coded(school, "status"),
        "status_note": school.text("status_note"),
        "town": named(school.town),
        "area": school.text("area"),
        "zone": named(school.zone),
        "group": named(school.group),
        "group_relation": coded(school, "group_relation"),
        "entrusted_to": _other(school.entrusted_to_id, known, request),
        "campus_of": _other(school.parent_campus_id, known, request),
        "opened": {
            "year": school.opened_year,
            "basis": coded(school, "opened_basis"),
            "note": school.text("opened_note"),
        },
        "philosophy": school.philosophies,
        "catchment": {
            "text": school.text("catchment"),
            "year": school.catchment_year,
            "source": school.text("catchment_source"),
        },
        "address": school.text("address"),
        "telephone": school.telephone,
        "website": school.website,
        "location": _location(school),
        "verified_on": school.verified_on,
    }


def _other(pk: int | None, known: dict[int, SchoolPage], request: HttpRequest) -> dict[str, str] | None:
    return linked(known[pk], request) if pk in known else None


def _location(school: SchoolPage) -> dict[str, Any] | None:
    if school.latitude is None or school.longitude is None:
        return None
    return {"latitude": school.latitude, "longitude": school.longitude}


# Programmes --------------------------------------------------------------------------------------


@prepared
def _metrics() -> models.QuerySet:
    return public_metrics(content_language())


@prepared
def _metric_links(programmes: list[int]) -> models.QuerySet:
    links = ProgrammePage.metrics.through.objects.filter(programmepage__in=programmes)
    return links.order_by("pk").values_list("programmepage_id", "metric_id")


def programme_records(programmes: Sequence[ProgrammePage], request: HttpRequest) -> list[dict[str, Any]]:
    schools = _targets(ProgrammeSchool, "programme", "school", programmes)
    known = {metric.pk: metric for metric in _metrics()}
    metrics: Grouped = defaultdict(list)
    for programme_id, metric_id in _metric_links([programme.pk for programme in programmes]):
        if metric_id in known:
            metrics[programme_id].append(linked_metric(known[metric_id], request))
    return [
        _page(programme, request)
        | {
            "other_names": ", ".join(all_names(programme)),
            "category": coded(programme, "category"),
            "level": coded(programme, "level"),
            "holder": named(programme.holder),
            "starts_on": programme.starts_on,
            "ends_on": programme.ends_on,
            "period_note": programme.period_note or "",
            "parts": [dict(part.value) for part in programme.parts],
            "targets": [dict(target.value) for target in programme.targets],
            "schools": [linked(school, request) for school in schools[programme.pk]],
            "metrics": metrics[programme.pk],
        }
        for programme in programmes
    ]
