"""Numbers in a language without a grammar here are compared as digits, with what CLDR knows of it."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numbers import Qualifier, UnitForms, write_figure
from core.tests.fuzzing import examples
from languages.checks import ERROR, WARNING, run
from languages.checks.numbers import digits, has_grammar


pytestmark = pytest.mark.once

# The languages of CLDR with other digits, other separators, other groups, other words or none, and other scripts.
LANGUAGES = (
    "pt",
    "de",
    "it",
    "pl",
    "tr",
    "vi",
    "id",
    "sw",
    "fa",
    "ur",
    "he",
    "ug",
    "hi",
    "bn",
    "th",
    "lo",
    "my",
    "km",
    "bo",
    "am",
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def found(source, target, language="pt"):
    return [(each.level, each.message) for each in run(source, target, language) if each.check == "numbers"]


@pytest.mark.parametrize(
    ("language", "source", "target"),
    [
        ("pt", "投入1.37亿元。", "Foram investidos 137 milhões de yuans."),
        ("pt", "投入1.37亿元。", "Foram investidos 137.000.000 yuans."),
        ("pt", "面积1234.5平方米", "1.234,5 m²"),
        ("pt", "入学率98.02%", "98,02 %"),
        ("pt", "2023年9月1日，3所学校开学。", "Em 1 de setembro de 2023, três escolas abriram."),
        ("pt", "2022—2023学年", "Ano letivo 2022-23"),
        ("pt", "占地57亩", "3,8 hectares"),
        ("pt", "3—5万元", "30 a 50 mil yuans"),
        ("pt", "5G网络覆盖30所学校", "A rede 5G cobre 30 escolas"),
        ("pt", "十五名教师", "quinze professores"),
        ("pt", "2021年1250人，2022年1430人", "1250 em 2021, 1430 em 2022"),
        ("de", "电话023-47521234", "Tel. 023 4752 1234"),
        ("de", "投入1.37亿元", "137 Mio. Yuan"),
        ("fi", "投入1.37亿元", "137 miljoonan juanin"),
        ("pl", "投入1.37亿元", "137 mln juanów"),
        ("tr", "入学率98.02%", "%98,02"),
        ("sw", "投入1.37亿元", "yuan milioni 137"),
        ("fa", "新增8660个", "۸٬۶۶۰ جا"),
        ("fa", "投入1.37亿元", "۱۳۷ میلیون یوان"),
        ("fa", "2023年", "سال ۱۴۰۲"),  # of the calendar of Iran
        ("th", "投入1.37亿元，2023年9月", "ลงทุน 137 ล้านหยวน กันยายน 2566"),
        ("th", "投入1.37亿元", "ลงทุน ๑๓๗ ล้านหยวน"),
        ("hi", "投入1.37亿元", "13.7 करोड़ युआन"),
        ("hi", "投入1.37亿元", "13,70,00,000 युआन"),
    ],
)
def test_what_is_right_passes(language, source, target):
    assert found(source, target, language) == []


@pytest.mark.parametrize(
    ("language", "source", "target", "message"),
    [
        ("pt", "投入1.37亿元。", "13,7 milhões de yuans.", "13,7 milhões where the source has 1.37亿元."),
        ("pt", "新增学位8660个", "8.606 vagas", "8.606 where the source has 8660个."),
        ("pt", "面积1234.5平方米", "1.234,6 m²", "1.234,6 where the source has 1234.5平方米."),
        ("pt", "新增学位8660个", "muitas vagas", "8660个 of the source is missing."),
        ("pt", "2023年9月1日开学", "1 de setembro de 2032", "2032 where the source has 2023年9月1日."),
        ("pt", "增长15%，达3.2万人", "Aumentou 25 %, para 32 mil", "25 where the source has 15%."),
        ("pt", "3所学校", "4 escolas", "4 where the source has 3所."),
        ("th", "投入1.37亿元", "ลงทุน 13.7 ล้านหยวน", "13.7 ล้าน where the source has 1.37亿元."),
        ("fa", "投入1.37亿元", "۱۳٫۷ میلیون یوان", "۱۳٫۷ میلیون where the source has 1.37亿元."),
    ],
)
def test_what_is_wrong_is_stopped(language, source, target, message):
    assert found(source, target, language) == [(ERROR, message)]


@pytest.mark.parametrize(
    ("language", "source", "target", "message"),
    [
        ("pt", "面积1234.5平方米", "1,234.5 m²", "1,234.5 is written with the separators of another language."),
        ("pt", "9000多万元", "mais de noventa milhões", "9000多万元 of the source is missing."),
        ("pt", "开学", "15 escolas", "15 is not in the source."),
        (
            "pt",
            "教师3215人，学生8660人",
            "8660 alunos e 3215 professores",
            "8660 and 3215 stand in another order than in the source. Does each belong to its own noun?",
        ),
        ("bo", "投入1.37亿元", "སྒོར་ 137 ས་ཡ", "137 where the source has 1.37亿元."),  # no word for a million is known
    ],
)
def test_what_digits_cannot_tell_is_a_warning(language, source, target, message):
    assert found(source, target, language) == [(WARNING, message)]


VALUES = st.builds(lambda digits, power: Decimal(digits) * 10**power, st.integers(111, 9999), st.integers(0, 5))


@given(VALUES, st.sampled_from(list(Qualifier)), st.sampled_from(LANGUAGES))
@settings(max_examples=examples(100), deadline=None)
def test_what_the_portal_writes_is_read_and_ten_times_as_much_is_stopped(value, hedge, language):
    assert not has_grammar(language)
    source = write_figure(value, UnitForms("count", "人"), "zh-hans", qualifier=hedge)
    for factor in (1, 10, 10_000):
        target = write_figure(value * factor, UnitForms("count", "X"), language, qualifier=hedge)
        levels = {level for level, _message in found(source, target, language)}
        assert levels == (set() if factor == 1 else {ERROR}), (source, target, found(source, target, language))


@given(
    st.text(st.sampled_from("0123456789.,'’ \u00a0\u202f-–/٫٬०১๑۱𝟙²abKM milhões ล้าน مليون\u200f\n"), max_size=60),
    st.sampled_from(LANGUAGES),
)
@settings(max_examples=examples(100), deadline=None)
def test_any_text_is_read_within_its_bounds(text, language):
    for figure in digits.figures_of(text, language):
        assert 0 <= figure.start < figure.end <= len(text)
        assert figure.value.is_finite()
    run("投入1.37亿元，3—5所，2023年9月1日。", text, language)
