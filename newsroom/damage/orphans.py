"""Captions that lost their picture: short lines in the middle of a text that say what a picture shows.

A heading looks much like one. What tells them apart: a caption says so (图为…, △, 张三 摄), ends with what pictures show
(合影, 现场), or stands in a row of three lines and more, which headings do not.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from core.text.heading_numbers import numbered

from ..importing.captions import is_marked
from .lines import HEADINGS, Kind, Line
from .sentences import ends


LONGEST = 60
_ARROWS = "△▲▽▼"
_SHOWN = re.compile(
    r"(?:合影(?:留念)?|留影|现场|掠影|剪影|一角|一隅|一景|全景|全貌|外景|远景|近景|夜景|街景|鸟瞰图?|俯瞰图?|航拍图?|资料图片?|效果图|示意图|"
    r"规划图|实景图?|新貌|风貌|外观|校门|场景|瞬间|画面|照片|图片|海报|剧照|签约仪式|揭牌仪式|开学典礼|毕业典礼)$"
)
_GOING_ON = re.compile(r"正在|在[^，。]{2,12}(?:上课|活动|训练|表演|阅读|劳动|观看|参观|比赛|采摘|实验)$")
_PLACE = r"[\u4e00-\u9fff]{1,14}?(?:区|县|市|镇|乡|街道|中学|小学|学校|幼儿园|学院|大学|[一二三四五六七八九十]中|[一二三四五六七八九十]小)"
_OF_PLACE = re.compile(
    rf"{_PLACE}(?:[\u4e00-\u9fff\d年月]{{0,24}})?(?:活动|校区|校园|校舍|教学楼|图书馆|操场|展|展示|展演|演出|比赛|运动会|课堂|培训|会|仪式|"
    rf"园|馆|楼|课|园地|基地|社团|队)$"
)


def orphans(lines: Sequence[Line]) -> list[int]:
    """The numbers of captions between paragraphs of text, with no picture beside them."""
    found: list[int] = []
    for is_short, group in groupby(range(len(lines)), key=lambda number: _is_short(lines[number])):
        run = list(group)
        if is_short and _is_within_text(lines, run):
            found += _captions(lines, run)
    return found


def _is_short(line: Line) -> bool:
    text = line.text.strip()
    if line.kind is Kind.TEXT and is_marked(text):
        return len(text) <= (LONGEST if text[0] in _ARROWS else 2 * LONGEST)  # △ begins items of news, too
    return (
        line.kind in (Kind.TEXT, Kind.LIKE_HEADING)
        and len(text) <= LONGEST
        and not ends(text)
        and not numbered(text)
        and "，" not in text
        and not re.search(r"[：:]", text)
    )


def _is_within_text(lines: Sequence[Line], run: list[int]) -> bool:
    before, after = run[0] - 1, run[-1] + 1
    if before < 0 or after >= len(lines):
        return False
    if lines[before].kind in (Kind.ABOVE, Kind.BYLINE, Kind.PICTURE) or lines[after].kind is Kind.PICTURE:
        return False
    return any(line.is_text for line in lines[: run[0]]) and any(_is_story(line) for line in lines[after:])


def _is_story(line: Line) -> bool:
    return line.is_text and len(line.text) > LONGEST // 2 and ends(line.text)


def _captions(lines: Sequence[Line], run: list[int]) -> list[int]:
    certain = [number for number in run if _is_certain(lines[number].text)]
    likely = [number for number in run if number in certain or _OF_PLACE.match(lines[number].text.strip())]
    if certain:
        return likely
    is_row = len(run) > 2 and not any(lines[number].kind in HEADINGS for number in run)
    return run if is_row and 2 * len(likely) > len(run) else []


def _is_certain(text: str) -> bool:
    text = text.strip()
    return is_marked(text) or bool(_SHOWN.search(text)) or bool(_GOING_ON.search(text))
