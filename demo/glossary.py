"""The glossary: terms with their renderings, in each language the preferred one first."""

from languages.models import Term, TermTarget

from .records import load
from .rows import missing


def add_glossary() -> None:
    for record in missing(Term, load("glossary"), "source"):
        term = Term(**{name: record[name] for name in ("source", "subject", "note", "place")})
        term.targets = _targets(record["renderings"])
        term.full_clean()
        term.save()


def _targets(renderings: dict[str, list[dict]]) -> list[TermTarget]:
    rows = [(code, row) for code, rows in renderings.items() for row in rows]
    return [TermTarget(language=code, sort_order=order, **row) for order, (code, row) in enumerate(rows)]
