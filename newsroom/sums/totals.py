"""Parts that make a whole: 工作室22个，其中市级5个、区级17个; 小学8所、初中6所，共14所.

其中 may name some of the parts, or parts that overlap (女教师30名、党员25名). So a sum counts only if it is clear that these are
all: by words that leave no third (专职、兼职), by a total behind the parts, or because it all but comes out.
"""

import re
from collections.abc import Iterator
from decimal import Decimal

from .amounts import Amount, Sentence, Wrong, agrees


_AMONG = re.compile(r"[，；（(]?(?:其中|包括|分别(?:为|是))(?!的|之)[:：，]?")
_TOTAL = re.compile(r"[，,]?\s*(?:共|共计|总计|合计|一共|总共)(?:有|计)?\s*\Z")
_PARTED = re.compile(r"[，、；和及与]|以及")
_WHOLE_PAIRS = (
    *(
        ("专职", "兼职"),
        ("男", "女"),
        ("城区", "农村"),
        ("城市", "农村"),
        ("城镇", "农村"),
        ("公办", "民办"),
        ("线上", "线下"),
    ),
    *(
        ("中小学", "幼儿园"),
        ("走读", "住校"),
        ("新建", "改扩建"),
        ("在编", "非在编"),
        ("党员", "群众"),
        ("一期", "二期"),
    ),
)
_NEARLY = Decimal("0.03")  # of the whole: who names all parts but one of these would say so


def wrong_totals(sentence: Sentence) -> Iterator[Wrong]:
    yield from _among(sentence)
    yield from _summed_up(sentence)


def _among(sentence: Sentence) -> Iterator[Wrong]:
    for found in _AMONG.finditer(sentence.text):
        at = sentence.start + found.start()
        whole = next((each for each in reversed(sentence.amounts) if each.end <= at and not each.is_ratio), None)
        if whole is None or at - whole.end > 12:
            continue
        parts = _parts(sentence, sentence.start + found.end(), whole)
        if len(parts) < 2:
            if parts and parts[0].low > whole.high and not _is_average(sentence, whole):
                yield Wrong(parts[0].start, parts[0].end, f"{parts[0].text} > {whole.text}")
            continue
        low, high = sum(each.low for each in parts), sum(each.high for each in parts)
        if not agrees(whole, Decimal(low), Decimal(high)) and _are_all(sentence, whole, parts):
            yield Wrong(whole.start, parts[-1].end, _added(parts))


def _is_average(sentence: Sentence, whole: Amount) -> bool:
    return bool(re.search("均|每", sentence.text[: whole.start - sentence.start][-14:]))


def _parts(sentence: Sentence, start: int, whole: Amount) -> list[Amount]:
    """Amounts of the same unit in a row, each in a member of the list of its own."""
    parts: list[Amount] = []
    cursor = start
    for each in sentence.amounts:
        if each.start < start:
            continue
        words = sentence.text[cursor - sentence.start : each.start - sentence.start]
        is_next = (
            len(words) <= 14 and (not parts or _PARTED.search(words)) and not re.search(r"共|增|减|占|比|；", words)
        )
        if each.unit != whole.unit or not is_next:
            break
        parts.append(each)
        cursor = each.end
    return parts


def _are_all(sentence: Sentence, whole: Amount, parts: list[Amount]) -> bool:
    total = sum(each.value for each in parts)
    words = sentence.text[whole.end - sentence.start : parts[-1].end - sentence.start]
    if len(parts) == 2 and any(one in words and other in words for one, other in _WHOLE_PAIRS):
        return True
    if abs(total - whole.value) <= whole.value * _NEARLY:
        return True
    return total > whole.value and _have_one_kind(sentence, parts)


def _have_one_kind(sentence: Sentence, parts: list[Amount]) -> bool:
    """听力障碍31名、智力障碍78名: kinds of one thing, that do not overlap."""
    names = [sentence.text[: each.start - sentence.start][-2:] for each in parts]
    return len({name[-1:] for name in names}) == 1 and len({*names}) <= len(names)


def _summed_up(sentence: Sentence) -> Iterator[Wrong]:
    """A total behind a list."""
    for place, whole in enumerate(sentence.amounts):
        words = sentence.text[: whole.start - sentence.start]
        found = _TOTAL.search(words)
        if whole.is_ratio or found is None or place < 2:
            continue
        parts = _listed(sentence, place, sentence.start + found.start())
        low, high = sum(each.low for each in parts), sum(each.high for each in parts)
        if len(parts) > 1 and not agrees(whole, Decimal(low), Decimal(high)):
            yield Wrong(parts[0].start, whole.end, _added(parts))


def _listed(sentence: Sentence, place: int, end: int) -> list[Amount]:
    """The list that ends there, read backwards: its members are parted by 、 or a comma."""
    parts: list[Amount] = []
    unit = sentence.amounts[place].unit
    for each in reversed(sentence.amounts[:place]):
        words = sentence.text[each.end - sentence.start : end - sentence.start]
        is_member = (not parts and not words.strip("，, ")) or (parts and _PARTED.search(words) and len(words) <= 12)
        if each.unit != unit or not is_member or re.search(r"共|其中|比|增|减", words):
            break
        parts.insert(0, each)
        end = each.start
    return parts


def _added(parts: list[Amount]) -> str:
    total = sum(each.value for each in parts)
    unit = parts[0].unit
    return f"{' + '.join(each.text for each in parts)} = {Decimal(total).normalize():f}{unit}"
