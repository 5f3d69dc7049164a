"""The number check, case by case; how many it finds and wrongly reports is measured in demo/tests/test_number_check.py."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numbers import Qualifier, UnitForms, write_figure
from core.tests.fuzzing import examples
from languages.checks import ERROR, WARNING, run


pytestmark = pytest.mark.once


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def found(source, target, language="en", **options):
    return [(each.level, each.message) for each in run(source, target, language, **options) if each.check == "numbers"]


GOOD = [
    ("en", "1.37亿元", "RMB 137 million"),
    ("en", "1.37亿元", "137m yuan"),
    ("en", "1.37亿元", "137,000,000 yuan"),
    ("en", "1.37亿元", "one hundred and thirty-seven million yuan"),
    ("en", "1.2万亿元", "1.2 trillion yuan"),
    ("en", "8660个", "nearly 8,700"),
    ("en", "8660个", "more than 8,600"),
    ("en", "300余名", "300-odd teachers"),
    ("en", "6岁以上", "aged six and over"),
    ("en", "约57亩", "about 57 mu (3.8 ha)"),
    ("en", "约57亩", "about 3.8 hectares"),
    ("en", "4.5万平方米", "4.5 hectares"),
    ("en", "三所、第二、十二名", "three schools, the second, twelve people"),
    ("en", "十二名", "a dozen people"),
    ("en", "一个学生参加一些活动，一起去", "The student took part in some events together"),
    ("en", "学生去了", "At first one student went, once, then two"),
    ("en", "三分之二、五成、四成、百分之百", "two-thirds, half, two in five, all"),
    ("en", "提高2.5个百分点", "up by 2.5 percentage points"),
    ("en", "获得98分", "scored 98 points"),
    ("en", "两年半", "two and a half years"),
    ("en", "3至5个、40—60分钟", "three to five, 40–60 minutes"),
    ("en", "300万至500万元", "3 to 5 million yuan"),
    ("en", "2022—2023学年", "the 2022–23 school year"),
    ("en", "20世纪90年代", "the 1990s"),
    ("en", "21世纪", "the twenty-first century"),
    ("en", "江津六中", "Jiangjin No. 6 Secondary School"),
    ("en", "“十四五”期间新增5所", "Five were added during the 14th Five-Year Plan"),
    ("en", "双减、一带一路、三个课堂", "Double Reduction, Belt and Road, Three Classrooms"),
    ("en", "校园四周绿树成荫", "Trees shade the campus on all sides"),
    ("en", "校园四周绿树成荫", "Trees shade all four sides of the campus"),
    ("zh-hant", "四周内、持续四周、四周后", "四週內、持續四週、四週後"),
    ("en", "每天14:30", "every day at 2.30 p.m."),
    ("en", "电话023-47521234", "Telephone 023 4752 1234"),
    ("en", "“1+2+3”模式用A4纸", "The 1+2+3 model on A4 paper"),
    ("en", "“L25”指第25行，百分号", "“L25” is line 25; the per cent sign"),
    ("en", "新增30项，其中30项已完成", "Of the 30 new ones, all are done"),
    ("fr", "98.02%", "98,02 %"),
    ("fr", "1.37亿元", "137 millions de yuans"),
    ("fr", "九十一年、七十二名、二十一所", "quatre-vingt-onze ans, soixante-douze personnes, vingt et une écoles"),
    ("fr", "两年半", "deux ans et demi"),
    ("es", "12.3万人", "123.000 personas"),
    ("es", "九十二名", "noventa y dos personas"),
    ("es", "6岁以上", "de 6 años o más"),
    ("es", "21世纪", "el siglo XXI"),
    ("ru", "1.37亿元", "137 млн юаней"),
    ("ru", "二十五人", "двадцати пяти человек"),
    ("ru", "2023年超过300名", "в 2023 году более чем 300 человек"),
    ("ar", "1.37亿元", "١٣٧ مليون يوان"),
    ("ar", "98.02%、8660个", "٩٨٫٠٢٪، ٨٬٦٦٠"),
    ("ar", "二十五人", "خمسة وعشرون شخصًا"),
    ("ja", "1.37亿元", "1億3,700万元"),
    ("ja", "1.2万亿元", "1兆2,000億元"),
    ("ja", "四成", "4割"),
    ("ja", "三所学校", "三つの学校"),
    ("ko", "1.37亿元", "1억 3,700만 위안"),
    ("ko", "1.2万亿元", "1조 2000억 위안"),
    ("ko", "4160余万元", "4,160여만 위안"),
    ("ko", "三所学校", "학교 세 곳"),
    ("ko", "近百名、十五名", "백 명 가까이, 열다섯 명"),
    ("ar", "十一名", "أحد عشر معلمًا"),
    ("zh-hant", "22.3万余人", "22.3萬餘人"),
    ("zh-hant", "“十四五”期间新增5所", "「十四五」期間新增5所"),
]


@pytest.mark.parametrize(("language", "source", "target"), GOOD)
def test_the_same_numbers(language, source, target):
    assert found(source, target, language) == []


BAD = [
    ("en", "1.37亿元", "13.7 million yuan", "13.7 million yuan where the source has 1.37亿元."),
    ("en", "1.37亿元", "1.37 billion yuan", "1.37 billion yuan where the source has 1.37亿元."),
    ("en", "22.3万余人", "more than 22.3 thousand people", "22.3 thousand where the source has 22.3万余人."),
    ("en", "98.02%", "98.2%", "98.2% where the source has 98.02%."),
    ("en", "98.02%", "about 99%", "99% where the source has 98.02%."),
    ("en", "67%", "67 schools", "67 counts something else than 67% does in the source."),
    ("en", "提高2.5个百分点", "up by 2.5%", "2.5% counts something else than 2.5个百分点 does in the source."),
    ("en", "8660个", "places", "8660个 of the source is missing."),
    ("en", "8660个", "nearly 8,600", "8,600 where the source has 8660个."),
    ("en", "三所", "four schools", "four where the source has 三所."),
    ("en", "第二届", "the third meeting", "third where the source has 第二届."),
    ("en", "两年半", "two years and a bit", "两年半 of the source is missing."),
    ("en", "三分之二", "a third", "a third where the source has 三分之二."),
    ("en", "“十四五”期间新增5所", "Six were added during the 14th Five-Year Plan", "Six where the source has 5所."),
    ("en", "“十四五”期间", "during the 15th Five-Year Plan", "15 where the source has 十四五."),
    (
        "en",
        "40—60分钟",
        "60–40 minutes",
        "60 and 40 minutes stand in another order than in the source. Does each belong to its own noun?",
    ),
    ("es", "8660个", "8,660 plazas", "8,660 where the source has 8660个."),
    ("ru", "1.37亿元", "1,37 млрд юаней", "1,37 млрд юаней where the source has 1.37亿元."),
    ("ar", "1.37亿元", "١٣٫٧ مليون يوان", "١٣٫٧ مليون يوان where the source has 1.37亿元."),
    ("ja", "1.37亿元", "1億370万元", "1億370万元 where the source has 1.37亿元."),
    ("ko", "1.37亿元", "1억 370만 위안", "1억 370만 위안 where the source has 1.37亿元."),
    ("zh-hant", "三所", "四所", "四所 where the source has 三所."),
]


@pytest.mark.parametrize(("language", "source", "target", "message"), BAD)
def test_other_numbers(language, source, target, message):
    findings = found(source, target, language)
    assert [said for _level, said in findings] == [message]
    assert findings[0][0] == (WARNING if "order" in message else ERROR)


DOUBTFUL = [
    (
        "en",
        "9000多万元",
        "90 million yuan",
        "The source says 9000多万元; 90 million yuan says it without “about” or “more than”.",
    ),
    ("en", "约57亩", "57 mu", "The source says 约57亩; 57 mu says it without “about” or “more than”."),
    (
        "zh-hant",
        "22.3万余人",
        "22.3萬人",
        "The source says 22.3万余人; 22.3萬人 says it without “about” or “more than”.",
    ),
    ("ja", "近百名", "100人余り", "The source says 近百名; with 100人 stands a word that says the opposite."),
    (
        "en",
        "约300人",
        "more than 300 people",
        "The source says 约300人; with 300 stands a word that says the opposite.",
    ),
    ("en", "学生参加活动", "3 students took part", "3 is not in the source."),
    ("en", "建成三所学校", "Schools were built", "三所 of the source is missing."),
    ("en", "“三个课堂”", "the Five Classrooms", "Five where the source has 三."),
    ("en", "电话023-47521234", "Telephone", "023-47521234 of the source is missing."),
    ("fr", "98.02%", "98.02 %", "98.02 % is written with the separators of another language."),
    (
        "en",
        "有15所，又有31所",
        "31, and 15",
        "31 and 15 stand in another order than in the source. Does each belong to its own noun?",
    ),
]


@pytest.mark.parametrize(("language", "source", "target", "message"), DOUBTFUL)
def test_what_is_only_doubtful(language, source, target, message):
    assert found(source, target, language) == [(WARNING, message)]


def test_order_may_change_where_a_unit_a_link_or_the_wording_shows_whose_number_it_is():
    assert found("15所学校，投入31万元", "310,000 yuan for 15 schools") == []
    assert found("全市50门，江津20门", "20 of the city's 50 are Jiangjin's") == []
    linked = '<a id="a1">15所</a>，<a id="a2">31所</a>'
    assert found(linked, '<a id="a2">31</a> and <a id="a1">15</a>', format="html") == []
    exchanged = found(linked, '<a id="a1">31</a> and <a id="a2">15</a>', format="html")
    assert [level for level, _message in exchanged] == [ERROR, ERROR]


# Dates --------------------------------------------------------------------------------------------

DAY = "2023年9月1日"
DATES = [
    (
        "en",
        DAY,
        [
            "1 September 2023",
            "September 1, 2023",
            "the 1st of September, 2023",
            "Sept. 1, 2023",
            "01/09/2023",
            "2023-09-01",
        ],
    ),
    ("fr", DAY, ["le 1er septembre 2023", "01/09/2023"]),
    ("es", DAY, ["el 1 de septiembre de 2023", "1.º de septiembre de 2023"]),
    ("ru", DAY, ["1 сентября 2023 года", "01.09.2023"]),
    ("ar", DAY, ["1 سبتمبر 2023", "١ سبتمبر ٢٠٢٣", "1 أيلول 2023"]),
    ("ja", DAY, ["2023年9月1日"]),
    ("ko", DAY, ["2023년 9월 1일"]),
    ("zh-hant", "二〇二三年九月一日", ["2023年9月1日"]),
    ("en", "2023-09-01", ["1 September 2023"]),
    ("en", "9月1日至5日", ["1–5 September", "from 1 to 5 September", "September 1–5"]),
    ("en", "2023年，9月开学", ["term began in September 2023"]),
    ("en", "5月", ["in May"]),
    ("en", "学生可以去", ["students may go"]),
]


@pytest.mark.parametrize(("language", "source", "targets"), DATES)
def test_the_same_date(language, source, targets):
    for target in targets:
        assert found(source, target, language) == [], target


WRONG_DATES = [
    ("en", DAY, "9 January 2023"),
    ("en", DAY, "09/01/2023"),
    ("en", DAY, "1 September 2024"),
    ("en", DAY, "September 2023"),
    ("fr", DAY, "9 janvier 2023"),
    ("es", DAY, "9 de enero de 2023"),
    ("ru", DAY, "9 января 2023 года"),
    ("ar", DAY, "9 يناير 2023"),
    ("ja", DAY, "2023年1月9日"),
    ("ko", DAY, "2023년 1월 9일"),
    ("zh-hant", DAY, "2023年1月9日"),
]


@pytest.mark.parametrize(("language", "source", "target"), WRONG_DATES)
def test_another_date(language, source, target):
    assert found(source, target, language) == [(ERROR, f"{target} where the source has {DAY}.")]


def test_parts_of_dates_that_are_lost():
    assert found(DAY, "on 1 September") == [(ERROR, f"{DAY} of the source is missing.")]
    assert found(DAY, "the day") == [(ERROR, f"{DAY} of the source is missing.")]
    assert found("9月6日至8日", "8 to 6 September")[0] == (ERROR, "8 to 6 September runs backwards.")
    assert found("开学", "from 1 September") == [(WARNING, "1 September is not in the source.")]


# Whatever the site itself writes ------------------------------------------------------------------

UNITS = {
    "元": {"en": "yuan", "fr": "yuans", "es": "yuanes", "ru": "юаней", "ar": "يوان", "ja": "元", "ko": "위안", "zh-hant": "元"},
    "人": {"en": "people", "fr": "personnes", "es": "personas", "ru": "человек", "ar": "شخص", "ja": "人", "ko": "명", "zh-hant": "人"},
    "%": dict.fromkeys(("en", "fr", "es", "ru", "ar", "ja", "ko", "zh-hant"), "%"),
}  # fmt: skip
VALUES = st.builds(lambda digits, power: Decimal(digits) * 10**power, st.integers(11, 9999), st.integers(0, 5))


@given(VALUES, st.sampled_from(sorted(UNITS)), st.sampled_from(list(Qualifier)), st.sampled_from(sorted(UNITS["%"])))
@settings(max_examples=examples(150), deadline=None)
def test_what_the_formatter_writes_is_read_and_ten_times_as_much_is_found(value, unit, hedge, language):
    kind = {"元": "money", "人": "count", "%": "percent"}[unit]
    source = write_figure(value, UnitForms(kind, unit), "zh-hans", qualifier=hedge)
    for factor, same in ((1, True), (10, False), (10_000, False)):
        target = write_figure(value * factor, UnitForms(kind, UNITS[unit][language]), language, qualifier=hedge)
        assert (found(source, target, language) == []) is same, (source, target)


def test_of_a_table_of_numbers_little_is_said():
    assert found("8660个", "1, " * 600) == [(WARNING, "These are too many numbers to be compared.")]
