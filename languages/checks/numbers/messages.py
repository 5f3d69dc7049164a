"""What the number check says."""

from django.utils.translation import gettext_noop as _

from core.numbers import Qualifier

from ..findings import ERROR, WARNING, Finding
from .figures import Figure


CHECK = "numbers"


def misfit(figure: Figure, other: Figure) -> Finding:
    message = _("%(found)s counts something else than %(expected)s does in the source.")
    return Finding(ERROR, CHECK, message, {"found": other.text, "expected": figure.text})


def unlike(figure: Figure, other: Figure) -> Finding:
    if other.hedge == Qualifier.EXACT:
        message = _("The source says %(expected)s; %(found)s says it without “about” or “more than”.")
    else:
        message = _("The source says %(expected)s; with %(found)s stands a word that says the opposite.")
    return Finding(WARNING, CHECK, message, {"expected": figure.text, "found": other.text})


def instead(found: str, expected: str, level: str = ERROR) -> Finding:
    return Finding(
        level, CHECK, _("%(found)s where the source has %(expected)s."), {"found": found, "expected": expected}
    )


def lost(expected: str, level: str = ERROR) -> Finding:
    return Finding(level, CHECK, _("%(expected)s of the source is missing."), {"expected": expected})


def foreign(found: str) -> Finding:
    message = _("%(found)s is written with the separators of another language.")
    return Finding(WARNING, CHECK, message, {"found": found})


def turned(first: Figure, second: Figure) -> Finding:
    message = _("%(first)s and %(second)s stand in another order than in the source. Does each belong to its own noun?")
    return Finding(WARNING, CHECK, message, {"first": first.text, "second": second.text})


def added(found: str) -> Finding:
    return Finding(WARNING, CHECK, _("%(found)s is not in the source."), {"found": found})


def sign(source: Figure, target: Figure, level: str) -> Finding:
    if source.minus:
        message = _("The source says %(expected)s, below zero; %(found)s is without its minus sign.")
    else:
        message = _("%(found)s is below zero; %(expected)s of the source is not.")
    return Finding(level, CHECK, message, {"expected": source.text, "found": target.text})


def backwards(found: str) -> Finding:
    return Finding(ERROR, CHECK, _("%(found)s runs backwards."), {"found": found})


def too_many() -> Finding:
    return Finding(WARNING, CHECK, _("These are too many numbers to be compared."))
