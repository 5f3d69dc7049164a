"""From one amount to another: 由16个增加到28个，增长75%; 28个，比2024年的16个增加12个; 是原来的4倍; 翻了一番."""

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

from .amounts import PERCENT, POINTS, TIMES, Amount, Sentence, Wrong, agrees, shown


_UP = "增加|增长|提高|提升|上升|扩大|扩展|增|升|涨|多"
_DOWN = "减少|下降|降低|缩减|缩小|压减|减|降|少"
_TO = re.compile(rf"[，]?\s*(?:{_UP}|{_DOWN})(?:到了?|至|为)\s*\Z")
_FROM = re.compile(r"(?:由|从|自)[^，。；]{0,16}\Z")
_THAN = re.compile(r"(?:比|较)[^，。；]{0,14}\Z")
_BY = re.compile(rf"(?:同比|环比|净)?(?P<way>{_UP}|{_DOWN})(?:了|幅度?(?:为|达)?)?\s*\Z")
_RATE = re.compile(rf"(?:同比|环比|年均)?(?P<way>{_UP}|{_DOWN})(?:率|幅度?)?(?:了|达到?|为|约)?\s*\Z")
_OF_BEFORE = re.compile(
    r"(?:是|为|达到?|相当于)[^，。；]{0,6}(?:原来|原先|过去|之前|以前|去年|前者|上年|同期)[^，。；]{0,4}的\s*\Z"
)
_DOUBLED = re.compile(r"翻了?(?P<times>一|两|二)番")
_OTHERWISE = re.compile(r"[从由]|扣除|可比|实际增|名义增|不变价|人均")
_YEARLY = re.compile(r"年均|平均|每[年月周]|分别|其中|累计")
_YEAR = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})年(?![—～~至到-])|(前年|去年|上年|今年)")
_OF_WORDS = {"前年": -2, "去年": -1, "上年": -1, "今年": 0}


class Change(NamedTuple):
    before: Amount
    after: Amount
    end: int  # in the paragraph: from here on is what is said of it


def wrong_growth(sentence: Sentence) -> Iterator[Wrong]:
    changes = [*_changes(sentence)]
    for number, change in enumerate(changes):
        until = changes[number + 1].before.start if number + 1 < len(changes) else sentence.start + len(sentence.text)
        yield from _claims(sentence, change, until)


def _changes(sentence: Sentence) -> Iterator[Change]:
    amounts = sentence.amounts
    for first, second in pairwise(amounts):
        if first.unit != second.unit or first.unit in (POINTS, TIMES):
            continue
        between = _words(sentence, first.end, second.start)
        if _TO.search(between) and len(between) <= 12 and _FROM.search(_words(sentence, 0, first.start)):
            yield Change(first, second, second.end)
    for place, before in enumerate(amounts):
        words = _words(sentence, 0, before.start)
        after = next((each for each in reversed(amounts[:place]) if each.unit == before.unit), None)
        than = _THAN.search(words)
        if than and after and not before.is_ratio and after.end <= sentence.start + than.start():
            behind = _words(sentence, before.end, before.end + 4)
            if re.match(rf"(?:同比|净)?(?:{_UP}|{_DOWN})(?!到|至|为)", behind):
                yield Change(before, after, before.end)
    yield from _by_years(sentence)


def _by_years(sentence: Sentence) -> Iterator[Change]:
    """2024年投入120万元，2025年投入150万元: two amounts and no more, each with its year."""
    plain = [each for each in sentence.amounts if not each.is_ratio]
    if len(plain) != 2 or plain[0].unit != plain[1].unit:
        return
    years = [_year_of(sentence, 0, plain[0].start), _year_of(sentence, plain[0].end, plain[1].start)]
    if years[0] is None or years[1] is None or years[0][1] != years[1][1] or years[0] == years[1]:
        return
    if _OTHERWISE.search(sentence.text) or _THAN.search(_words(sentence, 0, plain[1].start)):
        return
    before, after = plain if years[0][0] < years[1][0] else (plain[1], plain[0])
    yield Change(before, after, plain[1].end)


def _year_of(sentence: Sentence, start: int, end: int) -> tuple[int, bool] | None:
    """(year, whether it is a number) of the one year that is named there."""
    found = _YEAR.findall(_words(sentence, start, end))
    if len(found) != 1:
        return None
    number, word = found[0]
    return (int(number), True) if number else (_OF_WORDS[word], False)


def _claims(sentence: Sentence, change: Change, until: int) -> Iterator[Wrong]:
    """What is said of a change: by how much, by how many per cent, how many times."""
    for claim in sentence.between(change.end, until):
        words = _words(sentence, change.end, claim.start)
        is_of_another = not claim.is_ratio and claim.unit != change.before.unit
        if is_of_another or _YEARLY.search(words):
            return
        yield from _wrong(claim, words, change)
    for found in _DOUBLED.finditer(sentence.text):
        start = sentence.start + found.start()
        if change.end <= start < until and not _YEARLY.search(_words(sentence, change.end, start)):
            yield from _wrong_doubling(change, start, found)


def _wrong(claim: Amount, words: str, change: Change) -> Iterator[Wrong]:
    rate, by = _RATE.search(words), _BY.search(words)
    if claim.unit in (PERCENT, TIMES) and rate and change.before.unit != PERCENT:
        per = Decimal(100) if claim.unit == PERCENT else Decimal(1)
        yield from _wrong_rate(claim, change, per)
    elif claim.unit == TIMES and _OF_BEFORE.search(words):
        low, high = change.after.low / change.before.high, change.after.high / change.before.low
        if not agrees(claim, low, high):
            result = shown(change.after.value / change.before.value, claim)
            yield Wrong(claim.start, claim.end, f"{change.after.text} ÷ {change.before.text} = {result}")
    elif by and claim.unit == (POINTS if change.before.unit == PERCENT else change.before.unit):
        yield from _wrong_difference(claim, change)


def _wrong_rate(claim: Amount, change: Change, per: Decimal) -> Iterator[Wrong]:
    low = (change.after.low - change.before.high) / change.before.high * per
    high = (change.after.high - change.before.low) / change.before.low * per
    if change.after.value < change.before.value:
        low, high = -high, -low
    if not agrees(claim, low, high):
        greater, less = sorted([change.before, change.after], key=lambda each: -each.value)
        result = shown(abs(change.after.value - change.before.value) / change.before.value * per, claim)
        sign = "%" if per != 1 else ""
        yield Wrong(claim.start, claim.end, f"({greater.text} − {less.text}) ÷ {change.before.text} = {result}{sign}")


def _wrong_difference(claim: Amount, change: Change) -> Iterator[Wrong]:
    greater, less = sorted([change.before, change.after], key=lambda each: -each.value)
    if not agrees(claim, greater.low - less.high, greater.high - less.low):
        result = shown(greater.value - less.value, claim)
        yield Wrong(claim.start, claim.end, f"{greater.text} − {less.text} = {result}{claim.unit}")


def _wrong_doubling(change: Change, start: int, found: re.Match[str]) -> Iterator[Wrong]:
    """翻番 is said of what is about twice as much, too: a tenth more or less is let be."""
    times = 2 if found["times"] == "一" else 4
    ratio = change.after.value / change.before.value
    if abs(ratio - times) > times * Decimal("0.1"):
        result = f"{ratio.quantize(Decimal('0.01')).normalize():f}"
        yield Wrong(start, start + len(found[0]), f"{change.after.text} ÷ {change.before.text} = {result}")


def _words(sentence: Sentence, start: int, end: int) -> str:
    """From one place of the paragraph to another, within the sentence."""
    return sentence.text[max(0, start - sentence.start) : max(0, end - sentence.start)]
