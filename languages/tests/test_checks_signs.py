"""A number that is below zero stays so: signs and words of eight languages, and what only looks like a sign."""

import pytest
from django.utils import translation

from languages.checks import ERROR, WARNING, run
from languages.checks.numbers import signs
from languages.checks.numbers.english import ENGLISH
from languages.checks.numbers.western import figures_of


pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def found(source, target, language):
    return [(each.level, each.message) for each in run(source, target, language) if each.check == "numbers"]


AGREEING = [
    ("en", "零下3度", "3 degrees below zero"),
    ("en", "零下3度", "−3 °C"),
    ("en", "零下三度", "minus three degrees"),
    ("en", "零下约3度", "about minus 3 degrees"),
    ("en", "约零下3度", "minus about 3 degrees"),
    ("en", "零下3～5度", "minus 3 to minus 5 degrees"),
    ("en", "零下3～5度", "3 to 5 degrees below zero"),
    ("en", "零下5至3度", "5 to 3 degrees below zero"),
    ("en", "-5℃至3℃", "-5 °C to 3 °C"),
    ("en", "气温从零下5度升到3度", "It rose from −5 °C to 3 °C"),
    ("en", "下降3%", "-3%"),
    ("en", "下降3%", "fell by 3%"),
    ("en", "增长率为-3%", "fell by 3 %"),
    ("en", "增长率为－3%", "growth of −3 %"),
    ("en", "负增长3%", "a contraction of 3 %"),
    ("en", "3-5所", "3-5 schools"),
    ("en", "3-5所", "3–5 schools"),
    ("en", "3%-5%", "3% - 5%"),
    ("en", "3%—5%", "between 3% and 5%"),
    ("en", "2025-09-01", "1 September 2025"),
    ("en", "电话023-47521234", "Call 023-4752 1234"),
    ("en", "- 3所学校", "- 3 schools"),
    ("en", "3所学校", "- 3 schools"),
    ("en", "- 3所学校", "three schools"),
    ("en", "5胜3负1平", "5 wins, 3 losses and 1 draw"),
    ("en", "减负10项措施", "10 measures to reduce the burden"),
    ("en", "负一楼", "basement level 1"),
    ("en", "亏损300万元", "−3 million yuan"),
    ("en", "2022-2023学年", "the 2022-23 school year"),
    ("en", "9月-12月", "from September - December"),
    ("en", "COVID-19防控", "COVID-19 prevention"),
    ("en", "20名学生——3名女生", "20 pupils – 3 of them girls"),
    ("en", "3名学生", "a well-known group – 3 pupils – came"),
    ("en", "差5分钟8点", "five minutes to eight"),
    ("en", "负债500万元", "debts of 5 million yuan"),
    ("en", "误差为±3%", "an error of ±3 %"),
    ("en", "误差为3%", "plus or minus 3 %"),
    ("en", "负数-7", "the negative number −7"),
    ("en", "零下3度", "–3 °C"),
    ("en", "3月-5月降低3元-5元", "lowered by 3-5 yuan in March-May"),
    ("fr", "零下3度", "−3 °C"),
    ("fr", "零下3度", "moins 3 °C"),
    ("fr", "零下3度", "trois degrés au-dessous de zéro"),
    ("fr", "零下3度", "3 degrés sous zéro"),
    ("fr", "至少3名", "au moins 3 élèves"),
    ("fr", "不足3%", "moins de 3 %"),
    ("fr", "-3%", "−3 %"),
    ("fr", "-3%", "une baisse de 3 %"),
    ("es", "零下3度", "3 grados bajo cero"),
    ("es", "零下3度", "menos 3 grados"),
    ("es", "至少3名", "al menos 3 alumnos"),
    ("es", "少3名", "3 alumnos menos"),
    ("es", "-3%", "un descenso del 3 %"),
    ("ru", "零下3度", "минус 3 градуса"),
    ("ru", "零下3度", "3 градуса ниже нуля"),
    ("ru", "零下3度", "3 градуса мороза"),
    ("ru", "零下三度", "минус три градуса"),
    ("ru", "-3%", "снижение на 3 %"),
    ("ar", "零下3度", "3 درجات تحت الصفر"),
    ("ar", "零下3度", "سالب 3 درجات"),
    ("ar", "零下3度", "−3 درجات"),
    ("ar", "零下3度", "\u200e-3°"),
    ("ar", "零下3度", "\u061c-٣ درجات"),
    ("ar", "零下三度", "ثلاث درجات تحت الصفر"),
    ("ar", "-3%", "انخفاض بنسبة 3%"),
    ("ar", "零下3度", "ناقص 3 درجات"),
    ("ja", "零下3度", "マイナス3度"),
    ("ja", "零下3度", "氷点下3度"),
    ("ja", "零下3度", "－３℃"),
    ("ja", "零下3度", "気温は-3℃"),
    ("ja", "-3%", "3%減"),
    ("ja", "-3%", "▲3%"),
    ("ja", "3-5所", "3-5校"),
    ("ko", "零下3度", "영하 3도"),
    ("ko", "零下3度", "-3도"),
    ("ko", "-3%", "마이너스 3%"),
    ("ko", "-3%", "3% 감소"),
    ("zh-hant", "零下3度", "零下3度"),
    ("zh-hant", "-3%", "負3%"),
    ("zh-hant", "气温-3℃", "氣溫－3℃"),
    ("zh-hant", "3元-5元", "3元-5元"),
]

DIFFERING = [
    ("fr", "-3%", "3 %"),
    ("fr", "3%", "-3%"),
    ("fr", "3%", "− 3 %"),
    ("en", "零下3度", "3 °C"),
    ("en", "零下3度", "3 degrees above zero"),
    ("en", "3℃", "−3 °C"),
    ("en", "3℃", "minus 3 °C"),
    ("en", "3℃", "–3 °C"),
    ("en", "-5℃至-3℃", "-5 °C to 3 °C"),
    ("en", "增长3%", "-3%"),
    ("en", "增长率为-3%", "growth of 3 %"),
    ("en", "增长率为－3%", "grew by 3 %"),
    ("en", "下降到3℃", "-3 °C"),
    ("en", "气温下降，零下3度", "The temperature is falling: 3 °C"),
    ("en", "负300万元", "3 million yuan"),
    ("en", "-¥300", "¥300"),
    ("fr", "零下3度", "trois degrés"),
    ("fr", "3度", "moins 3 °C"),
    ("es", "零下3度", "3 grados"),
    ("es", "3度", "3 grados bajo cero"),
    ("es", "-3%", "3 %"),
    ("ru", "零下3度", "3 градуса"),
    ("ru", "3度", "3 градуса ниже нуля"),
    ("ru", "-3%", "3 %"),
    ("ar", "零下3度", "3 درجات"),
    ("ar", "3度", "3 درجات تحت الصفر"),
    ("ar", "-3%", "3%"),
    ("ja", "零下3度", "3度"),
    ("ja", "3度", "マイナス3度"),
    ("ja", "-3%", "3%増"),
    ("ko", "零下3度", "3도"),
    ("ko", "3度", "영하 3도"),
    ("ko", "-3%", "3%"),
    ("zh-hant", "零下3度", "3度"),
    ("zh-hant", "3%", "負3%"),
    ("zh-hant", "-3%", "3%"),
]


@pytest.mark.parametrize(("language", "source", "target"), AGREEING)
def test_the_same_sign_is_said_in_many_ways(language, source, target):
    assert found(source, target, language) == []


@pytest.mark.parametrize(("language", "source", "target"), DIFFERING)
def test_a_sign_that_is_lost_or_added_is_stopped(language, source, target):
    assert [level for level, _message in found(source, target, language)] == [ERROR]


def test_it_is_said_which_of_the_two_is_below_zero():
    lost, added = found("零下3度", "3 °C", "fr"), found("3%", "−3 %", "fr")
    assert lost == [(ERROR, "The source says 零下3度, below zero; 3 is without its minus sign.")]
    assert added == [(ERROR, "−3 % is below zero; 3% of the source is not.")]


@pytest.mark.parametrize(("source", "target"), [("零下3度", "3 °C"), ("3度", "−3 °C")])
def test_a_language_without_a_grammar_may_say_it_in_words_that_nobody_here_knows(source, target):
    assert [level for level, _message in found(source, target, "pt")] == [WARNING]
    assert found("零下3度", "−3 °C", "pt") == []


@pytest.mark.parametrize("text", ["-" * 5000 + "3", "minus " * 1000 + "3 °C", "-3 " * 250, " 3 - " * 250])
def test_looks_around_a_number_are_bounded(text):
    longest = 0

    class Watched(str):
        __slots__ = ()

        def __getitem__(self, key):
            nonlocal longest
            piece = super().__getitem__(key)
            longest = max(longest, len(piece))
            return piece

    figures = figures_of(text, ENGLISH)
    reader = signs._Reader(Watched(text), "en", None)
    list(reader.marked(figures))
    assert longest <= 80
