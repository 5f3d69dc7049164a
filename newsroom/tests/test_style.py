"""What house style finds without rules of the editors, what it leaves alone, and how fast it is."""

import re
import time
from pathlib import Path

import pytest

from newsroom.style.built_in import slips
from newsroom.style.wording import BUILT_IN


ARTICLES = Path(__file__).parent / "data" / "articles"


def found(text):
    """[(rule, what is wrong, what is right)]."""
    return [(each.rule, text[each.start : each.end], each.right) for each in slips(text)]


def mended(text):
    for each in reversed(slips(text)):
        if each.right is not None:
            text = text[: each.start] + each.right + text[each.end :]
    return text


# What is wrong, and what it becomes; the rule.
WRONG = """
half-width|学校很大,操场很宽|学校很大，操场很宽
half-width|他问:“好吗?”大家笑了|他问：“好吗？”大家笑了
half-width|覆盖率达98%,居全市前列|覆盖率达98%，居全市前列
half-width|学校开学了.|学校开学了。
half-width-pair|云岭一小(东湖校区)开学|云岭一小（东湖校区）开学
half-width-pair|校训是"勤学"|校训是“勤学”
doubled|孩子们，，笑了|孩子们，笑了
doubled|孩子们笑了。。|孩子们笑了。
doubled|孩子们、，老师们|
ellipsis|松树、柏树...都活了|松树、柏树……都活了
ellipsis|他想了想。。。没有回答|他想了想……没有回答
ellipsis|他想了想…没有回答|他想了想……没有回答
ellipsis-and-so-on|有篮球、足球……等，都很热门|有篮球、足球……，都很热门
dash|他来到新家--云岭一小|他来到新家——云岭一小
dash|他来到新家———云岭一小|他来到新家——云岭一小
list-of-marked|开设“科学”、“艺术”、“劳动”课程|开设“科学”“艺术”“劳动”课程
list-of-marked|出版《山歌》、《童谣》两册|出版《山歌》《童谣》两册
stop-and-quotation|他说：“学校很好”。|他说：“学校很好。”
stop-and-quotation|他说“学校很好。”，大家点头|他说“学校很好”，大家点头
stop-and-quotation|学校秉承“让花都能开。”|学校秉承“让花都能开”。
nested-quotation|他说：“我们提出“五育”目标。”|他说：“我们提出‘五育’目标。”
number-of-item|第一、学校要落实责任。|第一，学校要落实责任。
number-of-item|首先、学校要落实责任。|首先，学校要落实责任。
number-of-item|1、学校要落实责任。|1.学校要落实责任。
number-of-item|（一）、学校要落实责任。|（一）学校要落实责任。
mixed-numerals|全区有3千名教师|全区有3000名教师
mixed-numerals|投入3千万元|投入3000万元
mixed-numerals|合格率达百分之98|合格率达98%
mixed-numerals|占3分之2|占三分之二
mixed-numerals|来了20几个人|来了二十几个人
mixed-date|2023年九月，学校开学|2023年9月，学校开学
mixed-date|9月一日开学|9月1日开学
mixed-date|二〇二三年9月|
zero-of-year|二零二三年|二〇二三年
full-width-digits|共２０人|共20人
thousands|共1,2345人|
short-year|98年9月建校|1998年9月建校
short-year|08年建校|2008年建校
range-of-years|2020-2022年|2020—2022年
range-of-dates|9月1日-3日|9月1日—3日
range|每班30-45人|每班30～45人
range-unit|投入13～17万元|投入13万～17万元
range-unit|占10—20%|占10%～20%
neighbouring-numbers|来了三、四个人|来了三四个人
fewer-times|事故减少了3倍|
double-hedge|近500人左右|近500人
double-hedge|约300余名教师|300余名教师
double-hedge|超过60%以上|超过60%
double-hedge|大约十多名老师|十多名老师
double-hedge|50多岁左右|50多岁
double-hedge|不足30人以下|不足30人
office|国家教委有关负责人说|教育部有关负责人说
office|云岭市工商局到校检查|云岭市市场监督管理局到校检查
office|教育部、农业部等部门发文|教育部、农业农村部等部门发文
near-word|家长向学校反应问题|家长向学校反映问题
near-word|引起连锁反映|引起连锁反应
near-word|各校必需严格遵守规定|各校必须严格遵守规定
near-word|牙刷是生活必须品。|牙刷是生活必需品。
near-word|截止目前，已有三成|截至目前，已有三成
near-word|报名6月20日截至。|报名6月20日截止。
near-word|保障受教育的权力|保障受教育的权利
near-word|国家权利机关|国家权力机关
near-word|建设法制社会|建设法治社会
near-word|作客云岭电台直播间|做客云岭电台直播间
near-word|核对帐目|核对账目
near-word|每月记帐|每月记账
near-word|好象花一样|好像花一样
near-word|渡过快乐的假期|度过快乐的假期
near-word|佩带红领巾|佩戴红领巾
near-word|大部份学生|大部分学生
near-word|学校座落于山脚|学校坐落于山脚
near-word|刊登招聘启示|刊登招聘启事
near-word|他觉的自己长大了|他觉得自己长大了
near-word|值的推广|值得推广
near-word|取的优异成绩|取得优异成绩
near-word|慢慢的走来|慢慢地走来
near-word|做为校长|作为校长
"""
# What looks like it, and is right.
RIGHT = """
Yunling (云岭), the town of 青石, is known for "山歌".
开学时间为8:30，地址是https://example.org/a,b?c=d。
共有3,500人参加Python(3.11)培训。
他说：“好！”大家都笑了……
“A”和《B》、云岭一小、“C”
参加的有一小、“东风”小学、“红星”小学。
他说：“学校很好。”大家点头。
学校的办学理念是“让花都能开”。
第一、二年级学生留校。
1.学校要落实责任。
全区有3000名教师，用电3千瓦，重5千克，跑了3千米。
百年老校，90年历史，拥有91年历史，5年来，15年9个月后。
20世纪90年代，1998年9月，二〇二三年，二〇二三年九月。
2023-09-01，电话023-47520000，比分3-2，第5-7页。
2020—2022年，9月1日—3日，30～45人，10%～20%，13万～17万元。
三、四年级学生，二、三班，三四个人，三、五名
近3年来，近500人，约300名，500余名，超过60%，60%以上。
约10名教师上下一心，近10米的道路左右两侧，超过5名副高以上职称教师，附近10米左右
节约50元左右，学校左右为难，最近5天左右的天气
国家教委1995年印发的文件，原国家教委，区教委，市教育委员会，环保部门，农业部门，文化部长。
《国家教委关于实施义务教育的意见》仍可参考。
群众反映强烈，反应迅速，化学反应，条件反射，必须的，报名截止日期，6月20日截止。
权力机关，权利和义务，法制建设，法制史，法治政府，作客他乡，帐篷，蚊帐，气象，大象一样的体形，盲人摸象
渡过难关，度过难关，过度开发，股份，全部份额，经过启示，感觉的重要，产值的推广，录取的优异学生，来的老师
深深的感动，慢慢的节奏，美丽的校园，做为期三天的培训，做客云岭，20年初心不改
"""


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_what_is_wrong(line):
    rule, wrong, right = line.split("|")
    assert {each[0] for each in found(wrong)} == {rule}
    assert mended(wrong) == (right or wrong)
    assert found(right) == []


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_what_is_right(line):
    assert found(line) == []


def test_every_rule_has_its_words():
    assert {line.split("|")[0] for line in WRONG.strip().splitlines()} == set(BUILT_IN)


@pytest.mark.parametrize("name", ["news", "notice", "interview", "damaged"])
def test_an_article_has_at_most_one_false_warning_in_a_thousand_characters(name):
    lines = [line for line in (ARTICLES / f"{name}.txt").read_text("utf-8").splitlines() if not line.startswith("# ")]
    text = re.sub(r"\{[snt] ([^{}|]*)(?:\|[^{}]*)?\}", r"\1", re.sub(r"\{[d@][^{}]*\}", "", "\n".join(lines)))
    warnings = [each for line in text.splitlines() for each in found(line)]
    assert len(warnings) <= len(text) / 1000, warnings


def test_four_thousand_characters_are_looked_through_at_once():
    """The bound is many times what it takes, so that a busy machine keeps it; `make bench` would tell the time."""
    line = "全区有3000名教师、60多所学校，学校很好。他说：“孩子们都来了。”《山歌》《童谣》两册，占98.02%，近三成。"
    lines = [line * 4] * (4000 // (4 * len(line)) + 1)
    slips(line)
    best = min(_seconds(lines) for _time in range(5))
    assert best < 0.25


def _seconds(lines):
    started = time.perf_counter()
    for line in lines:
        slips(line)
    return time.perf_counter() - started


def test_hostile_texts_take_linear_time():
    for text in (
        "“" * 20_000,
        "3" * 20_000,
        "约" * 20_000,
        "《" * 20_000,
        "、“a”" * 5_000,
        "“a”" * 5_000,
        "一" * 20_000,
        "。”" * 10_000,
    ):
        started = time.perf_counter()
        slips(text)
        assert time.perf_counter() - started < 5
