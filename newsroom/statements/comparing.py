"""Which stories say different numbers of the same figure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from core.languages import source_columns
from core.numbers import Reading, agree, counts, read_numbers
from core.publishing.checklist import Finding, Quote, publish_check, shared
from metrics.models import Observation
from metrics.plausibility import comparable
from news.models import StoryPage

from ..models import Statement
from .reading import Said, of_draft


MOST_ROWS = 400


def differ(one: str, other: str, figure: Observation) -> bool:
    """Whether the words of two statements of a figure say different numbers. Words without a number say none."""
    first, second = _reading(one, figure), _reading(other, figure)
    return first is not None and second is not None and not agree(first, second)


def _reading(words: str, figure: Observation) -> Reading | None:
    found = counts(words) or read_numbers(words)
    return comparable(found[0], figure.unit) if found and figure.unit else None


@publish_check("newsroom.figures-elsewhere", StoryPage)
def check_other_stories(story: StoryPage) -> Iterator[Finding]:
    """Numbers of which another live story says another: one query beside those of the numbers themselves."""
    said = shared(story, of_draft)
    rows = _of_others(story, {each.figure for each in said}) if said else {}
    told: set[tuple[str, int]] = set()
    for each in said:
        others = [row for row in rows.get(each.figure, ()) if differ(each.words, row.words, row.figure)]
        if others and (each.words, each.figure) not in told:
            told.add((each.words, each.figure))
            yield _finding(each, others)


def _finding(said: Said, others: list[Statement]) -> Finding:
    figure, first = others[0].figure, others[0]
    message = _("“{words}” here, “{other}” in “{title}” ({metric}, {period}).").format(
        words=said.words, other=first.words, title=first.story.title, metric=figure.metric, period=figure.period
    )
    quotes = [Quote(_("Here"), said.sentence), *(_quote(row) for row in others[:3])]
    about = f"{said.words} {figure.pk} {' '.join(sorted(f'{row.story_id}:{row.words}' for row in others))}"
    return Finding(message, said.place, about, quotes=tuple(quotes))


def _quote(row: Statement) -> Quote:
    return Quote(row.story.title, row.sentence, row.story.get_url() or "")


def _of_others(story: StoryPage, figures: Iterable[int]) -> dict[int, list[Statement]]:
    rows = (
        Statement.objects.readable()
        .filter(figure__in=list(figures))
        .exclude(story=story.pk)
        .select_related("story", "figure__metric", "figure__period", "figure__unit")
        .order_by("-story__first_published_at", "pk")
    )
    found: dict[int, list[Statement]] = defaultdict(list)
    with source_columns():
        for row in rows[:MOST_ROWS]:
            found[row.figure_id].append(row)
    return found
