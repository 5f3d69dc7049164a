"""Generated topics, schools, programmes and stories. What is there already, by its key, is left as it is.

The same seed makes the same content. All of it is in traditional Chinese too, as an editor's would be, and a third of
it in English. Generated pages are linked to each other only, never to real ones. They have no revisions.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any

from django.db import transaction
from wagtail.search.backends import get_search_backend

from core.keys import is_digits
from core.languages import SOURCE, column
from core.models import BasePage
from news.choices import Category, Origin, StoryKind
from news.models import (
    AddedProgramme,
    AddedSchool,
    ProgrammeIndexPage,
    ProgrammePage,
    StoryIndexPage,
    StoryPage,
    StoryProgramme,
    StorySchool,
    Topic,
)
from schools.choices import Setting, Stage
from schools.models import SchoolIndexPage, SchoolPage

from ..records import identifier
from . import words
from .bulk import Entry, Row, add_entries, add_pages, add_references, insert
from .words import Text


TOPICS, PROGRAMMES = 12, 20
TRANSLATED = 3  # every third is in English
PARTS = 3  # of a body, each of two paragraphs
BATCH = 1000
FIRST = datetime(2005, 1, 1, tzinfo=UTC)
APART = timedelta(minutes=90)  # 100,000 stories fill seventeen years
YEARS = timedelta(days=17 * 365)  # after which the next ones are published between the first
KINDS = (StoryKind.NEWS, StoryKind.NEWS, StoryKind.NEWS, StoryKind.NOTICE, StoryKind.FEATURE)

Progress = Callable[[str, int, int], None]  # what, how many are made, how many to make


@dataclass
class Draft:
    """A page to be made: its columns, and its rows in other tables."""

    row: Row
    texts: list[tuple[str, str]] = field(default_factory=list)  # each with its language before it
    schools: list[int] = field(default_factory=list)  # the first one is named in the text
    programmes: list[int] = field(default_factory=list)
    topics: list[int] = field(default_factory=list)


class Generator:
    """Makes what is missing of so many stories and schools."""

    def __init__(self, seed: int, progress: Progress) -> None:
        self.seed = seed
        self.progress = progress
        self.topics: list[int] = []
        self.schools: list[tuple[int, Text]] = []
        self.programmes: list[int] = []

    def generate(self, stories: int, schools: int) -> int:
        """Returns how many stories were made. Each batch is a transaction, so an interrupted run can be continued."""
        self.topics = _add_topics()
        self._add("school", SchoolPage, SchoolIndexPage, schools, self._school, _index)
        self.schools = [(pk, words.name("school", _number(slug))) for pk, slug in _generated(SchoolPage)]
        self._add("programme", ProgrammePage, ProgrammeIndexPage, PROGRAMMES, self._programme, _index)
        self.programmes = [pk for pk, _slug in _generated(ProgrammePage)]
        return self._add("story", StoryPage, StoryIndexPage, stories, self._story, _link_and_index)

    def _add(
        self, kind: str, model: Any, section: type[BasePage], wanted: int, draft: Callable, finish: Callable
    ) -> int:
        known = {_number(slug) for _pk, slug in _generated(model)}
        missing = [number for number in range(1, wanted + 1) if number not in known]
        for start in range(0, len(missing), BATCH):
            drafts = [draft(number) for number in missing[start : start + BATCH]]
            with transaction.atomic():
                add_pages(section.objects.get(), model, [draft.row for draft in drafts])
                finish(model, drafts)
            self.progress(kind, start + len(drafts), len(missing))
        return len(missing)

    def _random(self, kind: str, number: int) -> Random:
        return Random(f"{self.seed}/{kind}/{number}")  # noqa: S311

    def _school(self, number: int) -> Draft:
        random = self._random("school", number)
        draft = _draft("school", number, random)
        draft.row |= {"key": draft.row["slug"], "stage": random.choice(Stage.values)}
        draft.row["setting"] = random.choice(Setting.values)
        _write_body(draft, number, random, None)
        return draft

    def _programme(self, number: int) -> Draft:
        random = self._random("programme", number)
        draft = _draft("programme", number, random)
        draft.row |= {"key": draft.row["slug"], "category": random.choice(Category.values)}
        return draft

    def _story(self, number: int) -> Draft:
        """About one or two schools, the first of them named in the text, one or two topics, perhaps a programme."""
        random = self._random("story", number)
        draft = _draft("story", number, random)
        draft.row["kind"] = random.choice(KINDS)
        schools = random.sample(self.schools, min(len(self.schools), random.randint(1, 2)))
        draft.schools = [pk for pk, _name in schools]
        draft.programmes = random.sample(self.programmes, random.randint(0, 1))
        draft.topics = random.sample(self.topics, random.randint(1, 2))
        _write_body(draft, number, random, schools[0] if schools else None)
        return draft


def _add_topics() -> list[int]:
    keys = [_key("topic", number) for number in range(1, TOPICS + 1)]
    known = set(Topic.objects.values_list("key", flat=True))
    missing = [Topic(key=key) for key in keys if key not in known]
    for topic in missing:
        for code, text in words.name("topic", _number(topic.key)).items():
            setattr(topic, column("name", code), text)
        topic.save()
    return list(Topic.objects.filter(key__in=keys).order_by("pk").values_list("pk", flat=True))


def _key(kind: str, number: int | str) -> str:
    return f"generated-{kind}-{number}"


def _number(key: str) -> int:
    return int(key.rpartition("-")[2])


def _generated(model: Any) -> list[tuple[int, str]]:
    """(primary key, slug) of the generated pages of a type."""
    beginning = _key(model._meta.model_name.removesuffix("page"), "")
    pages = model.objects.filter(slug__startswith=beginning).order_by("pk").values_list("pk", "slug")
    return [(pk, slug) for pk, slug in pages if is_digits(slug.removeprefix(beginning))]


# Rows ------------------------------------------------------------------------------------------


def _codes(number: int) -> list[str]:
    """The languages of one thing."""
    return [code for code in words.LANGUAGES if code != "en" or number % TRANSLATED == 0]


def _draft(kind: str, number: int, random: Random) -> Draft:
    draft = Draft({"slug": _key(kind, number), "first_published_at": FIRST + number * APART % YEARS})
    standfirst = words.paragraph(random)
    for name, text in (("title", words.name(kind, number)), ("standfirst", standfirst)):
        _write(draft.row, name, {code: text[code] for code in _codes(number)})
    draft.texts = [(code, standfirst[code]) for code in _codes(number)]
    return draft


def _write(row: Row, name: str, values: dict[str, Any]) -> None:
    """The field and its columns: the field's own column repeats the source language's."""
    row |= {column(name, code): value for code, value in values.items()} | {name: values[SOURCE]}


def _write_body(draft: Draft, number: int, random: Random, school: tuple[int, Text] | None) -> None:
    """Blocks of text with headings between them; the last one names a school."""
    parts = [[words.name("heading", part), words.paragraph(random), words.paragraph(random)] for part in range(PARTS)]
    linked = parts
    if school:
        pk, name = school
        link = {code: f'<a linktype="school" id="{pk}">{text}</a>' for code, text in name.items()}
        linked = [*parts[:-1], [*parts[-1][:2], words.about(link)]]
        parts[-1][2] = words.about(name)
    owner = draft.row["slug"]
    bodies = {code: list(_blocks(owner, [[text[code] for text in part] for part in linked])) for code in _codes(number)}
    _write(draft.row, "body", bodies)
    draft.texts += [(code, text[code]) for code in _codes(number) for text in list(chain(*parts))[1:]]


def _blocks(owner: str, parts: Sequence[Sequence[str]]) -> Iterator[dict[str, Any]]:
    """The stored form; a block and a paragraph have the same identifiers in every language."""
    for number, (heading, *paragraphs) in enumerate(parts):
        if number:
            titled = {"heading": heading, "subheading": ""}
            yield {"type": "heading", "value": titled, "id": identifier(owner, str(number), "heading")}
        place = identifier(owner, str(number))
        html = "".join(f'<p data-block-key="{place[:4]}{at}">{text}</p>' for at, text in enumerate(paragraphs))
        yield {"type": "text", "value": html, "id": place}


# What hangs on pages ---------------------------------------------------------------------------


def _index(model: Any, drafts: Sequence[Draft]) -> None:
    """There are few of these: they are indexed as if they had been saved. Nothing that they refer to is counted."""
    get_search_backend().add_bulk(model, list(model.objects.filter(pk__in=[draft.row["id"] for draft in drafts])))


def _link_and_index(model: Any, drafts: Sequence[Draft]) -> None:
    schools = list(_links(drafts, "schools", "school_id"))
    programmes = list(_links(drafts, "programmes", "programme_id"))
    added_schools, added_programmes = _added(schools), _added(programmes)
    for example, rows in (
        (StorySchool(), schools),
        (StoryProgramme(), programmes),
        (AddedSchool(), added_schools),
        (AddedProgramme(), added_programmes),
    ):
        insert(example, rows)
    topics = [{"storypage_id": draft.row["id"], "topic_id": pk} for draft in drafts for pk in draft.topics]
    insert(StoryPage.topics.through(), topics)
    add_references(model, _references(drafts, added_schools, added_programmes))
    titles = {code: column("title", code) for code in words.LANGUAGES}
    add_entries(
        model,
        [
            Entry(
                draft.row["id"],
                draft.row["first_published_at"],
                [(code, draft.row[each]) for code, each in titles.items() if each in draft.row],
                draft.texts,
            )
            for draft in drafts
        ],
    )


def _links(drafts: Sequence[Draft], name: str, target: str) -> Iterator[Row]:
    """Rows of a model of links: the first school is linked by the text, all else by an editor."""
    for draft in drafts:
        for number, pk in enumerate(getattr(draft, name)):
            is_named = name == "schools" and number == 0
            origin = Origin.BODY if is_named else Origin.EDITOR
            yield {"story_id": draft.row["id"], target: pk, "origin": origin, "sort_order": number}


def _added(links: Sequence[Row]) -> list[Row]:
    """The rows of what editors add by hand, of which these links come."""
    return [dict(link) for link in links if link["origin"] == Origin.EDITOR]


def _references(
    drafts: Sequence[Draft], schools: Sequence[Row], programmes: Sequence[Row]
) -> Iterator[tuple[int, int, str, str]]:
    for name, rows in (("school", schools), ("programme", programmes)):
        for row in rows:
            path = f"added_{name}s.{{}}.{name}"
            yield row["story_id"], row[f"{name}_id"], path.format("item"), path.format(row["id"])
    for draft in drafts:
        if draft.schools:  # Wagtail reads the field itself, not its columns
            yield draft.row["id"], draft.schools[0], "body.text", f"body.{draft.row['body'][-1]['id']}"
