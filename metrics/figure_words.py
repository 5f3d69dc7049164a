"""Words of a text that are linked to a figure and say another number than it does."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from wagtail.blocks.stream_block import StreamValue
from wagtail.fields import StreamField

from core.keys import parse_keys
from core.languages import PROVISIONED, column, source_columns, translated_fields
from core.rendering.walking import Found, rich_texts
from core.text.tags import pieces, text_of

from .models import Observation
from .plausibility import disagreeing


class LinkedWords(NamedTuple):
    """`8660个` linked to the figure with this primary key, in a block of a body."""

    words: str
    figure: str
    place: str


class Disagreement(NamedTuple):
    words: str
    figure: Observation
    place: str


def disagreements(
    values: Iterable[tuple[str, StreamValue]], known: Mapping[int, Observation] | None = None
) -> list[Disagreement]:
    """What in these bodies, each with its field's name, says another number than its figure: one query, or none if all
    their published figures are `known`, by their keys.

    Words without a number say none. A figure that is gone, or not published, is not compared.
    """
    linked = [each for name, value in values for found in rich_texts(value) for each in _linked(name, found)]
    if not linked:
        return []
    if known is None:
        known = published_figures(parse_keys(each.figure for each in linked))
    figures = {str(key): row for key, row in known.items()}
    return [
        Disagreement(each.words, figures[each.figure], each.place)
        for each in linked
        if each.figure in figures and _differ(each.words, figures[each.figure])
    ]


def published_figures(keys: Iterable[int]) -> dict[int, Observation]:
    """{key: figure} of these that readers may see, with what they show: one query."""
    return {row.pk: row for row in Observation.objects.public().with_context().filter(pk__in=set(keys))}


def bodies_of(page: Any) -> list[tuple[str, StreamValue]]:
    """(name, value) of the stream fields that editors fill."""
    targets = {column(name, code) for name in translated_fields(type(page)) for code in PROVISIONED}
    names = [field.name for field in page._meta.get_fields() if isinstance(field, StreamField)]
    values = [(name, getattr(page, name, None)) for name in names if name not in targets]
    return [(name, value) for name, value in values if isinstance(value, StreamValue)]


def _linked(name: str, found: Found) -> Iterator[LinkedWords]:
    """The links to figures in one rich text."""
    words, figure = "", ""
    for piece in pieces(found.raw):
        if piece.name == "a" and piece.is_start:
            attributes = piece.attributes
            words, figure = "", attributes.get("id", "") if attributes.get("linktype") == "figure" else ""
        elif piece.name == "a":
            if figure and words.strip():
                yield LinkedWords(words.strip(), figure, f"{name}.{found.outermost}")
            figure = ""
        else:
            words += text_of(piece)


def _differ(words: str, figure: Observation) -> bool:
    with source_columns():
        return bool(disagreeing(words, figure.value, figure.unit, figure.qualifier))
