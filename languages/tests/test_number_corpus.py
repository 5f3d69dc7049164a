"""How the number check does on the project's own corpus; `make check-numbers` prints it language by language."""

from collections import Counter

import pytest

from .number_corpus import FILES, measured, pairs, report


pytestmark = pytest.mark.once

LANGUAGES = {"en", "zh-hant", "fr", "es", "ru", "ar", "ja", "ko"}


@pytest.mark.parametrize("name", FILES)
def test_wrong_numbers_are_stopped_and_right_ones_are_left_alone(name):
    found = measured(name)["all"]
    assert found.share("wrong", "error") >= 0.9, report(name)
    assert found.share("wrong", "") <= 0.03, report(name)
    assert found.share("right", "error") <= 0.01, report(name)
    assert found.share("right", "warning") <= 0.05, report(name)


def test_the_corpus_has_sixty_pairs_of_each_language_and_none_twice():
    everything = [pair for name in FILES for pair in pairs(name)]
    assert len(set(everything)) == len(everything)
    assert {pair.verdict for pair in everything} == {"right", "wrong"}
    by_language = Counter(pair.language for pair in everything)
    assert set(by_language) == LANGUAGES
    assert min(by_language.values()) >= 60
    wrong = Counter(pair.language for pair in everything if pair.verdict == "wrong")
    assert min(wrong.values()) >= 20
