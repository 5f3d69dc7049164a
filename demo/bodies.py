"""Towns, school groups, organisations and honours."""

from schools.models import Honour, Organisation, SchoolGroup, SchoolPage, Town

from .records import load, zh
from .rows import add, by_key, missing, school_or_organisation


def add_bodies() -> None:
    data = load("bodies")
    for record in missing(Town, data["towns"]):
        add(Town(key=record["key"], name=zh(record["name"])), record)
    for record in missing(SchoolGroup, data["groups"]):
        add(SchoolGroup(key=record["key"], name=zh(record["name"]), note=zh(record["note"])), record)
    for record in missing(Organisation, data["organisations"]):
        names = {"name": zh(record["name"]), "other_names": record.get("other_names", "")}
        add(Organisation(key=record["key"], kind=record["kind"], role=zh(record["role"]), **names), record)


def appoint_leads(added: set[str]) -> None:
    """A group names its lead, and the lead its group: done once, when the lead has just been added."""
    for record in load("bodies")["groups"]:
        if record["lead"] in added:
            group = SchoolGroup.objects.get(key=record["key"])
            group.lead = by_key(SchoolPage, record["lead"])
            group.save()


def add_honours() -> None:
    for record in missing(Honour, load("honours")):
        honour = Honour(
            **{name: record[name] for name in ("key", "kind", "level", "count", "count_basis")},
            **school_or_organisation("holder", record["holder"]),
            name=zh(record["name"]),
            grantor=by_key(Organisation, record.get("grantor")),
            year=record.get("year"),
            evidence=zh(record["evidence"]),
            note=zh(record.get("note")),
        )
        add(honour, record)
