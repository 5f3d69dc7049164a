"""A language that the portal has no table for: what CLDR says of it is enough for every page."""

import re
from decimal import Decimal

import pytest
from django.conf.locale import LANG_INFO

from core import cldr
from core.languages import PROVISIONED, TAGS, direction
from core.numbers import LANGUAGES, Qualifier, UnitForms, plural_forms, standard_forms, write_figure


pytestmark = pytest.mark.once

# Whatever may be put into the settings: what Django knows, what CLDR knows and Django does not, and what nobody knows.
ALL = sorted(
    {code for code, about in LANG_INFO.items() if "fallback" not in about} | {"bo", "za", "sw", "lo", "my", "xx"}
)
MU = Decimal(2000) / 3


@pytest.mark.parametrize(
    ("code", "tag", "script", "territory", "is_right_to_left"),
    [
        ("zh-hans", "zh-Hans", "Hans", "zh_CN", False),
        ("pt", "pt", "Latn", "pt_BR", False),
        ("pt-pt", "pt-PT", "Latn", "pt_PT", False),
        ("es-419", "es-419", "Latn", "es_ES", False),
        ("sr-latn", "sr-Latn", "Latn", "sr_RS", False),
        ("zh-hk", "zh-HK", "Hant", "zh_HK", False),
        ("fa", "fa", "Arab", "fa_IR", True),
        ("ug", "ug", "Arab", "ug_CN", True),
        ("bo", "bo", "Tibt", "bo_CN", False),
        ("th", "th", "Thai", "th_TH", False),
        ("udm", "udm", "Cyrl", "udm_RU", False),  # CLDR knows where it is written, and nothing else
        ("xx", "xx", "", "xx", False),
    ],
)
def test_what_is_known_of_a_language(code, tag, script, territory, is_right_to_left):
    known = cldr.tag(code), cldr.script(code), cldr.language_and_territory(code), cldr.is_right_to_left(code)
    assert known == (tag, script, territory, is_right_to_left)


def test_the_nine_are_tagged_and_directed_as_they_were():
    assert [TAGS[code] for code in PROVISIONED] == ["zh-Hans", "zh-Hant", "en", "fr", "es", "ru", "ar", "ja", "ko"]
    assert [code for code in PROVISIONED if direction(code) == "rtl"] == ["ar"]


def digits(text):
    return re.sub(r"\D", "", text)


@pytest.mark.parametrize("code", ALL)
def test_a_figure_is_written_in_any_language_with_all_its_digits(code):
    forms = " | ".join(f"u{number}" for number in range(len(plural_forms("u", code))))
    for value in ("8660", "1234.5", "-3", "137000001"):
        for hedge in Qualifier:
            written = write_figure(Decimal(value), UnitForms("count", forms), code, qualifier=hedge)
            if code not in ("zh-hans", "zh-hant", "ja", "ko"):
                assert digits(re.sub(r"u\d", "", written)) == digits(value)
    assert write_figure(Decimal("98.02"), UnitForms("percent", "%"), code)
    assert "57" in write_figure(Decimal(57), UnitForms("area", "mu", MU), code)


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("pt", "137 milhões X"),
        ("fa", "137 میلیون X"),
        ("th", "137 ล้าน X"),
        ("hi", "13.7 करोड़ X"),
        ("sw", "milioni 137 X"),
        ("bo", "137,000,000 X"),  # CLDR has no word
        ("ne", "13,70,00,000 X"),  # CLDR has a wrong one
    ],
)
def test_a_million_has_the_word_of_cldr(code, written):
    assert write_figure(Decimal(137_000_000), UnitForms("count", "X"), code).replace("\u00a0", " ") == written


def test_a_compact_million_takes_the_plural_of_many_where_the_language_has_it():
    million = UnitForms("count", "one | de many | other")
    for code, unit in {"pt": "de many", "it": "de many", "fr": "de many", "ru": "many"}.items():
        forms = million if code != "ru" else UnitForms("count", "one | few | many | other")
        assert write_figure(Decimal(5_000_000), forms, code).endswith(f" {unit}")


@pytest.mark.parametrize("code", [code for code in ALL if not code.startswith("zh")])
def test_a_common_unit_has_the_forms_that_the_language_needs_or_is_not_known(code):
    for symbol in ("年", "小时", "公顷", "平方米", "升"):
        forms = standard_forms(symbol, code)
        if forms is None:
            assert not cldr.is_known(code)
        else:
            assert plural_forms(forms, code)


def test_a_hedge_without_words_is_a_sign():
    hedged = {hedge: write_figure(Decimal(57), UnitForms("count", "X"), "pt", qualifier=hedge) for hedge in Qualifier}
    assert hedged == {"exact": "57 X", "more": "> 57 X", "about": "≈ 57 X", "nearly": "< 57 X"}
    assert not any(
        sign in write_figure(Decimal(57), UnitForms("count", "X"), code, qualifier="more")
        for code in LANGUAGES
        for sign in "<>≈"
    )
