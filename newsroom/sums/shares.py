"""A part of a whole: 教职工54名，专任教师45名，占教职工总数的83.3%; 收回120份，满意的有114份，占95%."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from .amounts import PERCENT, Amount, Sentence, Wrong, agrees, shown


_SHARE = re.compile(
    r"占(?:了|到|比|了?总数的)?(?P<whole>[^，。；、：]{0,18}?)(?:的)?(?:比例|比重|比率)?(?:为|达到?|约)?\s*\Z"
)
_GENERAL = re.compile(r"(?:其|总|全部|总数|总人数|总量|总数量|的|一共|所有|参与|参加|调查|当中|其中|份|人数|数|比)*")
_WIDER = re.compile(r"全国|全市|全省|全区|全县|全镇|全校|城区|主城|总投入|预算|财政")
_CORE = re.compile(
    r"(?:全部|所有|总)?(?P<noun>[\u4e00-\u9fff]{2,8}?)(?:总数|总人数|总量|人数|总额|总面积|面积|总和|数)?\Z"
)
_CLOSE = 22  # characters between a part and what is said of it


def wrong_shares(sentence: Sentence, paragraph: Sequence[Sentence]) -> Iterator[Wrong]:
    """`paragraph`: the sentences up to this one, where the whole may stand."""
    for place, claim in enumerate(sentence.amounts):
        if not (claim.unit == PERCENT or "分之" in claim.text):
            continue
        found = _SHARE.search(sentence.text[: claim.start - sentence.start])
        part = next((each for each in reversed(sentence.amounts[:place]) if not each.is_ratio), None)
        if found is None or part is None or sentence.start + found.start() - part.end > _CLOSE:
            continue
        if claim.value > 100 or _has_stop(sentence, part.end, sentence.start + found.start()):
            continue
        wholes = _wholes(found["whole"], part, sentence, paragraph)
        if len(wholes) == 1 or (wholes and not _GENERAL.fullmatch(found["whole"])):
            yield from _wrong(claim, part, wholes)


def _has_stop(sentence: Sentence, start: int, end: int) -> bool:
    return bool(re.search("；|其中", sentence.text[start - sentence.start : end - sentence.start]))


def _wholes(words: str, part: Amount, sentence: Sentence, paragraph: Sequence[Sentence]) -> list[Amount]:
    """What the words name; if they name nothing, what is counted alike before in the sentence."""
    if _GENERAL.fullmatch(words):
        since = sentence.start + sentence.text.rfind("；", 0, part.start - sentence.start) + 1
        return [
            each
            for each in sentence.amounts
            if since <= each.start and each.end <= part.start and _is_like(each, part) and each.value > part.value
        ]
    core = _CORE.search(words)
    if core is None or _WIDER.search(words):
        return []
    noun = core["noun"]
    return [
        each
        for where in paragraph
        for each in where.amounts
        if each.start != part.start and _is_like(each, part) and each.value >= part.value and _is_of(noun, each, where)
    ]


def _is_like(one: Amount, other: Amount) -> bool:
    people = {"名", "人", "位"}
    return not one.is_ratio and (one.unit == other.unit or {one.unit, other.unit} <= people)


def _is_of(noun: str, amount: Amount, where: Sentence) -> bool:
    """教职工54名, 126名学生: right before or right after."""
    start, end = amount.start - where.start, amount.end - where.start
    return where.text[:start].rstrip("共有达为").endswith(noun) or where.text[end : end + len(noun)] == noun


def _wrong(claim: Amount, part: Amount, wholes: list[Amount]) -> Iterator[Wrong]:
    """None if it is right of any of them."""
    per = Decimal(100) if claim.unit == PERCENT else Decimal(1)
    if any(agrees(claim, part.low / whole.high * per, part.high / whole.low * per) for whole in wholes):
        return
    whole = wholes[-1]
    result = shown(part.value / whole.value * 100, claim)
    yield Wrong(claim.start, claim.end, f"{part.text} ÷ {whole.text} = {result}%")
