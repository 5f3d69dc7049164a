"""Which language a word in the search index is of.

One index holds the words of all languages. Those of a translation begin with a letter that stands for its language, so
that a search reads the languages it is asked for, and a language that is closed today is found nowhere today. The letters
are runes, which stand for nothing else here: `chinese.index_tokens` and `query_tokens` pass them over.

The letters follow the order of LANGUAGES, which has room for 74: if it is changed other than by adding a language at the
end, run `update_index`. What completes names in the admin's choosers has no marks, as all languages are searched there.
"""

from collections.abc import Iterable

from ..languages import SOURCE, TARGETS


_MARKS = {code: chr(0x16A0 + place) for place, code in enumerate(TARGETS)} | {SOURCE: ""}
_POINT = "\u16ea"  # inside a number, where PostgreSQL would part letters and digits
_KIND = "\u16f1"  # before the name of a kind


def marked(token: str, code: str) -> str:
    """The token as the index has it in this language: Chinese as it is, 'rentree' in French as 'ᚡrentree'."""
    mark = _MARKS[code]
    return f"{mark}{token.replace('.', _POINT)}" if mark else token


def in_language(tokens: Iterable[str], code: str) -> str:
    return " ".join(marked(token, code) for token in tokens)


def kind_word(kind: str) -> str:
    """The word that every searched thing of a kind has among its names: 'ᛱstorypage'. Nobody can type it."""
    return f"{_KIND}{kind}"
