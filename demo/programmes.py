"""The programme pages: all as drafts first, so that they can name each other, then published."""

from metrics.models import Metric
from news.models import ProgrammeIndexPage, ProgrammePage
from news.models.programmes import ProgrammeRelated, ProgrammeSchool
from schools.choices import Level
from schools.models import Organisation, SchoolPage

from .blocks import stream
from .records import load, zh
from .rows import by_key, missing, place, publish
from .schools import DOUBTS


def add_programmes() -> None:
    index = ProgrammeIndexPage.objects.get()
    records = missing(ProgrammePage, load("programmes"))
    for record in records:
        place(index, _programme(record))
    for record in records:
        page = ProgrammePage.objects.get(key=record["key"])
        _link(page, record)
        publish(page, record, DOUBTS)


def _programme(record: dict) -> ProgrammePage:
    key = record["key"]
    parts = [part | {"type": "part"} for part in record.get("parts", [])]
    targets = [target | {"type": "target", "id": f"target-{n}"} for n, target in enumerate(record.get("targets", []))]
    notes = {"type": "aside", "id": "doubts", "heading": DOUBTS, "paragraphs": record["notes"]}
    return ProgrammePage(
        slug=key,
        title=zh(record["title"]),
        standfirst=zh(record["standfirst"]),
        other_names=record.get("other_names", ""),
        category=record["category"],
        level=record["level"] if record["level"] in Level.values else Level.UNSTATED,  # a school's own project has none
        holder=Organisation.objects.filter(key=record["holder"]).first(),  # a school is among the linked schools
        starts_on=record.get("starts_on"),
        ends_on=record.get("ends_on"),
        period_note=zh(record.get("period_note")),
        parts=stream(key, parts),
        targets=stream(key, targets),
        body=stream(key, [notes]),
    )


def _link(page: ProgrammePage, record: dict) -> None:
    page.school_links = [
        ProgrammeSchool(school=by_key(SchoolPage, key), sort_order=order)
        for order, key in enumerate(record.get("schools", []))
    ]
    page.related_links = [
        ProgrammeRelated(related=by_key(ProgrammePage, key), sort_order=order)
        for order, key in enumerate(record.get("related", []))
    ]
    page.metrics = [by_key(Metric, key) for key in record.get("metrics", [])]
