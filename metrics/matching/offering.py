"""The figures that a number may be, as the list before publishing offers them."""

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote_plus

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import BasePage
from core.publishing.checklist import Choice, Offer
from core.publishing.offers import day_of
from core.queries.narrow import narrow_reads
from core.queries.prepared import prepared
from core.rendering.object_links import entity_data
from core.text.fallback import joined
from core.text.sentences import sentence_at

from ..models import Observation
from ..rich_text import FigureLinkHandler
from .finding import Found
from .ranking import Candidate


ADD_RIGHT = "metrics.add_observation"
LONGEST_SENTENCE = 300  # characters in an address


def offers_of(page: BasePage, found: list[Found]) -> tuple[Offer, ...]:
    """One query, or none if nothing is likely."""
    likely = {(each.figure.key, each.agrees): each for one in found for each in one.candidates}
    keys = {key for key, _agrees in likely}
    with narrow_reads():
        rows = {row.pk: row for row in _offered(keys)} if keys else {}
        choices = {known: _choice(rows[known[0]], each) for known, each in likely.items() if known[0] in rows}
    form, day, label = (
        reverse("wagtailsnippets_metrics_observation:add"),
        day_of(page),
        _("New figure from this sentence"),
    )
    return tuple(
        each.passage.offer(
            each.reading.start,
            each.reading.end,
            [choices[known] for one in each.candidates if (known := (one.figure.key, one.agrees)) in choices],
            form_url=f"{form}?{_asked(each, day)}",
            form_label=label,
            form_right=ADD_RIGHT,
        )
        for each in found
    )


@prepared
def _offered(ids: Iterable[int]) -> QuerySet[Observation]:
    return Observation.objects.public().with_context().filter(pk__in=ids)


def _choice(row: Observation, candidate: Candidate) -> Choice:
    data = entity_data(FigureLinkHandler, row)
    source = joined(" · ", (each for each in (row.source, row.source_place) if each))
    warning = "" if candidate.agrees else _("It says another number: either the text is wrong or the figure.")
    return Choice(
        "figure", data["id"], data["label"], data["url"], _("Source: {source}").format(source=source), warning
    )


def _asked(found: Found, day: date) -> str:
    """What the form is filled from (`filling`)."""
    text, start = found.passage.text, found.reading.start
    first, last = sentence_at(text, start, found.reading.end)
    first = max(first, start - LONGEST_SENTENCE // 2)
    sentence = text[first : min(last, first + LONGEST_SENTENCE)]
    return f"sentence={quote_plus(sentence)}&at={start - first}&day={day.isoformat()}"
