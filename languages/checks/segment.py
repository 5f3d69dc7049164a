"""All checks of one segment, in the order in which a translator mends things."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .findings import ERROR, Finding
from .glossary import GlossaryTerm, check_glossary
from .length import check_length
from .markup import check_chips, check_placeholders
from .numbers import check_numbers
from .punctuation import check_punctuation
from .scripts import check_leftover, check_unchanged
from .texts import Text


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

    `format` is that of the segment: "plain", or "html" with inline tags and chips. Never raises on text.
    """
    original, translation = Text(source, format), Text(target, format)
    said, says = original.plain, translation.plain
    if not says.strip():
        return [Finding(ERROR, "empty", _("There is no text."))] if said.strip() else []
    consumed = [(term.source, term.renderings) for term in terms if term.counts_numbers]
    chips = original.chip_spans, translation.chip_spans
    return [
        *check_chips(original, translation),
        *check_placeholders(original, translation),
        *check_length(said, says, language, max_length),
        *check_numbers(said, says, language, consumed=consumed, chips=chips),
        *check_glossary(said, says, language, terms),
        *check_leftover(said, says, language, terms),
        *check_unchanged(said, says, language, terms),
        *check_punctuation(said, says, language),
    ]
