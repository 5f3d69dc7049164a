"""Tokens for search: examples first, then what must hold for any text."""

from string import punctuation, whitespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.tests.work import is_linear
from core.text.chinese import QUERY_CHARACTERS, QUERY_TERMS, fold, index_tokens, query_tokens


# Any string, lone surrogates included, and often what this module is about.
TEXTS = st.text(
    st.characters()
    | st.characters(categories=["Cs"])
    | st.sampled_from("学學位開后後薴乾著\uff10\uff18\uff16万,.%é\0\u0301が")
)
# Characters that are folded one by one, whatever stands beside them.
PLAIN = st.text(st.sampled_from("学學位開后後乾著發 \uff108\uff16,.%aB中한テ、"))
ANY_TIME = settings(deadline=None)  # the first use of a character loads dictionaries


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("學位", "学位"),
        ("\uff18\uff16\uff16\uff10个", "8660个"),
        ("\uff27\uff24\uff30", "gdp"),
        ("École", "ecole"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("йёж", "иеж"),
        ("مُعَلِّم", "معلم"),
        ("٨٦٦٠", "8660"),
        ("ﾊﾞｽ", "バス"),
        ("瞭解、答覆", "了解、答复"),
        ("a\0b", "ab"),
        ("", ""),
    ],
)
def test_spellings_of_one_text_fold_alike(text, folded):
    assert fold(text) == folded


@ANY_TIME
@given(TEXTS)
@example("薴")  # OpenCC needs two steps for it
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_every_character_is_folded_in_one_go():
    everything = " ".join(map(chr, range(0x33480)))

    assert fold(fold(everything)) == fold(everything)


@ANY_TIME
@given(PLAIN, PLAIN, PLAIN)
def test_a_part_of_a_text_folds_to_a_part_of_the_folded_text(before, part, after):
    assert fold(part) in fold(before + part + after)


def test_index_holds_pairs_single_characters_and_numbers():
    assert index_tokens("新增学位8660个") == ["新增", "增学", "学位", "8660", "个", "新", "增", "学", "位"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("入学率98.02%", ["98.02", "98", "02", "率"]),
        ("1,200 places", ["1200", "200", "places"]),
        ("GPT-4模型", ["gpt", "4", "模型"]),
        ("2024-09-01", ["2024", "09", "01"]),
        ("5G、4.2万", ["5g", "4.2", "万"]),
        ("二〇二五年", ["二〇", "〇二", "年"]),
        ("時々", ["时々"]),
        ("学校のテスト", ["のテ", "テス", "テ"]),
        ("학교는", ["학교", "교는"]),
        ("l'École_normale", ["l", "ecole", "normale"]),
        ("𠮷野家", ["𠮷野", "𠮷"]),
    ],
)
def test_index_holds(text, found):
    assert set(found) <= set(index_tokens(text))


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("学位", ["学位"]),
        ("福", ["福"]),
        ("幼儿园", ["幼儿", "儿园"]),
        ("學位 \uff18\uff16\uff16\uff10", ["学位", "8660"]),
        ("8660个", ["8660", "个"]),
        ("98.02%", ["98.02"]),
        ("\uff18,\uff16\uff16\uff10", ["8660"]),
        ("98.", ["98"]),
        ("New School", ["new", "school"]),
        ('"学位" AND NOT (a* OR b:c)', ["学位", "and", "not", "a", "or", "b", "c"]),
        ("源·活", ["源活"]),
        ("源・活•园", ["源活", "活园"]),
        ("源 · 活 Yuan·Huo", ["源", "活", "yuan", "huo"]),
        ("·", []),
        ("", []),
        ("\0", []),
        ("😀 !? -- %% \ud800", []),
    ],
)
def test_query_tokens(text, tokens):
    assert query_tokens(text) == tokens


@ANY_TIME
@given(PLAIN, st.text(st.sampled_from("学學位開后後乾著發テ"), min_size=1, max_size=QUERY_TERMS), PLAIN)
def test_any_piece_of_chinese_in_a_text_is_found(before, piece, after):
    assert set(query_tokens(piece)) <= set(index_tokens(before + piece + after))


@ANY_TIME
@given(TEXTS)
def test_a_text_is_found_by_itself(text):
    assert set(query_tokens(text[:QUERY_CHARACTERS])) <= set(index_tokens(text[:QUERY_CHARACTERS]))


@ANY_TIME
@given(TEXTS)
def test_tokens_hold_no_operators(text):
    tokens = index_tokens(text) + query_tokens(text)

    assert not set("".join(tokens)) & (set(punctuation + whitespace) - {"."})
    assert all(token.strip(".") for token in tokens)


@pytest.mark.parametrize("text", ["学" * 16_000, "word " * 2_000, "1," * 8_000, "9" * 16_000, "\ufdfa" * 16_000])
def test_queries_are_capped(text):
    tokens = query_tokens(text)

    assert len(tokens) <= QUERY_TERMS
    assert sum(map(len, tokens)) <= 2 * QUERY_CHARACTERS


@pytest.mark.parametrize("unit", ["学", "学a1,234.5 ", "9", "1,000,", "é", "<a '", '<"'])
def test_time_is_linear(unit):
    assert is_linear(index_tokens, unit.__mul__, 7_500)
