"""The system check of languages: the nine lack nothing, and of another it says all that is lacking."""

import pytest

from core.languages import PROVISIONED
from languages import provision
from languages.provision import Lack


pytestmark = pytest.mark.once


def test_nothing_is_said_of_the_nine():
    assert provision.check_languages_are_complete() == []
    assert [provision.notes(code) for code in PROVISIONED[1:]] == [[]] * (len(PROVISIONED) - 1)


@pytest.mark.parametrize(
    ("code", "lacking"),
    [
        ("pt", [Lack.COLUMNS, Lack.CATALOGUE, Lack.HEDGES, Lack.NUMBERS]),
        ("io", [Lack.COLUMNS, Lack.CATALOGUE, Lack.COUNTRY, Lack.HEDGES, Lack.NUMBERS]),
        ("fr", []),
        ("en", []),
    ],
)
def test_what_a_language_lacks(code, lacking):
    assert provision.lacks(code) == lacking


def test_there_is_one_warning_for_each_language(monkeypatch, settings):
    settings.LANGUAGES = [*settings.LANGUAGES, ("pt", "Português"), ("th", "ไทย")]
    monkeypatch.setattr(provision, "PROVISIONED", [*PROVISIONED, "pt", "th"])
    found = provision.check_languages_are_complete()
    assert [each.id for each in found] == ["languages.W001.pt", "languages.W001.th"]
    assert not any(each.is_serious() for each in found)
    assert found[0].msg.splitlines() == ["Português (pt) lacks:", *(f"  - {each}" for each in provision.lacks("pt"))]
