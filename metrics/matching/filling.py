"""A figure that is not there yet, as far as a sentence tells of it; what nobody can read from it is left to choose."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from core.keys import parse_key
from core.languages import SOURCE, column, source_columns
from core.numbers import Qualifier, Reading, counts, units_agree
from schools.models import Organisation
from schools.names import known_names

from ..choices import Qualifier as Stored
from ..models import Metric, Observation, Period, Unit
from ..plausibility import can_be_in
from .ranking import near
from .times import times_in
from .words import share


SPOKEN_OF = 0.5  # of the name of a metric
Asked = dict[str, Any]


def filled_from(asked: Asked) -> tuple[Observation, str] | None:
    """The figure and its sentence. `asked` comes from an address: `sentence`, `at` where in it the number begins, `day` of
    publication. None if there is no number there. A handful of queries; nothing is written."""
    sentence, at = str(asked.get("sentence", "")), parse_key(asked.get("at"))
    numbers = counts(sentence)
    reading = next((each for each in numbers if each.start == at), None)
    if reading is None:
        return None
    day = _day(asked.get("day"))
    with source_columns():
        metric = _metric(near(sentence, reading, numbers), reading)
        figure = Observation(value=reading.value, qualifier=_qualifier(reading), unit=_unit(metric, reading))
        figure.metric_id = metric.pk if metric else None
        figure.period_id = _period(sentence, day)
        _set_subject(figure, sentence, reading, day)
    return figure, sentence.strip()


def what_to_do(sentence: str) -> str:
    told = _("Filled from “{sentence}” Look at each field, and choose where the figure comes from.")
    return told.format(sentence=sentence)


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return timezone.localdate()


def _qualifier(reading: Reading) -> str:
    """Nearly is stored as about."""
    known = {Qualifier.EXACT: Stored.EXACT, Qualifier.MORE: Stored.MORE}
    return str(known.get(Qualifier(reading.qualifier), Stored.ABOUT))


def _metric(around: str, reading: Reading) -> Metric | None:
    """The one that the words around the number name most of, if it can be measured in its unit."""
    rows = [(share(row.name or "", around), row) for row in Metric.objects.live().select_related("unit")]
    likely = [(said, row) for said, row in rows if said >= SPOKEN_OF and can_be_in(reading, row.unit)]
    return max(likely, key=lambda each: each[0])[1] if likely else None


def _unit(metric: Metric | None, reading: Reading) -> Unit | None:
    """The metric's; else the only one that the number is said in."""
    if metric:
        return metric.unit
    symbols = [
        row for row in Unit.objects.all() if reading.unit and row.symbol and units_agree(row.symbol, reading.unit)
    ]
    return symbols[0] if len(symbols) == 1 else None


def _period(sentence: str, day: date) -> int | None:
    """The first time that the sentence speaks of and that there is a period for."""
    for time in times_in(sentence, day):
        spans = Q(start=time.first, end=time.last) | Q(start__isnull=True, end=time.last)
        if (key := Period.objects.filter(spans).order_by("pk").values_list("pk", flat=True).first()) is not None:
            return key
    return None


def _set_subject(figure: Observation, sentence: str, reading: Reading, day: date) -> None:
    """The school that is named last before the number, else first in the sentence; else the body with the longest name there."""
    schools = list(known_names(day).found_in(sentence))
    if schools:
        before = [name for name in schools if name.start < reading.start]
        figure.subject_school_id = (before[-1] if before else schools[0]).school
        return
    names = Organisation.objects.values_list("pk", column("name", SOURCE))
    named = [(len(name), key) for key, name in names if name and name in sentence]
    figure.subject_organisation_id = max(named)[1] if named else None
