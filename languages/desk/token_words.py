"""Words of a translator's own in links to figures and schools, and what they are checked against."""

from collections.abc import Iterator, Mapping

from core.languages import SOURCE

from ..checks import Finding
from ..checks.token_words import Token, check_token_words
from .chips import Chip, chip_words, with_chip_words


def is_chinese(language: str) -> bool:
    """Whether its texts are the Chinese ones in other characters: their links say what editors have written."""
    return language.partition("-")[0] == SOURCE.partition("-")[0]


def own_words(text: str, chips: Mapping[str, Chip]) -> dict[str, str]:
    """{chip: its own words} of the links to figures and schools in a translation that say other words than by themselves."""
    return {
        name: words
        for name, words in chip_words(text).items()
        if words.strip() and name in chips and chips[name].is_token and words != chips[name].token
    }


def word_findings(source: str, text: str, chips: Mapping[str, Chip], language: str) -> Iterator[tuple[str, Finding]]:
    """(chip, what is wrong with its own words), for the translation `text` of a segment."""
    own = {} if is_chinese(language) else own_words(text, chips)
    chinese = chip_words(source) if own else {}
    for name, words in own.items():
        token = Token(chips[name].token or chips[name].stated, chips[name].stated)
        yield from ((name, finding) for finding in check_token_words(token, chinese.get(name, ""), words, language))


def as_stated_now(source: str, chips: Mapping[str, Chip], language: str) -> str:
    """The Chinese of a segment with what its figures state now, where its own words are those of an earlier value: a
    translation follows the figures, and is compared with them."""
    corrected = {name: chip.stated for name, chip in chips.items() if chip.is_corrected}
    return with_chip_words(source, corrected) if corrected and not is_chinese(language) else source
