"""Text after the byline: a column that got behind the end of its story."""

import re
from collections.abc import Sequence

from ..importing.bylines import DATE, EDITOR, REVIEWER, SOURCE, WRITER, byline_of, is_bare
from ..importing.captions import credits_all, is_marked
from .lines import HEADINGS, Kind, Line


SENTENCE = 12  # characters of the shortest paragraph that is text
BEFORE = 3  # paragraphs of text that stand before the end of a story
_NAMES = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[ \u3000、]+[\u4e00-\u9fff·]{2,4}){0,5}")
# What may stand after the names: other parts of a page, and what offices add.
_PARTS = re.compile(
    r"[【\[■◆●▲▼★▎|｜\s]*(?:(?:相关|知识|新闻|背景|延伸|政策|数据|人物|专家|记者|编辑|名词|评|短|采访|校长|教师|网友)?"
    r"(?:链接|阅读|背景|手记|解释|解读|点评|评论|短评|评|札记|感言|寄语|声音|观点|名片|档案|提示|贴士|小贴士|数读|说明|编后|后记|附记|"
    r"附件|附表|附录|附|注释|备注|注|原标题|版权声明|声明|推荐阅读|往期回顾|往期))(?:[】\]:：、 \u3000\d一二三四五六七八九十（(]|$)|编后|编者按|"
    r"(?:联系|咨询|监督|举报|服务)?(?:电话|地址|邮箱|人|方式)[:：]|（[^（）]{2,40}）$|\([^()]{2,40}\)$|[-—=*＊·\s]+$"
)


def byline_at(lines: Sequence[Line]) -> int | None:
    """The number of the last line of the names at the end of a story; None without one."""
    texts = 0
    for number, line in enumerate(lines):
        if texts >= BEFORE and _closes(lines, number):
            return _last_of(lines, number)
        texts += line.is_text and len(line.text) >= SENTENCE
    return None


def stray_after(lines: Sequence[Line]) -> range:
    """The numbers of the lines after the byline that are text of the story, with headings before and between; empty if
    there are none."""
    at = byline_at(lines)
    if at is None or _closes_again(lines, at):
        return range(0)
    found: list[int] = []
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if _PARTS.match(line.text):
            break
        if line.kind in HEADINGS or (line.is_text and not _is_end_matter(line.text)):
            found.append(number)
    if not any(lines[number].is_text and len(lines[number].text) >= SENTENCE for number in found):
        return range(0)
    return range(found[0], found[-1] + 1)


def _closes(lines: Sequence[Line], number: int) -> bool:
    """Whether this line ends a story: names with what they did, or names alone beside a line about the pictures."""
    line = lines[number]
    if line.kind not in (Kind.BYLINE, Kind.TEXT, Kind.LIKE_HEADING):
        return False
    roles = _roles(line.text)
    if roles & {WRITER, EDITOR} and not is_bare(line.text):
        return True
    if credits_all(line.text):
        return True
    is_names = bool(_NAMES.fullmatch(line.text.strip())) and (line.kind is Kind.BYLINE or is_bare(line.text))
    return is_names and _ends_cut_off(lines, number)


def _ends_cut_off(lines: Sequence[Line], number: int) -> bool:
    """Names alone may be a list within the text: they close a story if nothing like them is beside, and a heading or the
    end is next."""
    after = lines[number + 1 : number + 2]
    beside = [*lines[max(0, number - 1) : number], *after]
    if any(_NAMES.fullmatch(each.text.strip()) and is_bare(each.text) for each in beside):
        return False
    return not after or after[0].kind in (*HEADINGS, Kind.BYLINE)


def _last_of(lines: Sequence[Line], number: int) -> int:
    """Names, pictures and the like are several lines."""
    while number + 1 < len(lines) and (
        lines[number + 1].kind is Kind.BYLINE or _names_somebody(lines[number + 1].text)
    ):
        number += 1
    return number


def _closes_again(lines: Sequence[Line], at: int) -> bool:
    """Whether another writer is named at the very end: then several pieces stand one after the other."""
    tail = [line for line in lines[at + 1 :] if line.text.strip()][-2:]
    return any(WRITER in _roles(line.text) and not is_bare(line.text) for line in tail)


def _is_end_matter(text: str) -> bool:
    return bool(_PARTS.match(text)) or _names_somebody(text)


def _names_somebody(text: str) -> bool:
    if credits_all(text) or is_marked(text):
        return True
    found = byline_of(text)
    if found is None or is_bare(text):
        return False
    return bool(_roles(text) or found.date or found.source or found.reviewers)


def _roles(text: str) -> set[str]:
    found = byline_of(text)
    if found is None:
        return set()
    roles = {role for role, _name in found.people}
    marks = ((SOURCE, found.source), (REVIEWER, found.reviewers), (DATE, found.date))
    return roles | {role for role, said in marks if said}
