"""All checks of one segment, in the order in which a translator mends things."""

from collections.abc import Sequence

from django.utils.translation import gettext_noop as _

from .findings import ERROR, Finding
from .glossary import GlossaryTerm, check_glossary
from .length import check_length
from .links import check_links
from .markup import check_chips, check_placeholders
from .numbers import check_numbers
from .punctuation import check_punctuation
from .scripts import check_leftover, check_unchanged
from .texts import Text
from .typing_slips import check_typing


MOST_CHARACTERS = 30_000  # of a paragraph with its tags; every check below takes a time that is linear in it
MOST_FINDINGS = 100


def run(
    source: str,
    target: str,
    language: str,
    *,
    format: str = "plain",
    terms: Sequence[GlossaryTerm] = (),
    max_length: int | None = None,
) -> list[Finding]:
    """What is wrong, or may be, with the translation of a Chinese segment; empty if nothing is.

    `format` is that of the segment: "plain", or "html" with inline tags and chips. Never raises on text, and never takes long:
    a text that is too long is an error, and nothing else is looked at.
    """
    longest = max(len(source), len(target))
    if longest > MOST_CHARACTERS:
        message = _("This text has %(length)d characters. No more than %(most)d can be checked: it must be shorter.")
        return [Finding(ERROR, "length", message, {"length": longest, "most": MOST_CHARACTERS})]
    return _shortened(list(_findings(source, target, language, format, terms, max_length)))


def _shortened(found: list[Finding]) -> list[Finding]:
    """All that is found; of very much the errors first, so that none is lost behind warnings."""
    if len(found) <= MOST_FINDINGS:
        return found
    return sorted(found, key=lambda finding: finding.level != ERROR)[:MOST_FINDINGS]


def _findings(
    source: str, target: str, language: str, format: str, terms: Sequence[GlossaryTerm], max_length: int | None
) -> list[Finding]:
    original, translation = Text(source, format), Text(target, format)
    said, says = original.plain, translation.plain
    if not says.strip():
        return [Finding(ERROR, "empty", _("There is no text."))] if said.strip() else []
    consumed = [(term.source, term.renderings) for term in terms if term.counts_numbers]
    chips = original.chip_spans, translation.chip_spans
    return [
        *check_chips(original, translation),
        *check_links(original, translation, language),
        *check_placeholders(original, translation),
        *check_length(said, says, language, max_length),
        *check_numbers(said, says, language, consumed=consumed, chips=chips),
        *check_glossary(said, says, language, terms),
        *check_leftover(said, says, language, terms),
        *check_unchanged(said, says, language, terms),
        *check_punctuation(said, says, language),
        *check_typing(original, translation, language),
    ]
