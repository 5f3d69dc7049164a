"""Sums of a story: what does not come out is found, with the arithmetic; what comes out, or may, is left alone."""

import re
from pathlib import Path

import pytest
from django.utils import translation

from core.publishing.checklist import Level, findings_for
from news.tests.factories import make_story
from newsroom.sums.finding import wrong_sums


ARTICLES = Path(__file__).parent / "data" / "articles"

WRONG = """
全区建成基地28个，比2024年的16个增加12个，增长57%。|57%|(28个 − 16个) ÷ 16个 = 75%
全区建成基地28个，比2024年的16个增加11个，增长75%。|11个|28个 − 16个 = 12个
校园面积由6.5亩增加到26亩，是原来的3倍。|3倍|26亩 ÷ 6.5亩 = 4
班级从12个增加到30个，翻了一番。|翻了一番|30个 ÷ 12个 = 2.5
参赛学生从400人减少到300人，下降33%。|33%|(400人 − 300人) ÷ 400人 = 25%
覆盖率由85%提高到96.8%，提高12.8个百分点。|12.8个百分点|96.8% − 85% = 11.8个百分点
2024年投入120万元，2025年投入150万元，增长20%。|20%|(150万元 − 120万元) ÷ 120万元 = 25%
去年投入120万元，今年投入150万元，增长30%。|30%|(150万元 − 120万元) ÷ 120万元 = 25%
教职工54名，专任教师45名，占教职工总数的84.3%。|84.3%|45名 ÷ 54名 = 83.33%
学校有126名学生。住校63名，占学生总数的60%。|60%|63名 ÷ 126名 = 50%
收回120份，满意的有114份，占93%。|93%|114份 ÷ 120份 = 95%
毕业的9名学生里，有6名找到了工作，占四分之三。|四分之三|6名 ÷ 9名 = 66.667%
配备教师310名，其中专职86名、兼职214名。|310名，其中专职86名、兼职214名|86名 + 214名 = 300名
计划招收新生6240人，其中城区3900人、农村2430人。|6240人，其中城区3900人、农村2430人|3900人 + 2430人 = 6330人
建成工作室22个，其中市级5个、区级18个。|22个，其中市级5个、区级18个|5个 + 18个 = 23个
小学8所、初中6所，共15所。|8所、初中6所，共15所|8所 + 6所 = 14所
学校有教师60名，其中党员70名。|70名|70名 > 60名
"""
RIGHT = """
投入由1.2亿元增加到1.5亿元，增长25%。
投入由1.2亿元增加到1.5亿元，增长27%。
班级从12个增加到24个，翻了一番。
教职工54名，专任教师45名，占教职工总数的83.3%。
专任教师45名，占全区教师的3%。
学校有学生约200人，其中男生90人、女生100人。
共有教师60名，其中女教师40名、党员25名、高级教师20名。
共有教师60名，其中高级教师20名、一级教师15名。
去年增长8%，今年增长12.3%。
平均每班45人，其中最大的班52人。
从5所学校的12个班增加到20个班，年均增长10%。
由2所学校增加到5所，新增学位5200个，增长8%。
比分从3:1变为3:2，占50%。
"""


def found(text):
    return [(text[each.start : each.end], each.sum) for each in wrong_sums(text)]


@pytest.mark.parametrize("line", WRONG.strip().splitlines())
def test_what_does_not_come_out(line):
    text, words, arithmetic = line.split("|")
    assert found(text) == [(words, arithmetic)]


@pytest.mark.parametrize("line", RIGHT.strip().splitlines())
def test_what_comes_out_or_may(line):
    assert found(line) == []


@pytest.mark.parametrize("name", ["news", "notice", "interview", "damaged"])
def test_articles_come_out(name):
    text = re.sub(r"\{[snt] ([^{}|]*)(?:\|[^{}]*)?\}", r"\1", (ARTICLES / f"{name}.txt").read_text("utf-8"))
    assert [each for line in text.splitlines() for each in found(line)] == []


@pytest.mark.django_db
def test_the_list_shows_the_arithmetic():
    page = make_story(
        live=False, body=[{"type": "text", "id": "t1", "value": "<p>收回<b>120</b>份，满意的114份，占93%。</p>"}]
    )
    with translation.override("en"):
        [finding] = [each for each in findings_for(page) if each.check == "newsroom.sums"]
    assert (finding.place, finding.level, finding.mend) == ("body.t1", Level.WARNING, None)
    assert finding.message == "“93%” does not come out: 114份 ÷ 120份 = 95%"
