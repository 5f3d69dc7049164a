# ruff: noqa: RUF001  # letters and marks of other scripts
"""Text that was left in Chinese, or left as it was."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from django.utils.translation import gettext_noop as _

from core import cldr
from core.text.chinese import HAN_CHARACTERS
from core.text.traditional import to_traditional

from .findings import ERROR, WARNING, Finding
from .glossary import GlossaryTerm


LEFTOVER, UNCHANGED = "leftover", "unchanged"
_RUN = re.compile(f"[{HAN_CHARACTERS}]++(?:[·、，][{HAN_CHARACTERS}]++)*+")
_IN_BRACKETS = re.compile(r"[(（\[][^()（）\[\]]*[)）\]]|[“«‹「『\"][^“”«»‹›「」『』\"]*[”»›」』\"]")
_HAN = re.compile(f"[{HAN_CHARACTERS}]")
_CHARACTER_SETS = {"Hant": "big5", "Jpan": "cp932"}
_SHORT_NAME = 4  # 江津 in Japanese
_SHOWN = 12
_MOST = 20  # runs that are reported


def check_leftover(source: str, target: str, language: str, terms: Sequence[GlossaryTerm]) -> Iterator[Finding]:
    """Chinese in a text of another script is an error; in brackets or quotation marks, as an original name, a warning.

    So it is where the source has the same word in quotation marks, and speaks of it. In Japanese and traditional Chinese it is the characters that only simplified Chinese has that are left over.
    """
    for term in terms:
        if term.keep:
            target = target.replace(term.source, " ")
    script = cldr.script(language)
    if script in cldr.HAN:
        yield from _simplified(target, _CHARACTER_SETS.get(script, ""))
        return
    outside = _IN_BRACKETS.sub(" ", target)
    for run in islice(dict.fromkeys(_RUN.findall(target)), _MOST):
        if run in outside and not _is_quoted(run, source):
            yield Finding(ERROR, LEFTOVER, _("%(text)s is still Chinese."), {"text": run[:_SHOWN]})
        else:
            message = _("%(text)s is Chinese: is it there as the original name?")
            yield Finding(WARNING, LEFTOVER, message, {"text": run[:_SHOWN]})


def _is_quoted(run: str, source: str) -> bool:
    return f"“{run}”" in source or f"「{run}」" in source


def _simplified(target: str, character_set: str) -> Iterator[Finding]:
    found = [char for char in dict.fromkeys(target) if character_set and _is_foreign(char, character_set)]
    if found:
        message = _("Simplified characters are left: %(text)s")
        yield Finding(ERROR, LEFTOVER, message, {"text": "".join(found)[:_SHOWN]})


@lru_cache(maxsize=8192)
def _is_foreign(char: str, character_set: str) -> bool:
    """A simplified character that the language's own standard set lacks: 汉, but not 学 in Japanese or 里 anywhere."""
    if not _HAN.match(char) or to_traditional(char) == char:
        return False
    try:
        char.encode(character_set)
    except UnicodeEncodeError:
        return True
    return False


def check_unchanged(source: str, target: str, language: str, terms: Sequence[GlossaryTerm]) -> Iterator[Finding]:
    """The target is the source, letter by letter, and there was something to translate in it.

    In traditional Chinese a text may look the same. Numbers, Latin names and terms that are kept are no words.
    """
    if source.strip() != target.strip() or cldr.script(language) in ("Hans", "Hant"):
        return
    words = source
    for term in terms:
        if term.keep or source in term.renderings:
            words = words.replace(term.source, " ")
    if _HAN.search(words) and not (cldr.script(language) == "Jpan" and len(words) <= _SHORT_NAME):
        yield Finding(WARNING, UNCHANGED, _("The translation is the same as the source."))
