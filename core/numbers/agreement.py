"""Whether two figures say the same."""

from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from .figures import Qualifier, Reading


# One meaning, several words.
_SAME = {
    "位": "人",
    "名": "人",
    "平米": "平方米",
    "㎡": "平方米",
    "m²": "平方米",
    "km²": "平方公里",
    "平方千米": "平方公里",
    "km": "公里",
    "千米": "公里",
    "千克": "公斤",
    "kg": "公斤",
    "ha": "公顷",
    "百分点": "个百分点",
    "个小时": "小时",
    "个星期": "周",
    "星期": "周",
}
# A missing unit word leaves these open to a hundredfold misreading, so it does not match them.
_NEVER_OMITTED = frozenset({"%", "‰", "个百分点", "成", "倍"})


def agree(a: Reading, b: Reading) -> bool:
    """True if `a` and `b` may stand for one figure; symmetric.

    * Units are the same word or synonyms (名, 位, 人). A missing unit matches any but %, 个百分点, 成, 倍.
    * Values are equal after rounding to the coarser quantum: 1.37亿 and 137000000, 1.37亿 and 1.368亿.
    * Qualifiers: 'about' contradicts none. 'more' against 'nearly' contradicts.
      'more than N' agrees with an exact value only above N and within the printed step: 223456人 is 22.3万余人,
      but 9000万元 and 9000多万元 contradict: dropping 余 changes what is said. 'nearly N' is the mirror image.
      Two 'more' figures are cut, not rounded: 22.36万余 is 22.3万余.
    * Ranges agree if both ends do; a range never agrees with a single value. Ordinals agree with ordinals.
    """
    if a.ordinal != b.ordinal or (a.high is None) != (b.high is None) or not units_agree(a.unit, b.unit):
        return False
    quantum = max(a.quantum, b.quantum)
    pair = {a.qualifier, b.qualifier}
    if pair == {Qualifier.MORE, Qualifier.NEARLY}:
        return False
    if a.high is None and Qualifier.EXACT in pair and pair & {Qualifier.MORE, Qualifier.NEARLY}:
        exact, hedged = (a, b) if a.qualifier == Qualifier.EXACT else (b, a)
        return _within(exact.value, hedged)
    rounding = ROUND_FLOOR if pair == {Qualifier.MORE} else ROUND_HALF_UP
    ends = [(a.value, b.value)] if a.high is None or b.high is None else [(a.value, b.value), (a.high, b.high)]
    return all(_steps(one, quantum, rounding) == _steps(other, quantum, rounding) for one, other in ends)


def units_agree(one: str, other: str) -> bool:
    """Whether two words after a number mean the same unit."""
    if not one or not other:
        return (one or other) not in _NEVER_OMITTED
    return _SAME.get(one, one) == _SAME.get(other, other)


def _within(exact: Decimal, hedged: Reading) -> bool:
    """Whether an exact value lies in the open step above 'more than', or below 'nearly'."""
    distance = exact - hedged.value if hedged.qualifier == Qualifier.MORE else hedged.value - exact
    return 0 < distance < hedged.quantum


def _steps(value: Decimal, quantum: Decimal, rounding: str) -> Decimal:
    return (value / quantum).to_integral_value(rounding)
