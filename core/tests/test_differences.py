"""How one text became another, as people read it."""

import pytest

from core.text.differences import differences


MARKS = {"same": "{}", "gone": "[-{}]", "new": "[+{}]"}


@pytest.mark.parametrize(
    ("before", "after", "shown"),
    [
        ("新校园有48个班", "新校园有50个教室", "新校园有[-48][+50]个[-班][+教室]"),
        ("Texte lu.", "Texte élu.", "Texte [-lu][+élu]."),
        ("Новая школа", "Новая гимназия", "Новая [-школа][+гимназия]"),
        ("约1,200人", "约1,250人", "约[-1,200][+1,250]人"),
        ("a <b>x</b>", "a x", "a [-<b>]x[-</b>]"),
        ("", "新", "[+新]"),
    ],
)
def test_words_and_numbers_stay_whole(before, after, shown):
    assert "".join(MARKS[kind].format(text) for kind, text in differences(before, after)) == shown
