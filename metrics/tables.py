"""The figures as tables, with headings in the language being read."""

from collections.abc import Callable, Iterable, Sequence

from django.http import HttpRequest

from core.open_data.spreadsheets import Cell, Table

from . import labels
from .models import Metric, Observation, Period, Source, Unit
from .records import symbol


def observations_table(observations: Iterable[Observation], request: HttpRequest) -> Table:
    columns = labels.observation_columns()
    rows = [_observation_row(observation, request) for observation in observations]
    return _table("observations", columns, rows)


def dataset_tables(observations: Sequence[Observation], metrics: Sequence[Metric], request: HttpRequest) -> list[Table]:
    """All that the observations are made of, each thing once: five tables."""
    units = [o.unit for o in observations] + [metric.unit for metric in metrics]
    return [
        observations_table(observations, request),
        _table("metrics", labels.metric_columns(), [_metric_row(metric, request) for metric in metrics]),
        _table("units", labels.unit_columns(), _each(units, _unit_row)),
        _table("periods", labels.period_columns(), _each((o.period for o in observations), _period_row)),
        _table("sources", labels.source_columns(), _each((o.source for o in observations), _source_row)),
    ]


def _table(name: str, columns: dict[str, str], rows: Iterable[dict[str, Cell]]) -> Table:
    return Table(labels.table_names()[name], list(columns.values()), [[row[key] for key in columns] for row in rows])


def _each(things: Iterable, row: Callable[..., dict[str, Cell]]) -> list[dict[str, Cell]]:
    unique = {thing.key: thing for thing in things}
    return [row(unique[key]) for key in sorted(unique)]


def _observation_row(observation: Observation, request: HttpRequest) -> dict[str, Cell]:
    o, metric, period = observation, observation.metric, observation.period
    return {
        "key": o.key,
        "metric_key": metric.key,
        "metric": str(metric),
        "theme": str(metric.theme),
        "subject_key": o.subject.key,
        "subject": str(o.subject),
        "part_key": o.dimension.key,
        "part": str(o.dimension),
        "period_key": period.key,
        "period": str(period),
        "first_day": period.start,
        "last_day": period.end,
        "value": o.value,
        "unit_key": o.unit.key,
        "unit": symbol(o.unit),
        "exactness": str(o.get_qualifier_display()),
        "display": o.display(),
        "comparator": o.comparator_value,
        "comparator_of": str(o.comparator_scope or ""),
        "source_key": o.source.key,
        "source": str(o.source),
        "place": o.source_place,
        "counted": o.derived,
        "status": str(o.get_status_display()),
        "note": o.note or "",
        "address": request.build_absolute_uri(metric.get_absolute_url()),
    }


def _metric_row(metric: Metric, request: HttpRequest) -> dict[str, Cell]:
    return {
        "key": metric.key,
        "metric": str(metric),
        "definition": metric.definition or "",
        "theme": str(metric.theme),
        "measure": str(metric.get_measure_display()),
        "direction": str(metric.get_direction_display()),
        "unit": symbol(metric.unit),
        "address": request.build_absolute_uri(metric.get_absolute_url()),
    }


def _unit_row(unit: Unit) -> dict[str, Cell]:
    return {
        "key": unit.key,
        "unit": symbol(unit),
        "kind": str(unit.get_kind_display()),
        "square_metres": unit.square_metres,
        "note": unit.note or "",
    }


def _period_row(period: Period) -> dict[str, Cell]:
    return {
        "key": period.key,
        "period": str(period),
        "kind": str(period.get_kind_display()),
        "first_day": period.start,
        "last_day": period.end,
        "basis": period.basis or "",
    }


def _source_row(source: Source) -> dict[str, Cell]:
    return {
        "key": source.key,
        "source": str(source),
        "authors": source.authors or "",
        "publisher": source.publisher or "",
        "date": source.published_on,
        "date_note": source.date_note or "",
        "link": source.link,
        "note": source.note or "",
    }
