# ruff: noqa: RUF001  # letters of other scripts
"""The glossary check: terms of the source are rendered as the glossary says, and never as it forbids."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_noop as _

from core import cldr
from core.keys import is_digits
from core.text.chinese import fold
from core.text.traditional import Standard, to_traditional

from .findings import ERROR, WARNING, Finding


CHECK = "glossary"


@dataclass(frozen=True)
class GlossaryTerm:
    """A term in one language. `renderings` begins with the preferred one; `keep` is 'do not translate'.

    `counts_numbers` says that the numerals in it belong to the name: 十四五, 双减.
    """

    source: str
    renderings: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    keep: bool = False
    counts_numbers: bool = False


# Endings that a word may have in place of its last letters, by language. All is folded: no accents, no capitals.
_ENDINGS = {
    "en": r"(?:s|es|ies|'s|’s|ing|ed)?",
    "fr": r"(?:s|x|e|es|aux|ale?s?)?",
    "es": r"(?:s|es|as?|os?)?",
    "ru": r"\w{0,4}",
    "ar": r"\w{0,3}",
    "ko": r"\w*",
}
_ANY_ENDING = r"\w{0,3}"  # of a language that is not named here
_ENDING = {"en": "y", "fr": "e|es|al|aux|s|x", "es": "a|o|s|es|as|os", "ru": r"[аеийоуыьэюя]{1,3}", "ar": "ه|ة|ات"}
_BEFORE = {"ar": "(?:[وفبلك]{0,2}(?:ال)?)", "fr": "(?:[ld]['’])?"}
_STEM = 4  # letters that a stem keeps
# What a text about schools may leave out of a rendering: (school) cluster, municipal(-level).
_OPTIONAL = {"en": re.compile(r"\A(?:school|research|student) (?=\w)|-level\Z")}


def found_terms(source: str, terms: Sequence[GlossaryTerm]) -> list[GlossaryTerm]:
    """The terms that stand in the source; of two that overlap, the longer one."""
    found, rest = [], source
    for term in sorted(terms, key=lambda term: len(term.source), reverse=True):
        if term.source and term.source in rest:
            found.append(term)
            rest = rest.replace(term.source, "\ufffc" * len(term.source))
    return found


def check_glossary(source: str, target: str, language: str, terms: Sequence[GlossaryTerm]) -> Iterator[Finding]:
    """A missing rendering is a warning, a forbidden one in its place an error, a changed name that is kept a warning."""
    found = found_terms(source, terms)
    allowed = [text for term in found for text in term.renderings]
    words = _folded(target, language)
    for term in found:
        rendered = any(has_rendering(text, words, language) for text in term.renderings)
        used = next((text for text in term.forbidden if _is_used(text, words, language, allowed)), None)
        if used:
            level = WARNING if rendered else ERROR  # beside the right one it may stand for another word of the source
            yield Finding(level, CHECK, _never(term), {"term": term.source, "used": used, "better": _first(term)})
        elif term.keep and not _kept(term.source, target, language):
            yield Finding(WARNING, CHECK, _("%(term)s is not translated: it stays as it is."), {"term": term.source})
        elif term.renderings and not rendered:
            message = _("%(term)s is “%(rendering)s” in the glossary.")
            yield Finding(WARNING, CHECK, message, {"term": term.source, "rendering": "” / “".join(term.renderings)})


def _never(term: GlossaryTerm) -> str:
    if term.renderings:
        return _("%(term)s must not be “%(used)s”: use “%(better)s”.")
    return _("%(term)s must not be “%(used)s”.")


def _first(term: GlossaryTerm) -> str:
    return "".join(term.renderings[:1])


def _kept(term: str, target: str, language: str) -> bool:
    forms = [to_traditional(term, standard) for standard in Standard] if language == "zh-hant" else []
    return any(form in target for form in (term, *forms))


def _is_used(text: str, words: str, language: str, allowed: Sequence[str]) -> bool:
    """Whether a forbidden rendering is there, not counting where it is part of one that is allowed."""
    for rendering in allowed:
        if _folded(text, language) in _folded(rendering, language):
            words = _pattern(rendering, language, True).sub(" ", words)
    return bool(_pattern(text, language, False).search(words))


def has_rendering(rendering: str, words: str, language: str) -> bool:
    """Whether `words`, a folded text, has the words of the rendering in this order, in any form of the language.

    Of a rendering with a comma one part is enough; one of three words or more may be taken apart.
    """
    parts = [rendering] if _is_unspaced(language) else [rendering, *rendering.split(", ")[: 2 * (", " in rendering)]]
    if language in _OPTIONAL:
        parts.append(_OPTIONAL[language].sub("", rendering))
    if any(_pattern(part, language, True).search(words) for part in parts):
        return True
    long = [word for word in re.findall(r"[^\W_]+", rendering) if len(word) >= _STEM]
    return (
        len(long) > 2
        and not _is_unspaced(language)
        and all(_pattern(word, language, True).search(words) for word in long)
    )


def _folded(text: str, language: str) -> str:
    return text if _is_unspaced(language) else fold(text)


def _is_unspaced(language: str) -> bool:
    return cldr.script(language) in cldr.UNSPACED


@lru_cache(maxsize=4096)
def _pattern(rendering: str, language: str, stems: bool) -> re.Pattern:
    """`stems`: with the endings of the language; else only with the plural of English."""
    if _is_unspaced(language):
        return re.compile(re.escape(rendering), re.IGNORECASE)
    words = re.findall(r"[^\W_]+", fold(rendering))
    if not words:
        return re.compile(re.escape(rendering))
    joined = r"[\W_]+(?:\w{1,3}\W+)??".join(_BEFORE.get(language, "") + _word(word, language, stems) for word in words)
    return re.compile(rf"(?<!\w){joined}(?!\w)")


def _word(word: str, language: str, stems: bool) -> str:
    if len(word) < _STEM or is_digits(word) or not stems:
        return re.escape(word) + ("(?:e?s)?" if language in ("en", "fr", "es") else "")
    stem = re.sub(rf"(?:{_ENDING[language]})\Z", "", word) if language in _ENDING else word
    if len(stem) < _STEM:
        stem = word
    ending = _ENDINGS.get(language, _ANY_ENDING)
    return re.escape(stem) + (f"(?:{_ENDING[language]}|{ending})" if language in _ENDING else ending)
