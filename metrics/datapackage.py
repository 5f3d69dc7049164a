"""The description of the dataset that programs read: a Frictionless Data Package, version 1."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from core.languages import TAGS, content_language

from . import labels
from .citation import licence
from .models import Observation, Source


TYPES = {"first_day": "date", "last_day": "date", "value": "number", "comparator": "number", "counted": "boolean"}
REQUIRED = frozenset({"key", "metric_key", "subject_key", "period_key", "part_key", "value", "unit_key"})


def descriptor(observations: Sequence[Observation], title: str, request: HttpRequest) -> dict[str, Any]:
    """The package, with one table: the CSV of all observations in the language being read."""
    package = {
        "profile": "tabular-data-package",
        "name": "dataset",
        "title": title,
        "description": labels.dataset_description(),
        "homepage": request.build_absolute_uri(request.path.removesuffix("datapackage.json") + "download/"),
        "languages": [TAGS[content_language()]],
        "resources": [_observations()],
    }
    sources = {observation.source.key: _source(observation.source) for observation in observations}
    if sources:
        package["sources"] = [sources[key] for key in sorted(sources)]
    stated = licence(request)
    if stated:
        package["licenses"] = [{"title": stated.name} | ({"path": stated.url} if stated.url else {})]
    return package


def _observations() -> dict[str, Any]:
    columns = labels.observation_columns()
    return {
        "profile": "tabular-data-resource",
        "name": "observations",
        "title": labels.table_names()["observations"],
        "path": "dataset.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": {
            "fields": [_field(key, heading) for key, heading in columns.items()],
            "missingValues": [""],
            "primaryKey": columns["key"],
        },
    }


def _field(key: str, heading: str) -> dict[str, Any]:
    """A field is named like its column's heading; `rdfType` would need a vocabulary, so our own name is the title."""
    field: dict[str, Any] = {"name": heading, "title": key, "type": TYPES.get(key, "string")}
    if key in REQUIRED:
        field["constraints"] = {"required": True}
    return field


def _source(source: Source) -> dict[str, str]:
    said = {"title": str(source)}
    return said | {"path": source.link} if source.link else said
