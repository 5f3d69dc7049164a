"""The characters that the workbench offers: of each language its own, also of one that nobody has thought of."""

import pytest

from core.languages import TARGETS
from languages.desk.special_characters import NARROW, NO_BREAK, groups


pytestmark = pytest.mark.once


def offered(language):
    return [special for _name, specials in groups(language) for special in specials]


@pytest.mark.parametrize("language", [*TARGETS, "pt", "de", "vi", "uk", "th"])
def test_every_button_can_be_read_and_says_what_it_is(language):
    found = offered(language)
    assert len({special.opening for special in found}) == len(found) > 3
    assert all(str(special.shown).strip() for special in found)
    assert all(special.name or special.opening.isalpha() or len(special.opening) == 1 for special in found)


def test_a_language_has_its_own_marks_and_letters():
    french = offered("fr")
    assert {NARROW, NO_BREAK} <= set(french)
    assert ("«\u00a0", "\u00a0»") in [(special.opening, special.closing) for special in french]
    assert {"œ", "É"} <= {special.opening for special in french}
    assert {"؟", "«"} <= {special.opening for special in offered("ar")}
    assert {"「", "『"} <= {special.opening for special in offered("zh-hant")}


def test_letters_of_a_language_without_a_list_come_from_cldr():
    assert set("ãçõ") <= {special.opening for special in offered("pt")}
    assert set("äöüß") <= {special.opening for special in offered("de")}
    assert not [special for special in offered("uk") if special.opening.isalpha()]  # it has a keyboard of its own
