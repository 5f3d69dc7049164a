"""The rules of the editors, looked for in a text."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..models.style import Severity, StyleRule
from .slips import Slip


@dataclass(frozen=True)
class Rule:
    """What is needed of a StyleRule. `name` is that of its slips."""

    words: str
    right: str
    advice: str
    severity: str
    note: str
    exceptions: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"rule {self.words}"


def active_rules(_about: Any = None) -> dict[str, Rule]:
    """{name: rule}, of all that are active."""
    rows = StyleRule.active.order_by("words").values_list("words", "right", "advice", "severity", "note", "exceptions")
    rules = [
        Rule(words, right, advice, severity, note, tuple(filter(None, map(str.strip, exceptions.splitlines()))))
        for words, right, advice, severity, note, exceptions in rows
    ]
    return {rule.name: rule for rule in rules}


def broken(rules: Iterable[Rule], text: str) -> Iterator[Slip]:
    """Where a text breaks them; not within what is right for wrong words (邮箱 of 电子邮箱), nor within an exception."""
    for rule in rules:
        start = text.find(rule.words)
        while start >= 0:
            end = start + len(rule.words)
            if not _is_excepted(rule, text, start, end):
                yield Slip(rule.name, start, end, rule.right or None)
            start = text.find(rule.words, end)


def _is_excepted(rule: Rule, text: str, start: int, end: int) -> bool:
    phrases = (*rule.exceptions, rule.right) if rule.words in rule.right else rule.exceptions
    for phrase in phrases:
        before = phrase.find(rule.words)
        while before >= 0:
            if text.startswith(phrase, start - before) and start >= before:
                return True
            before = phrase.find(rule.words, before + 1)
    return False


def is_error(rule: Rule) -> bool:
    return rule.severity == Severity.ERROR
