"""The demo's texts in six more languages, as they stand in the data: whole, and checked as at the translators' desk."""

from itertools import chain

import pytest

from core.languages import PROVISIONED
from core.numbers.writing import plural_forms
from demo.english import other_languages
from languages.checks import ERROR, run
from languages.checks.texts import Text


pytestmark = pytest.mark.once

FILES = other_languages()
PERFECT = {"links", "doubled", "spaces", "characters"}  # not even a warning
UNITS = {"个|places", "所|schools", "元", "人", "%"}


def test_every_file_has_the_same_texts_in_the_same_order():
    assert set(FILES) == set(PROVISIONED) - {"zh-hans", "zh-hant", "en"}
    first, *others = map(list, FILES.values())
    assert all(keys == first for keys in others)
    assert all(text.strip() == text != "" for text in chain.from_iterable(texts.values() for texts in FILES.values()))


@pytest.mark.parametrize("code", sorted(FILES))
def test_the_desk_finds_no_error_and_chips_are_kept(code):
    found = []
    for source, target in FILES[code].items():
        format = "html" if "<" in source else "plain"
        chips = [sorted(tag.chip for tag in Text(text, "html").tags if tag.chip) for text in (source, target)]
        assert chips[0] == chips[1], source
        for finding in run(source.partition("|")[0], target, code, format=format):
            if finding.level == ERROR or finding.check in PERFECT:
                found.append((source, finding.message))
    assert found == []


@pytest.mark.parametrize("code", sorted(FILES))
def test_units_have_the_plural_forms_of_the_language(code):
    for unit in UNITS:
        assert all(plural_forms(FILES[code][unit], code).values())
