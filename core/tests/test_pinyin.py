import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text.pinyin import SYLLABLES, pinyin_tokens, span, spelt, syllables


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("双福六小", "shuang fu liu xiao"),
        ("重庆市", "chong qing shi"),
        ("重點中學", "zhong dian zhong xue"),
        ("校长", "xiao zhang"),
        ("长江", "chang jiang"),
        ("几江", "ji jiang"),
        ("银行行长", "yin hang hang zhang"),
        ("绿色女生", "lu se nu sheng"),
        ("2022年A1", "nian"),
        ("Jukui", ""),
        ("", ""),
    ],
)
def test_readings(name, expected):
    assert " ".join(syllable for _place, syllable in syllables(name)) == expected


def test_places_are_those_of_the_printed_name():
    assert syllables("㈠双6福") == ((1, "shuang"), (3, "fu"))


def test_tokens_begin_at_every_character():
    assert pinyin_tokens("双福") == ["shuangfu", "fu", "sf", "f"]
    assert pinyin_tokens("Jukui") == []


def test_tokens_of_a_long_name_are_bounded():
    tokens = pinyin_tokens("江津" * 500)

    assert len(tokens) < 80
    assert max(map(len, tokens)) <= SYLLABLES * 6


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("shuangfu", (2, 4)),
        ("sflx", (2, 6)),
        ("fuliux", (3, 6)),
        ("x", (5, 6)),
        ("uangfu", None),
        ("shuangfuliuxiaox", None),
        ("sfxl", None),
    ],
)
def test_spans(letters, expected):
    assert span("江津双福六小", letters) == expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [("shuang1fu2", "shuangfu"), ("lv4se4", "luse"), ("nver", "nuer"), ("covid19", "covid19"), ("a4x", "a4x")],
)
def test_spelling(word, expected):
    assert spelt(word) == expected


@given(st.text(max_size=100))
def test_any_text_is_taken(text):
    assert all(token.isascii() and token.isalpha() for token in pinyin_tokens(text))
