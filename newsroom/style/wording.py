"""What house style says, in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .rules import Rule


SHOWN = 24  # characters of what is wrong, and of what is right

BUILT_IN: dict[str, Promise] = {
    "half-width": _("Half-width mark in Chinese text: “{words}”"),
    "half-width-pair": _("Half-width brackets or quotation marks around Chinese: “{words}”"),
    "doubled": _("Two marks in a row: “{words}”"),
    "ellipsis": _("An ellipsis is six dots (……): “{words}”"),
    "ellipsis-and-so-on": _("An ellipsis and 等 say the same: “{words}”"),
    "dash": _("A dash is two cells long (——): “{words}”"),
    "list-of-marked": _("No 、 between what has quotation marks or title marks of its own: “{words}”"),
    "stop-and-quotation": _("Full stop and quotation mark in the wrong order: “{words}”"),
    "nested-quotation": _("Within quotation marks stand single ones: “{words}”"),
    "number-of-item": _("Wrong mark behind the number of an item: “{words}”"),
    "mixed-numerals": _("Digits and Chinese numerals are mixed: “{words}”"),
    "mixed-date": _("A date in digits and Chinese numerals: “{words}”"),
    "zero-of-year": _("The nought of a year in Chinese numerals is 〇: “{words}”"),
    "full-width-digits": _("Full-width digits: “{words}”"),
    "thousands": _("Digits are grouped by three: “{words}”"),
    "short-year": _("A year has four digits: “{words}”"),
    "range-of-years": _("A span of years is written with —: “{words}”"),
    "range-of-dates": _("A span of dates is written with —: “{words}”"),
    "range": _("A range of numbers is written with ～: “{words}”"),
    "range-unit": _("Both ends of a range have % or 万: “{words}”"),
    "neighbouring-numbers": _("No 、 between two numbers that stand for about so many: “{words}”"),
    "fewer-times": _("Nothing becomes less by whole times: “{words}”"),
    "double-hedge": _("Two hedges where one is enough: “{words}”"),
    "office": _("This office has another name now: “{words}”"),
    "near-word": _("Word that sounds like the right one: “{words}”"),
}
_OF_RULES: dict[str, Promise] = {  # by values of Advice
    "wrong": _("House style: “{words}” is wrong"),
    "forbidden": _("House style: “{words}” is not to be used"),
    "careful": _("House style: be careful with “{words}”"),
}


def said(rule: str | Rule, words: str, right: str | None) -> str:
    """A line of the list."""
    sentence = BUILT_IN[rule] if isinstance(rule, str) else _OF_RULES[rule.advice]
    line = str(sentence).format(words=shortened(words))
    if right:
        line = gettext("{what}; right is “{right}”").format(what=line, right=shortened(right))
    return f"{line} ({rule.note})" if isinstance(rule, Rule) and rule.note else line


def shortened(words: str) -> str:
    return words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
