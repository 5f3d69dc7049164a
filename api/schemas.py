"""The shapes of the API: what is sent, and what may be asked."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from core.languages import SOURCE
from news.choices import Category, StoryKind
from schools.choices import Stage, Status


MAX_LIMIT, USUAL = 100, 20
KEY, KEY_LENGTH, SLUG_LENGTH = r"^[-a-zA-Z0-9_]+$", 80, 255
YEARS = (1900, 2200)
DAYS = (date(YEARS[0], 1, 1), date(YEARS[1], 12, 31))


# What may be asked -------------------------------------------------------------------------------


def optional(description: str, *, among: list[str] | None = None, **bounds: Any) -> Any:
    """A parameter that may be left out, and is None then; `among` names the values it can have."""
    if among:
        bounds["pattern"] = f"^({'|'.join(among)})$"

    def tidy(schema: dict[str, Any]) -> None:
        """In an address nothing is null: a parameter is there or it is not."""
        schema.pop("default", None)
        if among:
            schema.pop("pattern")
            schema["enum"] = among

    return Field(None, description=description, json_schema_extra=tidy, **bounds)


def key_of(what: str) -> Any:
    return optional(f"The key of {what}.", pattern=KEY, max_length=KEY_LENGTH)


class InLanguage(Schema):
    lang: str = Field(
        SOURCE,
        max_length=12,
        pattern=r"^[a-zA-Z-]+$",
        description="The language of the answer: one that is open. Only what is published in it is found, but for "
        "schools: the texts of those that are not are in Chinese, as their `language` says.",
    )


class Paged(InLanguage):
    limit: int = Field(USUAL, ge=1, le=MAX_LIMIT, description="How many are wanted at most.")
    cursor: str = optional("Where to go on: `next_cursor` of the answer before, unchanged.", max_length=400)


class StoryFilters(Paged):
    kind: str = optional("What sort of story.", among=StoryKind.values)
    topic: str = key_of("a topic")
    school: str = key_of("a school that the story is about")
    programme: str = key_of("a programme that the story is about")
    year: int = optional("The year of publication.", ge=YEARS[0], le=YEARS[1])
    since: date = optional("Published or changed on this day or later.", ge=DAYS[0], le=DAYS[1])


class SchoolFilters(Paged):
    stage: str = optional("The stage of schooling.", among=Stage.values)
    town: str = key_of("a town")
    group: str = key_of("a school group")
    status: str = optional("Whether it is new.", among=Status.values)


class ProgrammeFilters(Paged):
    category: str = optional("What sort of programme.", among=Category.values)


class MetricFilters(Paged):
    theme: str = key_of("a theme")


class ObservationFilters(Paged):
    metric: str = key_of("a metric")
    subject: str = key_of("the school or organisation that the figure is of")
    period: str = key_of("a period")
    scope: str = key_of("the part of the whole; `total` is the whole")


# What is sent ------------------------------------------------------------------------------------


class Problem(Schema):
    """Whatever went wrong, in English."""

    message: str
    errors: list[dict[str, str]] = Field([], description="Which parameter is wrong, and why.")


class Withdrawn(Schema):
    """It was published, and is withdrawn for good; why, in English."""

    message: str
    replaced_by: str = Field("", description="The page that replaces it, if there is one.")


class Named(Schema):
    """A thing or a code: `key` never changes, `name` is in the language of the answer."""

    key: str
    name: str


class Linked(Named):
    url: str = Field(description="The address of its public page.")


class Axis(Named):
    axis: str


class Unit(Schema):
    key: str
    symbol: str
    kind: Named


class Period(Schema):
    key: str
    label: str
    kind: Named
    start: date | None
    end: date | None
    basis: str = Field(description="Whether the source prints the dates, or how they were inferred.")


class Subject(Named):
    type: str = Field(description="`school` or `organisation`.")
    url: str | None


class Comparator(Schema):
    """A total printed beside the figure, in the figure's unit, and whose total it is."""

    value: str
    display: str
    scope: Named


class Source(Schema):
    key: str
    title: str
    authors: str
    publisher: str
    published_on: date | None
    date_note: str
    link: str
    note: str
    place: str = Field(description="The line or page.")


class PastValue(Schema):
    """A published value that was replaced."""

    value: str
    unit: Unit
    qualifier: Named
    display: str
    until: datetime = Field(description="When it was replaced.")
    reason: str = Field(description="Why; empty if it is not translated into the language asked for.")


class Observation(Schema):
    """One value of a metric, for one subject, one period and one part of the whole."""

    key: str
    metric: Linked
    value: str = Field(description="A decimal number in base units: 137000000 for 137 million yuan.")
    unit: Unit
    qualifier: Named = Field(description="`exact`, `more` (the value is a lower bound) or `about`.")
    display: str = Field(description="As readers see it.")
    period: Period
    dimension: Axis = Field(description="The part of the whole; `total` is the whole.")
    subject: Subject
    comparator: Comparator | None
    source: Source
    counted: bool = Field(description="Counted from names, not printed by the source.")
    status: Named
    note: str = Field(description="What a reader must know: doubts, limits, how it was counted.")
    past_values: list[PastValue] = Field(description="What was published before it, the newest first.")


class Metric(Schema):
    key: str
    name: str
    definition: str
    theme: Named
    unit: Unit
    measure: Named
    direction: Named = Field(description="Which way is better.")
    url: str
    downloads: dict[str, str] = Field(description="Addresses of its files: `csv`, `json`, `svg`.")


class MetricDetail(Metric):
    observations: list[Observation]
    citation: str
    licence: str | None = Field(description="Null as long as the portal states none.")
    licence_url: str | None = Field(description="Where the licence can be read; null if that is not known.")
    licence_note: str = Field(description="The licence, or that none is stated, in the language of the answer.")


class Opening(Schema):
    year: int | None
    basis: Named | None
    note: str


class Catchment(Schema):
    text: str
    year: int | None
    source: str


class Location(Schema):
    """WGS 84, in degrees."""

    latitude: Decimal
    longitude: Decimal


class Page(Schema):
    key: str
    title: str
    summary: str
    language: str = Field(description="The language of its own texts: the one asked for, or Chinese.")
    url: str
    languages: list[str] = Field(description="The open languages that it is published in.")
    published_at: datetime | None
    changed_at: datetime | None


class School(Page):
    official_name: str
    other_names: str
    stage: Named
    ownership: Named | None
    setting: Named | None
    status: Named
    status_note: str
    town: Named | None
    area: str
    zone: Named | None
    group: Named | None
    group_relation: Named | None
    entrusted_to: Linked | None
    campus_of: Linked | None
    opened: Opening
    philosophy: list[str]
    catchment: Catchment
    address: str
    telephone: str
    website: str
    location: Location | None
    verified_on: date | None = Field(description="When the school last checked this.")


class SchoolDetail(School):
    observations: list[str] = Field(description="Keys of its public figures.")


class Part(Schema):
    name: str
    description: str


class Target(Schema):
    promise: str
    due: str


class Programme(Page):
    other_names: str
    category: Named
    level: Named
    holder: Named | None
    starts_on: date | None
    ends_on: date | None
    period_note: str
    parts: list[Part]
    targets: list[Target]
    schools: list[Linked]
    metrics: list[Linked]


class Story(Page):
    kind: Named
    kicker: str
    subtitle: str
    topics: list[Named]
    schools: list[Linked]
    programmes: list[Linked]
    credit_line: str
    source_url: str
    correction: str


class Notice(Schema):
    index_number: str
    document_number: str
    issued_by: Named | None
    issued_on: date | None
    validity: Named | None


class Contributor(Named):
    role: Named


class StoryDetail(Story):
    byline: list[Contributor]
    notice: Notice
    observations: list[Observation] = Field(description="The public figures that it cites.")


class Paging(Schema):
    next: str | None = Field(description="The address of what comes next; null at the end.")
    next_cursor: str | None


class Stories(Paging):
    items: list[Story]


class Schools(Paging):
    items: list[School]


class Programmes(Paging):
    items: list[Programme]


class Metrics(Paging):
    items: list[Metric]


class Observations(Paging):
    items: list[Observation]
