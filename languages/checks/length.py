"""Whether a translation is too long for its field, or of an unlikely length."""

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from .findings import ERROR, WARNING, Finding


CHECK = "length"
# Characters of a translation for one Chinese character: the shortest and the longest that is likely.
_LIKELY = {
    "en": (1.1, 6.5), "fr": (1.2, 7.5), "es": (1.2, 7.5), "ru": (1.1, 7.5), "ar": (0.9, 6.5), "ja": (0.7, 3.2), "ko": (0.7, 3.5),
    "zh-hant": (0.8, 1.25),
}  # fmt: skip
_SHORT_TEXT = 12  # of a title of two words nothing can be said
_ALLOWANCE = 12  # characters


def check_length(source: str, target: str, language: str, max_length: int | None) -> Iterator[Finding]:
    """Over `max_length` is an error."""
    if max_length is not None and len(target) > max_length:
        message = _("%(length)d characters: at most %(most)d fit.")
        yield Finding(ERROR, CHECK, message, {"length": len(target), "most": max_length})
    shortest, longest = _LIKELY.get(language, (0, float("inf")))
    size = sum(2 if ord(char) > 0x2E7F else 1 for char in source) / 2
    if size < _SHORT_TEXT:
        return
    if len(target) < size * shortest - _ALLOWANCE / 4:
        yield Finding(WARNING, CHECK, _("The translation is very short: is something left out?"))
    elif len(target) > size * longest + _ALLOWANCE:
        yield Finding(WARNING, CHECK, _("The translation is very long: is something added?"))
