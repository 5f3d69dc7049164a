"""What downloads, charts and citations of figures say, in the reader's language."""

from collections.abc import Sequence
from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.text.fallback import filled


def observation_columns() -> dict[str, str]:
    """Heading of each column of the table of observations, in its order."""
    return {
        "key": pgettext("data", "Key"),
        "metric_key": pgettext("data", "Key of the metric"),
        "metric": pgettext("data", "Metric"),
        "theme": pgettext("data", "Theme"),
        "subject_key": pgettext("data", "Key of the subject"),
        "subject": pgettext("data", "Subject"),
        "part_key": pgettext("data", "Key of the part"),
        "part": pgettext("data", "Part"),
        "period_key": pgettext("data", "Key of the period"),
        "period": pgettext("data", "Period"),
        "first_day": pgettext("data", "First day"),
        "last_day": pgettext("data", "Last day"),
        "value": pgettext("data", "Value"),
        "unit_key": pgettext("data", "Key of the unit"),
        "unit": pgettext("data", "Unit"),
        "exactness": pgettext("data", "How exact"),
        "display": pgettext("data", "In words"),
        "comparator": pgettext("data", "Comparator"),
        "comparator_of": pgettext("data", "Comparator is of"),
        "source_key": pgettext("data", "Key of the source"),
        "source": pgettext("data", "Source"),
        "place": pgettext("data", "Place in the source"),
        "counted": pgettext("data", "Counted, not printed"),
        "status": pgettext("data", "Status"),
        "note": pgettext("data", "Note"),
        "address": pgettext("data", "Address"),
    }


def metric_columns() -> dict[str, str]:
    return {
        "key": pgettext("data", "Key"),
        "metric": pgettext("data", "Metric"),
        "definition": pgettext("data", "Definition"),
        "theme": pgettext("data", "Theme"),
        "measure": pgettext("data", "Kind of figure"),
        "direction": pgettext("data", "Which way is better"),
        "unit": pgettext("data", "Unit"),
        "address": pgettext("data", "Address"),
    }


def unit_columns() -> dict[str, str]:
    return {
        "key": pgettext("data", "Key"),
        "unit": pgettext("data", "Unit"),
        "kind": pgettext("data", "Kind"),
        "square_metres": pgettext("data", "Square metres"),
        "note": pgettext("data", "Note"),
    }


def period_columns() -> dict[str, str]:
    return {
        "key": pgettext("data", "Key"),
        "period": pgettext("data", "Period"),
        "kind": pgettext("data", "Kind"),
        "first_day": pgettext("data", "First day"),
        "last_day": pgettext("data", "Last day"),
        "basis": pgettext("data", "How the dates are known"),
    }


def source_columns() -> dict[str, str]:
    return {
        "key": pgettext("data", "Key"),
        "source": pgettext("data", "Title"),
        "authors": pgettext("data", "Authors"),
        "publisher": pgettext("data", "Publisher"),
        "date": pgettext("data", "Date"),
        "date_note": pgettext("data", "What is known of the date"),
        "link": pgettext("data", "Link"),
        "note": pgettext("data", "Note"),
    }


def table_names() -> dict[str, str]:
    """Names of the sheets of the whole dataset."""
    return {
        "observations": pgettext("data", "Observations"),
        "metrics": pgettext("data", "Metrics"),
        "units": pgettext("data", "Units"),
        "periods": pgettext("data", "Periods"),
        "sources": pgettext("data", "Sources"),
        "schools": pgettext("data", "Schools"),
    }


def dataset_title(portal: str) -> str:
    return _("Figures of %(portal)s") % {"portal": portal}


def dataset_description() -> str:
    return _(
        "Every public figure with its value in base units, unit, period, subject, comparator, source and note. "
        "Parts of a whole must not be added up unless the note allows it."
    )


def licence_words(licence: str | None) -> str:
    return licence or _("No licence is stated.")


def source_line(source: str) -> str:
    return _("Source: %(source)s") % {"source": source}


def compared_with(whole: str, value: str) -> str:
    """Beside a bar: what it is a share of."""
    return filled(_("%(whole)s: %(value)s"), {"whole": whole, "value": value})


def more_rows(count: int) -> str:
    return _("%(count)s more are in the table.") % {"count": count}


def source_words(parts: Sequence[str]) -> str:
    """Authors, title and publisher of a source in one line."""
    return reduce(lambda before, after: filled(_("%(before)s, %(after)s"), {"before": before, "after": after}), parts)


def citation_words(facts: dict[str, str]) -> str:
    """The sentences of a citation; one whose fact is not known is left out."""
    sentences = {
        "period": _("“%(title)s” (%(period)s), %(portal)s."),
        "title": _("“%(title)s”, %(portal)s."),
        "source": _("Source: %(source)s."),
        "changed": _("Last changed on %(changed)s."),
        "licence": _("Licence: %(licence)s."),
    }
    names = ["period" if facts.get("period") else "title", "source", "changed", "licence"]
    said = [filled(sentences[name], facts) for name in names if facts.get(name)]
    return reduce(lambda before, after: filled(_("%(before)s %(after)s"), {"before": before, "after": after}), said)
