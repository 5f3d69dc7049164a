"""Slips of typing: what stands twice, what was lost. Nothing is said of what a language doubles by itself."""

import pytest

from languages.checks import run


pytestmark = pytest.mark.once

SLIPS = {"doubled", "spaces", "characters"}


def slips(target, language="en", format="plain", source="学校今天开学了"):
    return [finding.check for finding in run(source, target, language, format=format) if finding.check in SLIPS]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The school opened in in autumn"),
        ("en", "The the school opened"),
        ("fr", "L’école a ouvert ses ses portes"),
        ("es", "La escuela abrió en en otoño"),
        ("ru", "Школа открылась в этом этом году"),
        ("ar", "افتتحت المدرسة المدرسة أبوابها"),
        ("ko", "학교 학교가 아니라 학교 학교 문을 열었다"),
    ],
)
def test_a_word_that_stands_twice_is_pointed_out(language, text):
    assert slips(text, language) == ["doubled"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "All that that school had had was sold"),
        ("en", "They went to Bora Bora, and and-so on"),
        ("en", "It’s 2 2 and a a"),
        ("fr", "Nous nous voyons, vous vous levez"),
        ("ru", "Чуть чуть позже"),
        ("ar", "شيئًا شيئًا تعلّم الأطفال"),
        ("ja", "ますます 学校 学校"),
        ("zh-hant", "天天 天天向上"),
        ("vi", "xa xa"),
    ],
)
def test_what_a_language_doubles_is_left_alone(language, text):
    assert slips(text, language) == []


def test_blanks_in_a_row_are_pointed_out_but_not_beside_a_chip_or_where_the_source_has_them():
    assert slips("The school  opened") == slips("The school \u00a0opened") == ["spaces"]
    assert slips("The <b>school </b> opened", format="html", source="<b>学校</b>开学") == ["spaces"]
    assert slips('The <a id="a1"></a> opened', format="html", source='<a id="a1"></a>开学') == []
    assert slips("A  table", source="表  格") == []


def test_characters_that_were_lost_or_turn_the_text_around_are_pointed_out():
    assert slips("The scho\ufffdl opened") == ["characters"]
    assert slips("The \u202eschool opened") == ["characters"]
    assert slips("\u2067مدرسة\u2069 opened") == []


def test_such_a_warning_can_be_dismissed():
    assert all(finding.is_dismissible for finding in run("开学", "The the", "en") if finding.check in SLIPS)
