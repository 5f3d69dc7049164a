"""Offices that have another name now.

National ones: 国务院机构改革方案 of 1998, 2008, 2013, 2018 and 2023, and 深化党和国家机构改革方案 of 2018; those of education:
notices of 教育部. Municipal ones followed in 2018 and 2019 in every province, so they are named by the kind of office.
An education commission (教育委员会, 教委) is still called so in Chongqing, Beijing, Shanghai and Tianjin: only the State
Education Commission (国家教委), which became the Ministry of Education in 1998, is in the list.

An old name is right in a text about old times: what is 原, 前身, 更名, or stands in a sentence with an earlier year is left
alone. Names that are those of a school's own departments as well (文化部, 卫生部) count only beside other ministries.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .slips import Slip


class Office(NamedTuple):
    old: str  # a regular expression
    present: str
    since: int


_BESIDE = r"(?:教育部|财政部|民政部|公安部|科技部|人力资源和社会保障部|国家发展改革委|国家发展和改革委员会)、"
_OF_PLACE = r"(?<=[市区县省])"

OFFICES = (
    Office("国家教育委员会|国家教委", "教育部", 1998),
    Office("国土资源部(?!门)", "自然资源部", 2018),
    Office("环境保护部(?!门)|国家环保总局|国家环境保护总局", "生态环境部", 2018),
    Office(rf"{_BESIDE}(?P<x>农业部)(?!门)", "农业农村部", 2018),
    Office(rf"{_BESIDE}(?P<x>文化部)(?!门)", "文化和旅游部", 2018),
    Office("国家旅游局", "文化和旅游部", 2018),
    Office(rf"{_BESIDE}(?P<x>卫生部)(?!门)", "国家卫生健康委员会", 2013),
    Office("国家卫生和计划生育委员会|国家卫生计生委|国家卫计委", "国家卫生健康委员会", 2018),
    Office("国家人口和计划生育委员会|国家人口计生委", "国家卫生健康委员会", 2013),
    Office(rf"{_BESIDE}(?P<x>铁道部)|中华人民共和国铁道部", "国家铁路局", 2013),
    Office("劳动和社会保障部|国家人事部", "人力资源和社会保障部", 2008),
    Office("信息产业部(?!门)", "工业和信息化部", 2008),
    Office("国家工商行政管理总局|国家工商总局", "国家市场监督管理总局", 2018),
    Office("国家质量监督检验检疫总局|国家质检总局", "国家市场监督管理总局", 2018),
    Office("国家食品药品监督管理总局|国家食药监总局", "国家市场监督管理总局", 2018),
    Office("国家安全生产监督管理总局|国家安监总局", "应急管理部", 2018),
    Office("国家新闻出版广电总局|国家广播电影电视总局", "国家广播电视总局", 2018),
    Office("国家林业局", "国家林业和草原局", 2018),
    Office("国家粮食局", "国家粮食和物资储备局", 2018),
    Office("国务院法制办公室|国务院法制办", "司法部", 2018),
    Office("国务院扶贫开发领导小组办公室|国务院扶贫办", "国家乡村振兴局", 2021),
    Office("中国银行保险监督管理委员会|中国银保监会", "国家金融监督管理总局", 2023),
    Office("中国保险监督管理委员会|中国保监会|中国银行业监督管理委员会|中国银监会", "国家金融监督管理总局", 2018),
    Office("教育部考试中心", "教育部教育考试院", 2022),
    Office("国家汉办|孔子学院总部", "教育部中外语言交流合作中心", 2020),
    Office(
        rf"{_OF_PLACE}(?:卫生和计划生育委员会|卫生计生委|卫计委|卫生局|人口和计划生育委员会|计生委)",
        "卫生健康委员会",
        2018,
    ),
    Office(
        rf"{_OF_PLACE}(?:工商行政管理局|工商局|质量技术监督局|质监局|食品药品监督管理局|食药监局)",
        "市场监督管理局",
        2018,
    ),
    Office(rf"{_OF_PLACE}(?:安全生产监督管理局|安监局)", "应急管理局", 2018),
    Office(rf"{_OF_PLACE}(?:环境保护局|环保局)", "生态环境局", 2018),
    Office(rf"{_OF_PLACE}(?:国家税务局|国税局|地方税务局|地税局)", "税务局", 2018),
    Office(rf"{_OF_PLACE}(?:人事局|劳动局|劳动和社会保障局|人力社保局)", "人力资源和社会保障局", 2008),
    Office(rf"{_OF_PLACE}(?:法制办公室|法制办)", "司法局", 2018),
    Office(rf"{_OF_PLACE}(?:文化广电新闻出版局|文广新局)", "文化和旅游局", 2018),
)
_ANY = re.compile(
    "|".join(f"(?P<o{number}>{office.old.replace('?P<x>', '')})" for number, office in enumerate(OFFICES))
)
_WORDS = re.compile(
    "|".join(dict.fromkeys(word for office in OFFICES for word in re.findall("[\u4e00-\u9fff]{3,}", office.old)))
)
"""Words of which every old name holds one: where there is none, nothing need be looked for."""
_X = [re.compile(office.old) for office in OFFICES]
_FORMER = re.compile(r"(?:原|时任|前|旧)(?:来的)?\Z|(?:曾任|曾在|历任)[^。！？]{0,20}\Z")
_RENAMED = re.compile(r"前身|更名|改名|改称|改为|撤销|合并|整合|组建|重组|并入|划转|旧称|曾称|当年|当时")
_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?=年)")
_SENTENCE = re.compile(r"[^。！？\n]*")
_DOCUMENT = re.compile(r"《[^《》]{0,80}\Z")


def offices(text: str) -> Iterator[Slip]:
    if not _WORDS.search(text):
        return
    for found in _ANY.finditer(text):
        number = int(str(found.lastgroup)[1:])
        office = OFFICES[number]
        named = _X[number].match(text, found.start())
        start = named.start("x") if named and "x" in _X[number].groupindex and named["x"] else found.start()
        if not _is_of_old_times(text, start, office.since):
            yield Slip("office", start, found.end(), office.present)


def _is_of_old_times(text: str, start: int, since: int) -> bool:
    """Also within the title of a document, which keeps its name."""
    before = text[max(0, start - 100) : start]
    if _FORMER.search(before) or _DOCUMENT.search(before):
        return True
    first = max(text.rfind(mark, 0, start) for mark in "。！？\n") + 1
    sentence = text[first : _SENTENCE.match(text, start).end()]  # type: ignore[union-attr]
    return bool(_RENAMED.search(sentence)) or any(int(year[0]) <= since for year in _YEAR.finditer(sentence))
