"""The checks of languages.checks, run on a segment of the desk."""

from collections.abc import Sequence

from django.core.cache import cache
from django.core.exceptions import FieldDoesNotExist

from core.segments import Segment

from .. import checks
from ..checks import Finding, GlossaryTerm
from ..models import Original
from .chips import Chips, chips_of, expand_tokens, with_chip_words
from .token_words import as_stated_now, word_findings


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
    """What is or may be wrong with a text. Tokens are checked as the words that readers will see, against what figures say
    now: words of a token's own that are wrong are reported, and readers get the token's.

    Without `terms` the glossary is read, without `chips` what the links of this segment point to.
    """
    terms = glossary(language) if terms is None else terms
    here = (chips_of([segment], language) if chips is None else chips).get(segment.path, {})
    about_words = list(word_findings(segment.text, text, here, language))
    wrong = {
        name: here[name].token for name, finding in about_words if finding.level == checks.ERROR and here[name].token
    }
    said = expand_tokens(with_chip_words(text, wrong) if wrong else text, here)
    source, longest = as_stated_now(segment.text, here, language), _max_length(original, segment.path)
    found = checks.run(source, said, language, format=segment.format, terms=terms, max_length=longest)
    own = [finding for _name, finding in about_words]
    return [*own, *found, *_model_findings(original, segment.path, text, language)]


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
