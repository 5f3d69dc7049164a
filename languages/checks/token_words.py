"""Words that a translator gives to a link to a figure or a school: they say what the thing itself says.

Grammar may need them: "une seule école", a case of Russian. Without them the link says its figure or name by itself.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

from core.keys import is_digits
from core.numbers import read_numbers
from core.text.chinese import fold

from .findings import ERROR, WARNING, Finding
from .glossary import has_rendering
from .numbers import check_numbers, states_number


CHECK = "words"
_SHORTEST = 3  # letters of a word that means something: not de, la
_LAST_LETTER = 0x2E7F  # of alphabets; behind it the characters of China, Japan and Korea begin


@dataclass(frozen=True)
class Token:
    """What a link says by itself. Of a figure `chinese` is its value with the unit, as in 8660个; of others it is ''.

    `shown` is what readers of the language would see.
    """

    shown: str
    chinese: str = ""


def check_token_words(token: Token, source: str, words: str, language: str) -> Iterator[Finding]:
    """`source` are the words of the link in Chinese, `words` those of the translation; both are plain.

    Words that do not say the figure's value are an error; so are none, unless the Chinese states no number there.
    Words that have nothing of a school's name are a warning.
    """
    if token.chinese:
        is_silent = not read_numbers(source) and not states_number(words, language)
        if not is_silent and _contradicts(token.chinese, words, language):
            message = _("“%(words)s” is not what the figure says: %(shown)s.")
            yield Finding(ERROR, CHECK, message, {"words": words, "shown": token.shown})
    elif token.shown and not _share(words, token.shown, language):
        message = _("“%(words)s” has nothing of the name %(shown)s: is it clear what is meant?")
        yield Finding(WARNING, CHECK, message, {"words": words, "shown": token.shown})


def _contradicts(chinese: str, words: str, language: str) -> bool:
    return any(finding.level == ERROR for finding in check_numbers(chinese, words, language))


def _share(words: str, name: str, language: str) -> bool:
    """Whether the words have one word of the name in any form, or in scripts of syllables and characters two of them."""
    said = fold(words)
    return any(
        any(pair in said for pair in _pairs(word))
        if ord(word[0]) > _LAST_LETTER
        else has_rendering(word, said, language)
        for word in re.findall(r"[^\W_]+", fold(name))
        if len(word) >= _SHORTEST or is_digits(word) or ord(word[0]) > _LAST_LETTER
    )


def _pairs(word: str) -> list[str]:
    return [word[place : place + 2] for place in range(max(1, len(word) - 1))]
