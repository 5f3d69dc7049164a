"""Figures read from Chinese text, and whether two of them agree."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.numbers import agree, read_numbers
from core.tests.fuzzing import examples
from core.tests.work import counted, is_linear


def one(text):
    readings = read_numbers(text)
    assert len(readings) == 1, (text, readings)
    return readings[0]


READ = [
    # text, value, unit, qualifier, quantum
    ("1.37亿元", "137000000", "元", "exact", "1000000"),
    ("1.37 亿元", "137000000", "元", "exact", "1000000"),
    ("1.37億元", "137000000", "元", "exact", "1000000"),
    ("1亿3700万", "137000000", "", "exact", "10000"),
    ("一亿三千七百万元", "137000000", "元", "exact", "10000"),
    ("1.2万亿元", "1200000000000", "元", "exact", "100000000000"),
    ("1200万", "12000000", "", "exact", "10000"),
    ("1,200万元", "12000000", "元", "exact", "10000"),
    ("1，200名", "1200", "名", "exact", "1"),
    ("1,234,567.5元", "1234567.5", "元", "exact", "0.1"),
    ("１，２００名", "1200", "名", "exact", "1"),
    ("９８．０２％", "98.02", "%", "exact", "0.01"),
    ("22.3万余人", "223000", "人", "more", "1000"),
    ("4160余万元", "41600000", "元", "more", "10000"),
    ("4160餘萬元", "41600000", "元", "more", "10000"),
    ("9000多万元", "90000000", "元", "more", "10000"),
    ("1亿多元", "100000000", "元", "more", "100000000"),
    ("100余个", "100", "个", "more", "1"),
    ("十余项", "10", "项", "more", "1"),
    ("百余所", "100", "所", "more", "1"),
    ("二十来名", "20", "名", "about", "1"),
    ("三年多", "3", "年", "more", "1"),
    ("3个多月", "3", "个月", "more", "1"),
    ("50人以上", "50", "人", "more", "1"),
    ("超过1000人", "1000", "人", "more", "1"),
    ("逾三成", "3", "成", "more", "1"),
    ("约57亩", "57", "亩", "about", "1"),
    ("大约3万人", "30000", "人", "about", "10000"),
    ("100名左右", "100", "名", "about", "1"),
    ("近百名", "100", "名", "nearly", "1"),
    ("将近2000人", "2000", "人", "nearly", "1"),
    ("98.02%", "98.02", "%", "exact", "0.01"),
    ("百分之五", "5", "%", "exact", "1"),
    ("约百分之九十八点零二", "98.02", "%", "about", "0.01"),
    ("百分之百", "100", "%", "exact", "1"),
    ("2.5个百分点", "2.5", "个百分点", "exact", "0.1"),
    ("-3.5%", "-3.5", "%", "exact", "0.1"),
    ("三分之二", str(Decimal(2) / 3), "", "exact", "0.01"),
    ("千分之五", "0.005", "", "exact", "0.001"),
    ("12所", "12", "所", "exact", "1"),
    ("十二所", "12", "所", "exact", "1"),
    ("两千零三名", "2003", "名", "exact", "1"),
    ("一百二十", "120", "", "exact", "1"),
    ("一千零五十", "1050", "", "exact", "1"),
    ("一百二", "120", "", "exact", "10"),
    ("三万五", "35000", "", "exact", "1000"),
    ("三万五千人", "35000", "人", "exact", "1"),
    ("三点五万", "35000", "", "exact", "1000"),
    ("零点五", "0.5", "", "exact", "0.1"),
    ("二〇二五年", "2025", "年", "exact", "1"),
    ("二○二五年", "2025", "年", "exact", "1"),
    ("3千人", "3000", "人", "exact", "1000"),
    ("两个半小时", "2.5", "个小时", "exact", "0.5"),
    ("三年半", "3.5", "年", "exact", "0.5"),
    ("3个A级景区", "3", "个", "exact", "1"),
    ("千万元", "10000000", "元", "exact", "10000"),
    ("万人", "10000", "人", "exact", "10000"),
    ("百年", "100", "年", "exact", "1"),
    ("叁拾个", "30", "个", "exact", "1"),
    ("22人次", "22", "人次", "exact", "1"),
    ("22.52万平方米", "225200", "平方米", "exact", "100"),
    ("380 m²", "380", "m²", "exact", "1"),
    # words that only look like part of the figure
    ("节约57亩", "57", "亩", "exact", "1"),
    ("签约3个", "3", "个", "exact", "1"),
    ("最近3年", "3", "年", "exact", "1"),
    ("近三年", "3", "年", "exact", "1"),
    ("近20年来", "20", "年", "exact", "1"),
    ("近百年历史", "100", "年", "nearly", "1"),
    ("唯一一所高完中", "1", "所", "exact", "1"),
    ("100多媒体教室", "100", "", "exact", "1"),
    ("5人多次获奖", "5", "人", "exact", "1"),
    ("2023成立", "2023", "", "exact", "1"),
    ("5部门联合", "5", "", "exact", "1"),
    ("十分钟", "10", "分钟", "exact", "1"),
    ("为期四周", "4", "周", "exact", "1"),
    ("四周后开学", "4", "周", "exact", "1"),
    ("四周的时间", "4", "周", "exact", "1"),
    ("四周年", "4", "周年", "exact", "1"),
    ("前四周", "4", "周", "exact", "1"),
    ("四週後", "4", "周", "exact", "1"),
    ("滿四週", "4", "周", "exact", "1"),
    ("四週時間", "4", "周", "exact", "1"),
    ("十四周", "14", "周", "exact", "1"),
    ("三年级", "3", "年级", "exact", "1"),
    ("2名师范生", "2", "名", "exact", "1"),
    ("学位：8660个", "8660", "个", "exact", "1"),
]


@pytest.mark.parametrize(("text", "value", "unit", "qualifier", "quantum"), READ, ids=[case[0] for case in READ])
def test_reads_a_figure(text, value, unit, qualifier, quantum):
    reading = one(text)
    found = (reading.value, reading.unit, reading.qualifier, reading.quantum)
    assert found == (Decimal(value), unit, qualifier, Decimal(quantum))
    assert reading.high is None
    assert not reading.ordinal
    assert text[reading.start : reading.end] == reading.text


NOT_READ = [
    "十四五规划", "1+2+3共育模式", "五大行动", "一核七域", "二十大精神", "COVID-19", "A4纸", "5G网络", "GB15835", "2023-09-12",
    "2023.9.12", "8:30", "8：30", "023-47521234-01", "1.2.3", "192.168.0.1", "一批教师", "一般", "一起", "一个个", "十分重要",
    "万一", "千家万户", "千篇一律", "四分五裂", "三三两两", "一五一十", "数十名", "几百人", "十几所", "百分百", "统一", "九三学社", "两江新区", "三好学生",
    "唯一", "第一时间", "高三学生", "十二生肖", "五五开", "万盛区", "一次性", "千万不要",
    "校园四周", "四周的群山", "学校四周种树", "校園四周",
]  # fmt: skip


@pytest.mark.parametrize("text", [*NOT_READ, "", "没有数字。", "9" * 60, "一" * 60])
def test_reads_over_names_codes_and_words(text):
    assert read_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("3至5个", 3, 5, "个"),
        ("3-5个", 3, 5, "个"),
        ("3—5个", 3, 5, "个"),
        ("3～5个", 3, 5, "个"),
        ("三到五所", 3, 5, "所"),
        ("五六个", 5, 6, "个"),
        ("3%—5%", 3, 5, "%"),
        ("百分之三至百分之五", 3, 5, "%"),
        ("百分之三到五", 3, 5, "%"),
        ("3—5万元", 30000, 50000, "元"),
        ("3万至5万元", 30000, 50000, "元"),
        ("8000—1万元", 8000, 10000, "元"),
        ("2022—2023学年", 2022, 2023, "学年"),
    ],
)
def test_reads_a_range(text, low, high, unit):
    reading = one(text)
    assert (reading.value, reading.high, reading.unit, reading.text) == (low, high, unit, text)


@pytest.mark.parametrize(
    ("text", "values"), [("10-3", [10, 3]), ("3——5", [3, 5]), ("3个—5名", [3, 5]), ("3、5个", [3, 5])]
)
def test_what_is_no_range_stays_two_figures(text, values):
    assert [(reading.value, reading.high) for reading in read_numbers(text)] == [(value, None) for value in values]


def test_reads_ordinals():
    assert [(r.value, r.unit, r.text) for r in read_numbers("第三十四次年会，第二届") if r.ordinal] == [
        (34, "次", "第三十四次"),
        (2, "届", "第二届"),
    ]
    assert one("第3至5名").ordinal


def test_reads_a_sentence_in_order_with_spans():
    text = "2023年，新增学位8660个，占地约57亩，覆盖率98.02%，十四五期间投入9000多万元。"
    readings = read_numbers(text)
    assert [r.text for r in readings] == ["2023年", "8660个", "约57亩", "98.02%", "9000多万元"]
    assert [text[r.start : r.end] for r in readings] == [r.text for r in readings]


def test_time_of_day_is_two_figures():
    assert [(r.value, r.unit) for r in read_numbers("三点二十分")] == [(3, "点"), (20, "分")]


HOSTILE = [
    "9",
    "一",
    "1,",
    ",222",
    "1-",
    "1.1-",
    "点一",
    "约",
    "3至",
    "百分之",
    "数十",
    "十百千万",
    "1 万",
    "1+",
    "第",
    "十几",
    "A-",
    "1，000",
    "一个",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hundred_thousand_hostile_characters_take_linear_time(piece):
    assert is_linear(read_numbers, lambda size: "三" + piece * (size // len(piece)) + piece[-1] + "十x", 25_000)


@given(
    st.text(
        alphabet="0123456789,，.．%％零一二两三五十百千万亿点分之第约近超余多来至到-—个元人年半以上左右 a+:",
        max_size=60,
    )
)
@settings(max_examples=examples(150), deadline=None)
def test_any_text_gives_ordered_separate_spans(text):
    end = 0
    for reading in read_numbers(text):
        assert end <= reading.start < reading.end
        assert reading.text == text[reading.start : reading.end]
        assert reading.quantum > 0
        end = reading.end


# Agreement


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("1.37亿元", "137000000元", True),
        ("1.37亿元", "1亿3700万元", True),
        ("1.37亿元", "1.368亿元", True),
        ("1.37亿元", "1.36亿元", False),
        ("1.37亿元", "1.37亿", True),
        ("1.37亿元", "1.37亿人", False),
        ("9000多万元", "90000000余元", True),
        ("9000多万元", "9000万元", False),
        ("22.3万余人", "223456人", True),
        ("22.3万余人", "224456人", False),
        ("22.3万余人", "222999人", False),
        # The step above "more than" and below "nearly" holds neither of its ends.
        ("22.3万余人", "223001人", True),
        ("22.3万余人", "223999人", True),
        ("22.3万余人", "224000人", False),
        ("22.3万余人", "223000人", False),
        ("近1.2万人", "11001人", True),
        ("近1.2万人", "11000人", False),
        ("近1.2万人", "12000人", False),
        # A half is rounded up.
        ("1.37亿元", "1.365亿元", True),
        ("1.37亿元", "1.3649亿元", False),
        ("1.37亿元", "1.3749亿元", True),
        ("1.37亿元", "1.375亿元", False),
        ("22.36万余人", "22.3万余人", True),
        ("22.39万余人", "22.3万余人", True),
        ("22.40万余人", "22.3万余人", False),
        ("近100人", "100余人", False),
        ("近100人", "100人", False),
        ("近1万人", "9800人", True),
        ("约57亩", "57亩", True),
        ("约57亩", "57.3亩", True),
        ("约57亩", "59亩", False),
        ("18名", "18位", True),
        ("22人次", "22人", False),
        ("98.02%", "百分之九十八点零二", True),
        ("98.02%", "98%", True),
        ("98%", "98", False),
        ("5%", "5个百分点", False),
        ("3至5个", "三到五个", True),
        ("3至5个", "3至6个", False),
        ("3至5个", "3个", False),
        ("第三届", "三届", False),
        ("三分之一", "0.33", True),
    ],
)
def test_agreement_is_symmetric(left, right, expected):
    assert agree(one(left), one(right)) is expected
    assert agree(one(right), one(left)) is expected


HARD = [
    "9",
    "1\u00a0",
    "1,",
    "1.",
    "12/",
    "8:3",
    "0-",
    "一",
    "十",
    "百万",
    "万亿",
    "三分之",
    "第1",
    "点五",
    "a-",
    "近",
    "余",
    "半",
    "-",
    "\ud800",
]


@given(st.lists(st.sampled_from(HARD), min_size=1, max_size=4).map("".join), st.sampled_from([1, 200, 10_000]))
@settings(max_examples=examples(60), deadline=None)
def test_no_text_takes_long_to_read(piece, times):
    text = piece * times
    with counted() as work:
        readings = read_numbers(text)
    assert work.steps < 40 * len(text) + 1_000, piece
    assert all(text[each.start : each.end] == each.text for each in readings)


@pytest.mark.parametrize("text", ["9" * 10**6, "1\u00a0" * 25_000, "9" * 20_000, "一" * 10**5])
def test_endless_numerals_are_no_figures_and_overflow_nothing(text):
    with counted() as work:
        readings = read_numbers(text)
    assert all(abs(each.value) < 10**24 for each in readings)
    assert work.steps < 40 * len(text) + 1_000
