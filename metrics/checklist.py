"""What an editor is told of the figures in a text before it is published."""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks

from core.keys import parse_key, parse_keys
from core.models import BasePage
from core.open_data.spreadsheets import plain_number
from core.publishing.checklist import Finding, Level, Mend, publish_check, shared
from core.publishing.link_checks import leave, links_in, without_link
from core.publishing.page_texts import change_text, parts_of
from core.text.tags import pieces, text_of

from .choices import ObservationStatus
from .figure_words import bodies_of, disagreements, published_figures
from .matching.finding import likely_figures
from .matching.offering import offers_of
from .models import Metric, Observation, PastValue


NAMED = 5  # in the line itself

leave(Metric, Observation)


@publish_check("metrics.hidden-figures", BasePage, Level.ERROR)
def check_hidden_figures(page: BasePage) -> Iterator[Finding]:
    """Figures that readers do not see, or see no more: a text does not state what was withdrawn. They are not named: whoever
    edits the page may not know of them."""
    seen = shared(page, _figures)
    for place, key, words in _references(page):
        if parse_key(key) in seen:
            continue
        about = f"{Observation._meta.label_lower} {key}"
        if words is None:
            yield Finding(_("The figure that is chosen here is not published."), place, about)
        else:
            change = partial(change_text, page, place, partial(without_link, Observation, str(key)))
            message = _("“{words}” is linked to a figure that is not published.").format(words=words)
            yield Finding(message, place, f"{about} {words}", Mend(_("Remove the link"), change))
    drawn = {metric.pk for _place, metric in shared(page, _charts)}
    for key, place in _places_of_charts(page).items():
        if key not in drawn:
            about = f"{Metric._meta.label_lower} {key}"
            yield Finding(_("Readers see no figure of the metric that this chart is of."), place, about)


@publish_check("metrics.linked-figures", BasePage, Level.ERROR)
def check_linked_figures(page: BasePage) -> Iterator[Finding]:
    """Each number in the text that its figure contradicts, with both."""
    for each in disagreements(bodies_of(page), shared(page, _figures)):
        figure = each.figure
        message = _("“{words}” is linked to a figure that says {display} ({metric}, {period}).").format(
            words=each.words, display=figure.display(), metric=figure.metric, period=figure.period
        )
        says = partial(_say, page, each.place, str(figure.pk), each.words, figure.display())
        about = f"{each.words} {figure.pk} {_value(figure)}"
        yield Finding(message, each.place, about, Mend(_("Write what the figure says"), says))


@publish_check("metrics.provisional-figures", BasePage)
def check_provisional_figures(page: BasePage) -> Iterator[Finding]:
    for place, figure in shared(page, _cited):
        if figure.status == ObservationStatus.PROVISIONAL:
            message = _("The figure {display} ({metric}, {period}) is provisional.")
            yield _finding(message, place, figure)
    for place, metric in shared(page, _charts):
        if found := [each for each in metric.charted() if each.status == ObservationStatus.PROVISIONAL]:
            told = ngettext(
                "The chart of “{metric}” shows {count} provisional figure.",
                "The chart of “{metric}” shows {count} provisional figures.",
                len(found),
            )
            about = " ".join(f"{each.pk} {_value(each)}" for each in found)
            yield Finding(told.format(metric=metric, count=len(found)), place, about)


@publish_check("metrics.newer-figures", BasePage)
def check_newer_figures(page: BasePage) -> Iterator[Finding]:
    """Figures of a time after the page's first publication (of a draft: after today), from a later source, or with a value
    that was changed since: readers of an old story would not expect them."""
    cited = shared(page, _cited)
    since = page.first_published_at
    day = timezone.localdate(since) if since else timezone.localdate()
    changed = _changed_since(since, {figure.pk for _place, figure in cited}) if since and cited else set()
    for place, figure in cited:
        source = figure.source.published_on if figure.source else None
        if figure.pk in changed:
            told = _("The figure {display} ({metric}, {period}) was changed after this was published.")
            yield _finding(told, place, figure)
        elif (figure.period.start and figure.period.start > day) or (source and source > day):
            yield _finding(_("The figure {display} ({metric}, {period}) is newer than this text."), place, figure)


@publish_check("metrics.unlinked-numbers", BasePage, Level.NOTE)
def check_unlinked_numbers(page: BasePage) -> Iterator[Finding]:
    """The numbers of the text that are linked to no figure, each with the figures that it may be."""
    found = shared(page, likely_figures)
    if found:
        told = ngettext(
            "{count} number of the text is linked to no figure: {numbers}.",
            "{count} numbers of the text are linked to no figure: {numbers}.",
            len(found),
        )
        texts = list(dict.fromkeys(each.reading.text for each in found))
        numbers = _(", ").join(texts[:NAMED]) + ("…" if len(texts) > NAMED else "")
        yield Finding(
            told.format(count=len(found), numbers=numbers), found[0].passage.place, offers=offers_of(page, found)
        )


def _finding(told: str, place: str, figure: Observation) -> Finding:
    message = told.format(display=figure.display(), metric=figure.metric, period=figure.period)
    return Finding(message, place, f"{figure.pk} {_value(figure)} {figure.status}")


def _value(figure: Observation) -> str:
    return f"{figure.qualifier} {plain_number(figure.value)}" if figure.value is not None else ""


def _figures(page: BasePage) -> dict[int, Observation]:
    """The published figures that a page cites, by their keys: one query, or none."""
    keys = {key for _place, typed, _words in _references(page) for key in parse_keys([typed])}
    return published_figures(keys) if keys else {}


def _cited(page: BasePage) -> list[tuple[str, Observation]]:
    """The published figures that a page cites, each once, with the place where it does first."""
    figures = shared(page, _figures)
    places: dict[int, str] = {}
    for place, typed, _words in _references(page):
        for key in parse_keys([typed]):
            places.setdefault(key, place)
    return [(place, figures[key]) for key, place in places.items() if key in figures]


def _charts(page: BasePage) -> list[tuple[str, Metric]]:
    """The metrics that a page has charts of, each once, with its figures and the place of the first, if readers see any: one
    query, or none."""
    places = _places_of_charts(page)
    return [(places[metric.pk], metric) for metric in Metric.objects.for_charts(places)] if places else []


def _places_of_charts(page: BasePage) -> dict[int, str]:
    """{key of a metric: the place of its first chart}."""
    places: dict[int, str] = {}
    for part in shared(page, parts_of):
        if isinstance(part.block, blocks.ChooserBlock) and part.block.model_class is Metric:
            for key in parse_keys([part.raw]):
                places.setdefault(key, part.place)
    return places


def _references(page: BasePage) -> Iterator[tuple[str, Any, str | None]]:
    """(content path, key of a figure, the words of the link), no words for what is chosen."""
    for part in shared(page, parts_of):
        if isinstance(part.block, blocks.ChooserBlock) and part.block.model_class is Observation and part.raw:
            yield part.place, part.raw, None
        elif isinstance(part.block, blocks.RichTextBlock) and "figure" in part.raw:
            links = links_in(part.raw)
            yield from ((part.place, key, words) for (model, key), words in links if model is Observation)


def _changed_since(moment: Any, keys: set[int]) -> set[int]:
    changes: models.QuerySet = PastValue.objects.filter(observation__in=keys, replaced_at__gt=moment)
    return set(changes.filter(is_withdrawn=False).values_list("observation_id", flat=True))


def _is_link(piece: Any) -> bool:
    return piece.name == "a" and piece.is_start and piece.attributes.get("linktype") == "figure"


def _say(page: BasePage, place: str, key: str, words: str, display: str) -> None:
    """In the block at this place, links to the figure say what it says instead of these words."""
    for part in parts_of(page):
        if isinstance(part.block, blocks.RichTextBlock) and f"{part.place}.".startswith(f"{place}."):
            change_text(page, part.place, partial(_with_words, key, words, display))


def _with_words(key: str, words: str, display: str, html: str) -> str:
    done: list[str] = []
    begun = None  # where the link's words begin in `done`
    for piece in pieces(html):
        if piece.name == "a" and piece.is_end and begun is not None:
            said = "".join(text_of(each) for each in pieces("".join(done[begun:])))
            if said.strip() == words:
                done[begun:] = [escape(display, quote=False)]
            begun = None
        done.append(piece.raw)
        if _is_link(piece) and piece.attributes.get("id") == key:
            begun = len(done)
    return "".join(done)
