# ruff: noqa: RUF001, RUF002  # letters and marks of other scripts
"""Punctuation of the target language."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from core import cldr
from core.languages import SOURCE

from .findings import WARNING, Finding


CHECK = "punctuation"
_FULL_WIDTH = re.compile("[，。；：！？（）、【】《》「」『』％～“”‘’]")
_QUOTES = "“”‘’"  # are the language's own in English and are Chinese elsewhere too: never reported alone
_OPEN_IN_SPANISH = {"?": "¿", "!": "¡"}
_LATIN_IN_ARABIC = {",": "،", "?": "؟", ";": "؛"}
_TAIL = 60  # characters in which an abbreviation at the end is looked for
_NARROW = "[\u00a0\u202f]"
# End of a sentence in any script, by what it says.
_ENDS = {
    "。": ".",
    ".": ".",
    "．": ".",
    "？": "?",
    "?": "?",
    "؟": "?",
    "！": "!",
    "!": "!",
    "：": ":",
    ":": ":",
    "…": "…",
    "；": ";",
    ";": ";",
    "؛": ";",
}
# Of scripts with marks of their own. The Greek question mark is a semicolon.
_OWN_ENDS = {
    "Arab": {"\u06d4": "."},
    "Armn": {"\u0589": ".", "\u055e": "?", "\u055c": "!"},
    "Beng": {"\u0964": "."},
    "Deva": {"\u0964": ".", "\u0965": "."},
    "Ethi": {"\u1362": ".", "\u1367": "?"},
    "Grek": {";": "?", "\u037e": "?"},
    "Guru": {"\u0964": "."},
    "Khmr": {"\u17d4": ".", "\u17d5": "."},
    "Mymr": {"\u104b": "."},
    "Orya": {"\u0964": "."},
    "Tibt": {"\u0f0d": "."},
}
_CLOSING = "”’」』》）)]】»\"'›* \u00a0\u202f"
_LATIN_IN_CHINESE = {",": "，", "?": "？", "!": "！", ";": "；", "(": "（", ")": "）"}
_CJK = "[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"


def check_punctuation(source: str, target: str, language: str) -> Iterator[Finding]:
    """Marks of another language, and an end of the sentence that is not the source's."""
    script = cldr.script(language)
    if script not in cldr.HAN:
        yield from _found(_FULL_WIDTH, target, _QUOTES)
    yield from _BY_LANGUAGE.get(language, _nothing)(target)
    if script not in cldr.WITHOUT_STOPS:
        yield from _ending(source, target, language)


def _nothing(target: str) -> Iterator[Finding]:
    yield from ()


def _found(pattern: re.Pattern, target: str, but: str = "") -> Iterator[Finding]:
    marks = "".join(dict.fromkeys(mark for mark in pattern.findall(target) if mark not in but))
    if marks:
        yield _warning(_("Chinese punctuation: %(marks)s"), marks=marks)


def _french(target: str) -> Iterator[Finding]:
    """A no-break space stands before : ; ! ? % » and after «."""
    bad = re.findall(
        rf"(?<!{_NARROW})(?<=[^\s?!.:/]) ?[;!?»](?![/\w])|(?<=\w) ?:(?=\s|\Z)|(?<=\d) ?%|«(?!{_NARROW})", target
    )
    marks = [mark.strip() for mark in bad]
    if marks:
        yield _warning(_("A no-break space is missing beside: %(marks)s"), marks=" ".join(dict.fromkeys(marks)))


def _spanish(target: str) -> Iterator[Finding]:
    for close, opening in _OPEN_IN_SPANISH.items():
        if target.count(close) > target.count(opening):
            yield _warning(_("“%(mark)s” is missing: it opens what “%(end)s” closes."), mark=opening, end=close)


def _arabic(target: str) -> Iterator[Finding]:
    for latin, arabic in _LATIN_IN_ARABIC.items():
        if re.search(rf"(?<=[\u0600-\u06ff]) ?{re.escape(latin)}|{re.escape(latin)}\s+(?=[\u0600-\u06ff])", target):
            yield _warning(_("“%(mark)s” should be “%(better)s”."), mark=latin, better=arabic)


def _chinese(target: str) -> Iterator[Finding]:
    marks = "".join(dict.fromkeys(mark for mark in _QUOTES if mark in target))
    if marks:
        yield _warning(_("Traditional Chinese quotes with 「」 and 『』, not %(marks)s"), marks=marks)
    yield from _japanese(target)


def _japanese(target: str) -> Iterator[Finding]:
    for latin, wide in _LATIN_IN_CHINESE.items():
        if re.search(rf"(?<={_CJK}){re.escape(latin)}(?={_CJK}|\Z)", target):
            yield _warning(_("“%(mark)s” should be “%(better)s”."), mark=latin, better=wide)


_BY_LANGUAGE = {"fr": _french, "es": _spanish, "ar": _arabic, "zh-hant": _chinese, "ja": _japanese}


def _ending(source: str, target: str, language: str) -> Iterator[Finding]:
    """A sentence ends as a sentence, a question as a question, a heading as neither."""
    wanted, found = last_mark(source, SOURCE), last_mark(target, language)
    if wanted != found and {wanted, found} != {".", "…"} and not (wanted == "" and _is_abbreviation(target)):
        if wanted and found:
            message = _("The source ends with “%(wanted)s”, the translation with “%(found)s”.")
        elif wanted:
            message = _("The source ends with “%(wanted)s”, the translation without a mark.")
        else:
            message = _("The translation ends with “%(found)s”, the source without a mark.")
        yield _warning(message, wanted=wanted, found=found)


def last_mark(text: str, language: str) -> str:
    """The mark that a text ends with, of those that end a sentence or a part of one, as Latin script has it; '' if none."""
    ends = _ENDS | _OWN_ENDS.get(cldr.script(language), {})
    bare = text.rstrip().rstrip(_CLOSING)
    return ends.get(bare[-1:], "")


def _is_abbreviation(text: str) -> bool:
    """г., etc., M."""
    return bool(re.search(r"(?:\b\w{1,4}|\.\w)\.\W*\Z", text[-_TAIL:]))


def _warning(message: str, **values: str) -> Finding:
    return Finding(WARNING, CHECK, message, values)
