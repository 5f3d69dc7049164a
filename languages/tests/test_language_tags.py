"""Languages as programs write them. No database."""

import pytest
from babel.core import get_global

from core.languages import SOURCE, TAGS, TARGETS
from languages.exchange import BadFile
from languages.exchange.language_tags import is_source, language_of


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("zh-TW", "zh-hant"),
        ("zh-HK", "zh-hant"),
        ("zh-MO", "zh-hant"),
        ("zh-Hant-TW", "zh-hant"),
        ("zh_Hant_HK", "zh-hant"),
        ("zh-Hant-SG", "zh-hant"),
        ("ZH_tw.UTF-8", "zh-hant"),
        ("zh-CHT", "zh-hant"),
        ("cmn-Hant", "zh-hant"),
        ("zh-cmn-Hant-TW", "zh-hant"),
        ("en-GB", "en"),
        ("en_US.UTF-8", "en"),
        ("eng", "en"),
        ("en-GB-oxendict", "en"),
        ("en-u-hc-h12", "en"),
        ("fre-CA", "fr"),
        ("es-419", "es"),
        (" ar-EG\n", "ar"),
        ("ja_JP", "ja"),
    ],
)
def test_a_tag_means_the_language_in_its_likely_script(tag, code):
    assert language_of(tag) == code


def test_our_own_tags_are_known():
    assert [language_of(TAGS[code]) for code in TARGETS] == TARGETS
    assert is_source(TAGS[SOURCE])
    assert all(is_source(tag) for tag in ("zh", "zh-CN", "zh-SG", "zh-Hans-HK", "zh_CN.GBK"))
    assert not any(is_source(tag) for tag in ("zh-TW", "en", "", "x", "yue"))


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "",
            " ",
            "zh",
            "zh-CN",
            "zh-Hans-TW",
            "yue-HK",
            "zh-yue",
            "de",
            "en-Dsrt",
            "ja-Latn",
            "und-TW",
            "x-en",
            "mul",
        ),
        *("en--GB", "en;q=1", "<b>", "english", "e", "en\x00", "９", "a" * 100_000),
    ],
)
def test_another_language_is_refused(tag):
    with pytest.raises(BadFile) as error:
        language_of(tag)
    assert len(str(error.value)) < 300


def test_every_tag_that_the_tables_know_is_answered():
    for tag in [*get_global("likely_subtags"), *get_global("language_aliases")]:
        assert is_source(tag) in (True, False)
