"""Up to four schools side by side: /schools/compare/?s=…&s=…, and with &only=differences less of what they share.

Recorded facts side by side, each figure with its period; nothing is ranked or added up to a score.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.caching.parameters import depends_on
from core.metadata.subject import Subject
from core.rendering.facets import is_sane
from core.text.fallback import joined

from .labels import checked_on, comparison_labels
from .models import Honour, SchoolIndexPage, SchoolPage
from .models.honours import with_figures


MAX_SCHOOLS = 4
ONLY, DIFFERENCES = "only", "differences"


@dataclass(frozen=True)
class Row:
    """One line of the comparison; a cell without a value is not recorded. `cells` are of the schools, in their order."""

    label: str
    cells: Sequence[Any]
    url: str = ""

    @property
    def differs(self) -> bool:
        """Whether a reader sees more than one thing in it; that a school has nothing on record is one too."""
        return len(set(map(_seen, self.cells))) > 1


def _seen(cell: Any) -> Any:
    """Of a figure, its value and its period, which two schools may have alike."""
    return (cell.display(), str(cell.period.label)) if hasattr(cell, "period") else cell


@dataclass(frozen=True)
class Column:
    """A school that is compared, and the query of the same comparison without it."""

    school: SchoolPage
    query_without: str


@depends_on("s", ONLY)
@require_safe
@transaction.non_atomic_requests
def compare_schools(request: HttpRequest) -> HttpResponse:
    """The table, and the form that chooses its schools. Unknown keys are ignored."""
    index = SchoolIndexPage.objects.readable().first()
    if index is None:
        raise Http404
    keys = _requested_keys(request.GET)
    found = _schools(keys)
    schools = found[:MAX_SCHOOLS]
    chosen = [school.key for school in schools]
    rows = _record(schools) if len(schools) > 1 else []
    only = request.GET.get(ONLY) == DIFFERENCES
    context = {
        "index": index,
        "columns": [Column(school, _query((k for k in chosen if k != school.key), only=only)) for school in schools],
        "schools": schools,
        "is_compared": bool(rows),
        "only_differences": only,
        "query_all": _query(chosen),
        "query_differences": _query(chosen, only=True),
        "record": [row for row in rows if any(row.cells) and (row.differs or not only)],
        "missing": [row.label for row in rows if not any(row.cells)],
        "figures": [row for row in _figures(schools) if row.differs or not only] if rows else [],
        "honours": _honours(schools) if rows else [],
        "is_too_many": len(found) > MAX_SCHOOLS,
        "most": MAX_SCHOOLS,
        "places": [*chosen, *[""] * (MAX_SCHOOLS - len(chosen))],
        "choices": _choices(),
        "subject": Subject(query=_query(chosen, only=only) if chosen else ""),
    }
    return render(request, "schools/compare.html", context)


# What is asked ---------------------------------------------------------------------------------


def _requested_keys(query: QueryDict) -> list[str]:
    """The keys of the address, each once."""
    return list(dict.fromkeys(key for key in query.getlist("s")[:100] if is_sane(key)))


def _query(keys: Iterable[str], *, only: bool = False) -> str:
    """The address's query for these schools, or for what differs between them: never empty."""
    return f"?{urlencode([*(('s', key) for key in keys), *([(ONLY, DIFFERENCES)] * only)])}"


def _schools(keys: list[str]) -> list[SchoolPage]:
    """The readable schools with these keys, in the order in which they were asked for: one query."""
    found = SchoolPage.objects.for_listing().filter(key__in=keys).select_related("zone", "group")
    return sorted(found, key=lambda school: keys.index(school.key))


def _choices() -> list[tuple[str, list[SchoolPage]]]:
    """(stage, schools) of all that can be chosen, also of those that are in Chinese only: one query."""
    schools = SchoolPage.objects.for_listing()
    return [(stage, list(group)) for stage, group in groupby(schools, key=lambda school: school.get_stage_display())]


# The table -------------------------------------------------------------------------------------


def _record(schools: list[SchoolPage]) -> list[Row]:
    values: dict[str, Callable[[SchoolPage], Any]] = {
        "official_name": lambda school: school.text("official_name"),
        "stage": lambda school: school.get_stage_display(),
        "status": lambda school: school.get_status_display(),
        "town": lambda school: school.town or school.text("area"),
        "setting": lambda school: school.get_setting_display(),
        "opened": lambda school: school.opened_year,
        "ownership": lambda school: school.get_ownership_display(),
        "group": lambda school: school.group,
        "zone": lambda school: school.zone,
        "checked": lambda school: checked_on(school.verified_on),
    }
    labels = comparison_labels()
    return [Row(labels[name], [str(value(school) or "") for school in schools]) for name, value in values.items()]


def _figures(schools: list[SchoolPage]) -> list[Row]:
    """A row for each metric and dimension that one of the schools has a figure of, with its newest: one query."""
    observations = SchoolPage._meta.get_field("observations").related_model.objects
    ordered = (
        observations.public()
        .with_context()
        .filter(subject_school__in=schools)
        .order_by(
            "metric__theme__order",
            "metric__order",
            "metric__key",
            "dimension__order",
            "dimension__pk",
            models.F("period__end").asc(nulls_first=True),
            "pk",
        )
    )
    rows = []
    for _key, group in groupby(ordered, key=lambda row: (row.metric_id, row.dimension_id)):
        newest = {observation.subject_school_id: observation for observation in group}
        first = next(iter(newest.values()))
        named = [first.metric.name] if first.dimension.is_total else [first.metric.name, first.dimension.label]
        label = joined(" · ", named)
        rows.append(Row(label, [newest.get(school.pk) for school in schools], first.metric.get_absolute_url()))
    return rows


def _honours(schools: list[SchoolPage]) -> list[list[tuple[str, list[Honour]]]]:
    """For each school its honours by level; empty if none is recorded of any. Two queries.

    Counts of honours are not added up: one may be a part of another, as two bases rated excellent are of three.
    """
    found: dict[int, dict[str, list[Honour]]] = defaultdict(dict)
    for honour in with_figures(Honour.objects.filter(holder_school__in=schools).by_level()):
        found[honour.holder_school_id].setdefault(honour.get_level_display(), []).append(honour)
    return [list(found[school.pk].items()) for school in schools] if found else []
