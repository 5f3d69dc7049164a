"""Which figures are public, and how programs get them: as plain dicts, the same in downloads and in the API."""

from typing import Any

from django.db import models
from django.http import HttpRequest

from core.languages import PROVISIONED, column, content_language
from core.models import BasePage
from core.numbers import shown_forms
from core.open_data.spreadsheets import plain_number

from .models import Metric, MetricsPage, Observation, PastValue, Period, Source, Unit


def public_metrics(code: str) -> models.QuerySet:
    """Metrics with public figures that have a name in the language; none while the page of figures is not public."""
    shown = models.Exists(MetricsPage.objects.readable())
    return Metric.objects.public().filter(shown, **{f"{column('name', code)}__gt": ""}).select_related("theme", "unit")


def public_observations(code: str) -> models.QuerySet:
    """The figures of those metrics, but for those of schools that are drafts or private; in the order of the page."""
    order = ("metric__theme__order", "metric__order", "metric__key", "dimension__order", "period__end", "pk")
    return with_related(Observation.objects.public().filter(metric__in=public_metrics(code).values("pk"))).order_by(
        *order
    )


def with_related(observations: models.QuerySet) -> models.QuerySet:
    """With everything that a record needs, in two queries, and without the schools' own texts."""
    bodies = [f"subject_school__{column('body', code)}" for code in PROVISIONED]
    past = models.Prefetch("past_values", PastValue.objects.select_related("unit"))
    complete = observations.with_context().prefetch_related(past)
    return complete.select_related("metric__unit").defer(*bodies)


def reference(obj: models.Model) -> dict[str, str]:
    """A reference to a thing: its key, and its name in the language being read."""
    return {"key": obj.key, "name": str(obj)}


def named(obj: models.Model | None) -> dict[str, str] | None:
    return reference(obj) if obj else None


def coded(obj: models.Model, field: str) -> dict[str, str] | None:
    """A value of a closed list: its code, and its label in the language being read."""
    value = getattr(obj, field)
    return {"key": value, "name": str(getattr(obj, f"get_{field}_display")())} if value else None


def linked(page: BasePage, request: HttpRequest) -> dict[str, str]:
    """A reference to a page."""
    return {"key": page.slug, "name": str(page), "url": page_address(page, request)}


def linked_metric(metric: Metric, request: HttpRequest) -> dict[str, str]:
    return reference(metric) | {"url": request.build_absolute_uri(metric.get_absolute_url())}


def page_address(page: BasePage, request: HttpRequest) -> str:
    return request.build_absolute_uri(page.get_url(request))


def symbol(unit: Unit) -> str:
    """The name of a unit in the language being read, in its general plural form."""
    return shown_forms(unit.shown_symbol, content_language())["other"]


def unit_record(unit: Unit) -> dict[str, Any]:
    return {"key": unit.key, "symbol": symbol(unit), "kind": coded(unit, "kind")}


def period_record(period: Period) -> dict[str, Any]:
    return {
        "key": period.key,
        "label": str(period),
        "kind": coded(period, "kind"),
        "start": period.start,
        "end": period.end,
        "basis": period.basis or "",
    }


def source_record(source: Source) -> dict[str, Any]:
    return {
        "key": source.key,
        "title": str(source),
        "authors": source.authors or "",
        "publisher": source.publisher or "",
        "published_on": source.published_on,
        "date_note": source.date_note or "",
        "link": source.link,
        "note": source.note or "",
    }


def metric_record(metric: Metric, request: HttpRequest) -> dict[str, Any]:
    address = request.build_absolute_uri(metric.get_absolute_url())
    return {
        "key": metric.key,
        "name": str(metric),
        "definition": metric.definition or "",
        "theme": named(metric.theme),
        "unit": unit_record(metric.unit),
        "measure": coded(metric, "measure"),
        "direction": coded(metric, "direction"),
        "url": address,
        "downloads": {kind: f"{address.removesuffix('/')}.{kind}" for kind in ("csv", "json", "svg")},
    }


def observation_record(observation: Observation, request: HttpRequest) -> dict[str, Any]:
    return {
        "key": observation.key,
        "metric": linked_metric(observation.metric, request),
        "value": plain_number(observation.value),
        "unit": unit_record(observation.unit),
        "qualifier": coded(observation, "qualifier"),
        "display": observation.display(),
        "period": period_record(observation.period),
        "dimension": reference(observation.dimension) | {"axis": observation.dimension.axis},
        "subject": _subject(observation, request),
        "comparator": _comparator(observation),
        "source": source_record(observation.source) | {"place": observation.source_place},
        "counted": observation.derived,
        "status": coded(observation, "status"),
        "note": observation.note or "",
        "past_values": [past_value_record(past) for past in observation.past_values.all()],
    }


def past_value_record(past: PastValue) -> dict[str, Any]:
    """What readers saw before, until when, and why it was changed."""
    return {
        "value": plain_number(past.value),
        "unit": unit_record(past.unit),
        "qualifier": coded(past, "qualifier"),
        "display": past.display(),
        "until": past.replaced_at,
        "reason": past.reason or "",
    }


def _subject(observation: Observation, request: HttpRequest) -> dict[str, Any]:
    school = observation.subject_school
    if school is not None:
        return {"type": "school", **linked(school, request)}
    return {"type": "organisation", **reference(observation.subject_organisation), "url": None}


def _comparator(observation: Observation) -> dict[str, Any] | None:
    """A total printed beside the figure, and whose it is; the share is worked out from the two values."""
    if observation.comparator_value is None:
        return None
    return {
        "value": plain_number(observation.comparator_value),
        "display": observation.comparator_display(),
        "scope": named(observation.comparator_scope),
    }
