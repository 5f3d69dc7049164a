"""The school pages."""

from schools.models import SchoolGroup, SchoolIndexPage, SchoolPage, Town

from . import images
from .blocks import stream
from .records import Text, joined, load, zh
from .rows import by_key, missing, place, publish


FEATURES: Text = {"zh": "校园与特色", "en": "Campus and character"}
DOUBTS: Text = {"zh": "资料说明", "en": "About this information"}


def add_schools() -> set[str]:
    """Returns the keys of those that were missing. A campus stands after the school it belongs to."""
    index = SchoolIndexPage.objects.get()
    records = missing(SchoolPage, load("schools"))
    for record in records:
        philosophy = joined(record.get("philosophy", []))
        publish(place(index, _school(record, philosophy)), record, philosophy, FEATURES, DOUBTS)
    return {record["key"] for record in records}


def _school(record: dict, philosophy: Text) -> SchoolPage:
    opened = record.get("opened", {})
    texts = {name: zh(record.get(name)) for name in ("title", "standfirst", "status_note", "area", "place_note")}
    codes = {name: record.get(name, "") for name in ("other_names", "stage", "setting", "status", "group_relation")}
    return SchoolPage(
        slug=record["key"],
        **texts,
        **codes,
        town=by_key(Town, record.get("town")),
        group=by_key(SchoolGroup, record.get("group")),
        parent_campus=by_key(SchoolPage, record.get("parent_campus")),
        opened_year=opened.get("year"),
        opened_basis=opened.get("basis", ""),
        opened_note=zh(opened.get("note")),
        philosophy=zh(philosophy),
        picture=images.find(record["key"]),
        body=stream(record["key"], _profile(record)),
    )


def _profile(record: dict) -> list[dict]:
    features = [
        {"type": "heading", "id": "features-heading", "heading": FEATURES},
        {"type": "text", "id": "features", "list": True, "paragraphs": record.get("features", [])},
    ]
    doubts = {"type": "aside", "id": "doubts", "heading": DOUBTS, "paragraphs": record["doubts"]}
    return [*(features if record.get("features") else []), doubts]
