"""The figures of a text that say how many or how much: not dates, ages, ordinals, numbers of lists or parts of names."""

import re
from collections.abc import Iterator

from .figures import Qualifier, Reading
from .reading import read_numbers


# Reading a text takes a hundred times as long as seeing that there is nothing to read.
_HAS_NUMBER = re.compile(r"[\d〇零一二两三四五六七八九十百千万亿半]")
_TITLES = re.compile(r"《[^《》]{1,80}》|“[^“”\d]{1,6}”")  # “三名工程” is a name, too
# When, or which one. 时 and 分 are times of day; 班, 楼 and 路 are numbered.
_NOT_COUNTED = frozenset("月 日 号 时 点 分 秒 届 期 版 页 章 岁 年级 班 楼 路 年代 世纪 年度 学年 学期".split())  # noqa: SIM905 (they are many)
_MARKER = re.compile(r"[.．、)）:：](?!\d)")
_LATELY = re.compile(r"(?:近|最近|过去|未来|今后|此后|往后|前|后|这|头)\Z")
_PROGRAMME = re.compile(r"(?:行动|规划|计划|方案|攻坚|工程)")
_CODE = 1_000_000  # bare digits from here on are telephones and numbers of documents
_FIRST_YEAR = 1000


def counts(text: str) -> list[Reading]:
    """Those of `read_numbers(text)` that could be figures of their own. Never raises on text."""
    if not _HAS_NUMBER.search(text):
        return []
    return list(_counts(text))


def _counts(text: str) -> Iterator[Reading]:
    titles = [found.span() for found in _TITLES.finditer(text)]
    for each in read_numbers(text):
        is_in_title = any(start < each.start < end for start, end in titles)
        is_no_count = each.ordinal or each.unit in _NOT_COUNTED or _is_article(each)
        if not (is_in_title or is_no_count or _is_time(each, text) or _is_marker(each, text)):
            yield each


def _is_article(each: Reading) -> bool:
    """一个孩子, 一座山: no count; 一成 is."""
    return each.value == 1 and each.high is None and each.text.startswith("一") and each.unit not in ("成", "%")


def _is_time(each: Reading, text: str) -> bool:
    """2023年, 三年行动, 近三年, 6周岁."""
    if each.unit == "周":
        return text.startswith("岁", each.end)
    if each.unit != "年":
        return False
    is_year = each.value >= _FIRST_YEAR and each.qualifier == Qualifier.EXACT
    return is_year or bool(_PROGRAMME.match(text, each.end) or _LATELY.search(text, max(0, each.start - 2), each.start))


def _is_marker(each: Reading, text: str) -> bool:
    """1. at the head of an item; 47521234."""
    if each.unit or each.qualifier != Qualifier.EXACT or each.high is not None:
        return False
    is_short = each.value < 100 and each.text.isdigit()
    return (each.value >= _CODE and each.text.isdigit()) or (is_short and bool(_MARKER.match(text, each.end)))
