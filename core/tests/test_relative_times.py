"""Times that a text tells from its day of publication."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from core.rendering.rich_text import render
from core.rendering.told_times import told_from, with_times
from core.text.absolute_times import day, in_chinese, month, months, school_year, term, week, words, year, years
from core.text.relative_times import relative_times
from core.text.ruby import annotated
from core.text.time_phrases import times_told

from .fuzzing import examples
from .work import counted


pytestmark = pytest.mark.once

PUBLISHED = date(2026, 10, 19)  # a Monday


def read(text, published=PUBLISHED, code="zh-hans"):
    return [(told.text, told.time.code) for told in times_told(text, code, published)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("今年9月", "2026-09"),
        ("今年9月1日", "2026-09-01"),
        ("去年", "2025"),
        ("去年十二月", "2025-12"),
        ("前年", "2024"),
        ("上上年", "2024"),
        ("明年3月", "2027-03"),
        ("去年年底", "2025-12"),
        ("今年上半年", "2026-01..2026-06"),
        ("今年第三季度", "2026-07..2026-09"),
        ("今年以来", "2026"),
        ("本月18日", "2026-10-18"),
        ("上个月", "2026-09"),
        ("上周五", "2026-10-16"),
        ("本周", "2026-W43"),
        ("昨日", "2026-10-18"),
        ("上学年", "2025/2026"),
        ("上一学年", "2025/2026"),
        ("本学年", "2026/2027"),
        ("一学年来", "2025/2026"),
        ("本学期", "2026-A"),
        ("上学期", "2026-S"),
        ("5年来", "2021..2026"),
        ("两年来", "2024..2026"),
        ("过去十年", "2016..2026"),
        ("未来三年", "2026..2029"),
        ("目前", "2026-10"),
        ("截至目前", "2026-10"),
        ("當前", "2026-10"),
        ("上學年", "2025/2026"),
    ],
)
def test_what_it_means(text, code):
    assert read(f"全区{text}，学校") == [(text, code)]


@pytest.mark.parametrize(
    "text",
    [
        "五年级",
        "91年历史",
        "三年级上学期",
        "高一下学期",
        "2025学年上学期",
        "过去年代",
        "失去年轻",
        "文明年级",
        "证明年龄",
        "说明年限",
        "以上年级",
        "以前年度",
        "年前年后",
        "晚上月亮",
        "成本年均",
        "今日头条",
        "美好的明天",
        "今天的孩子",
        "《去年夏天》",
        "“去年”读作2022年",
        "近百年来",
        "5年来自全国",
        "第5年来",
        "近年来",
        "多年来",
        "日前",
        "将来",
        "以后年",
        "今年2月30日",
        "今年13月",
        "先天",
        "昨非",
        "当前位置",
        "2023年9月",
        "十四五",
        "这一学年",
        "“今天我很高兴”",
    ],
)
def test_what_only_looks_like_one(text):
    assert read(f"，{text}。") == []


@pytest.mark.parametrize(
    ("published", "text", "code"),
    [
        (date(2026, 1, 5), "本学期", "2025-A"),
        (date(2026, 1, 5), "新学期", "2026-S"),
        (date(2026, 3, 5), "新学期", "2026-S"),
        (date(2026, 8, 5), "新学期", "2026-A"),
        (date(2026, 8, 5), "本学期", "2026-S"),
        (date(2026, 8, 5), "新学年", "2026/2027"),
        (date(2026, 7, 5), "一学年来", "2025/2026"),
        (date(2026, 3, 5), "一学年来", "2024/2025"),
        (date(2026, 1, 5), "上个月", "2025-12"),
        (date(2026, 1, 1), "昨天", "2025-12-31"),
        (date(2026, 6, 8), "上学年", "2024/2025"),
    ],
)
def test_it_turns_with_the_year(published, text, code):
    assert read(text, published) == [(text, code)]


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("en", "Opened in September this year; last year, this March; at present", "2026-09 2025 2026-03 2026-10"),
        ("en", "lasting years, this yearly prize, last September, today, now", ""),
        ("en", "the last school year, this semester", "2025/2026 2026-A"),
        ("fr", "en septembre de cette année, l’an dernier, l'année scolaire dernière", "2026-09 2025 2025/2026"),
        ("es", "en septiembre de este año, el año pasado, actualmente", "2026-09 2025 2026-10"),
        ("ru", "В сентябре этого года, в прошлом году, в прошлом учебном году", "2026-09 2025 2025/2026"),
        ("ar", "في سبتمبر من هذا العام والعام الماضي", "2026-09 2025"),
        ("en", 'We read “this year” as 2023 and "last year" as 2022; last year', "2025"),
        ("fr", "« l’an dernier » se lit 2022", ""),
        ("ru", "„в прошлом году“, «прошлом году»", "2025"),
        ("ja", "今年9月、昨年度、2026年9月現在", "2026-09 2025/2026"),
        ("ko", "올해 9월에 지난해 지난 학기", "2026-09 2025 2026-S"),
    ],
)
def test_the_languages_of_translations(code, text, expected):
    assert [told[1] for told in read(text, code=code)] == expected.split()


def test_every_language_writes_every_kind():
    kinds = [day(PUBLISHED), week(PUBLISHED), month(2026, 9), months(2026, 1, 6), year(2026), years(2021, 2026)]
    for code, _name in settings.LANGUAGES:
        for time in [*kinds, school_year(2025), term(4052), term(4053)]:
            assert "202" in words(time, code)
    assert words(month(2026, 9), "en") == "September 2026"
    assert words(school_year(2025), "zh-hant") == "2025—2026學年"
    assert in_chinese(term(4053)) == "2026年秋季学期"


def test_readers_see_it_beside_the_words():
    html = '<p>今年9月和上学年，<a href="/x/">去年</a>。</p>'
    assert with_times(html, "zh-hans", PUBLISHED) == (
        '<p><time class="told" datetime="2026-09" title="2026年9月">今年9月</time>和'
        '<span class="told" title="2025—2026学年">上学年</span>，<a href="/x/">去年</a>。</p>'
    )
    assert render(html) == html
    with told_from(PUBLISHED):
        assert 'title="2026年9月"' in render(html)
    with told_from(date(2025, 1, 1)):
        assert 'title="2025年9月"' in render(html)
    assert render(html) == html


def test_pinyin_stands_over_it_too():
    assert "<ruby>" in annotated('<time class="told" datetime="2025" title="2025年">去年</time>', "zh-hans")
    assert "<ruby>" not in annotated('<time datetime="2025-01-01">1月1日</time>', "zh-hans")


@hypothesis_settings(max_examples=examples(60), deadline=None)
@given(
    st.text(st.sampled_from("今去前明上下本年月周日天学期来以9一十，。《》“”的 过第")),
    st.sampled_from(["zh-hans", "en", "ja"]),
)
def test_any_text_is_read(text, code):
    for told in times_told(text, code, PUBLISHED):
        assert text[told.start : told.end] == told.text


def test_no_text_hangs_it():
    with counted():
        for hard in ("上" * 40_000, "《" * 40_000, "“" * 40_000, "今年" * 20_000, "9" * 40_000, "一学年" * 10_000):
            relative_times(hard, PUBLISHED)
