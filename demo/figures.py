"""Themes, units, periods, dimensions, metrics, the source, and the observations."""

from metrics.models import Dimension, Metric, Observation, Period, Source, Theme, Unit
from schools.models import Honour, Organisation

from .records import load, zh
from .rows import add, by_key, missing, school_or_organisation


STEP = 10  # between the places of an order, so that something can be inserted between


def add_figures() -> None:
    """All that an observation refers to and that is not a school or a body."""
    data = load("figures")
    _add_vocabulary(data)
    orders = {record["key"]: number * STEP for number, record in enumerate(data["metrics"], 1)}
    for record in missing(Metric, data["metrics"]):
        add(_metric(record, orders[record["key"]]), record)
    for record in missing(Source, data["sources"]):
        fields = {name: zh(record.get(name)) for name in ("title", "authors", "publisher", "date_note", "note")}
        add(Source(key=record["key"], **fields), record)


def _add_vocabulary(data: dict) -> None:
    orders = {record["key"]: number * STEP for number, record in enumerate(data["themes"], 1)}
    for record in missing(Theme, data["themes"]):
        name, description, order = zh(record["name"]), zh(record["description"]), orders[record["key"]]
        add(Theme(key=record["key"], name=name, description=description, order=order), record)
    for record in missing(Unit, data["units"]):
        fields = {"kind": record["kind"], "square_metres": record.get("square_metres"), "note": zh(record.get("note"))}
        add(Unit(key=record["key"], symbol=zh(record["symbol"]), **fields), record)
    for record in missing(Period, data["periods"]):
        fields = {name: record.get(name) for name in ("key", "kind", "start", "end")}
        add(Period(label=zh(record["label"]), basis=zh(record["basis"]), **fields), record)
    orders = {record["key"]: number * STEP for number, record in enumerate(data["dimensions"])}
    for record in missing(Dimension, data["dimensions"]):
        fields = {name: record[name] for name in ("key", "axis", "member")}
        add(Dimension(label=zh(record["label"]), order=orders[record["key"]], **fields), record)


def _metric(record: dict, order: int) -> Metric:
    return Metric(
        key=record["key"],
        name=zh(record["name"]),
        definition=zh(record["definition"]),
        theme=by_key(Theme, record["theme"]),
        unit=by_key(Unit, record["unit"]),
        measure=record["measure"],
        direction=record["direction"],
        order=order,
    )


def add_observations() -> None:
    source = Source.objects.get(key=load("figures")["sources"][0]["key"])
    for record in missing(Observation, load("observations")):
        add(_observation(record, source), record)


def _observation(record: dict, source: Source) -> Observation:
    return Observation(
        key=record["key"],
        metric=by_key(Metric, record["metric"]),
        unit=by_key(Unit, record["unit"]),
        period=by_key(Period, record["period"]),
        dimension=by_key(Dimension, record["dimension"]),
        value=record["value"],
        qualifier=record["qualifier"],
        printed=record.get("printed", ""),
        source=source,
        source_place=record["place"],
        derived=record.get("derived", False),
        honour=by_key(Honour, record.get("honour")),
        note=zh(record.get("note")),
        **school_or_organisation("subject", record["subject"]),
        **_comparator(record.get("comparator")),
    )


def _comparator(record: dict | None) -> dict:
    if record is None:
        return {}
    return {
        "comparator_value": record["value"],
        "comparator_printed": record["printed"],
        "comparator_scope": by_key(Organisation, record["scope"]),
    }
