"""The checks of languages.checks, run on a segment of the desk."""

from collections.abc import Sequence

from django.core.cache import cache
from django.core.exceptions import FieldDoesNotExist

from core.segments import Segment

from .. import checks
from ..checks import Finding, GlossaryTerm
from ..models import Original
from .chips import Chips, chips_of, expand_tokens


CACHE_SECONDS = 30  # cleared when a term is saved (signals)


def glossary(language: str) -> list[GlossaryTerm]:
    """The glossary of a language, cached for half a minute: a translator saves every few seconds."""
    return cache.get_or_set(glossary_key(language), lambda: checks.glossary_terms(language), CACHE_SECONDS)


def glossary_key(language: str) -> str:
    return f"languages.glossary.{language}"


def findings(
    original: Original,
    segment: Segment,
    text: str,
    language: str,
    terms: Sequence[GlossaryTerm] | None = None,
    chips: Chips | None = None,
) -> list[Finding]:
    """What is or may be wrong with a text. Tokens are checked as the words that readers will see.

    Without `terms` the glossary is read, without `chips` what the links of this segment point to.
    """
    terms = glossary(language) if terms is None else terms
    chips = chips_of([segment], language) if chips is None else chips
    said = expand_tokens(text, chips.get(segment.path, {}))
    longest = _max_length(original, segment.path)
    found = checks.run(segment.text, said, language, format=segment.format, terms=terms, max_length=longest)
    return [*found, *_model_findings(original, segment.path, text, language)]


def _model_findings(original: Original, path: str, text: str, language: str) -> list[Finding]:
    """What the model's own `check_translation`, if it has one, finds in a text of one of its fields."""
    check = getattr(original.model, "check_translation", None)
    if check is None or not text:
        return []
    try:
        check(path, text, language)
    except ValueError as error:
        return [Finding(checks.ERROR, "form", "%(problem)s", {"problem": str(error)})]
    return []


def _max_length(original: Original, path: str) -> int | None:
    """The length of a plain field's column, in characters."""
    try:
        return original.model._meta.get_field(path).max_length
    except FieldDoesNotExist:  # the path continues into a stream or a rich text
        return None
