"""Names of common units in other languages, for a unit that nobody has translated yet.

Units of time, length, area and mass have theirs from CLDR. 人, 元 and 亩, which CLDR does not know as units, are here.
Chinese counts with measure words (八百个, 十所); where a language has none, the number stands alone, as the name of what
is counted stands beside it. What is not here is shown in Chinese, and marked as such.
"""

import re
from decimal import Decimal
from functools import cache
from typing import Literal

from babel.units import format_unit

from .. import cldr


Length = Literal["long", "short"]

_CLDR: dict[str, tuple[str, Length]] = {
    "年": ("duration-year", "long"),
    "个月": ("duration-month", "long"),
    "天": ("duration-day", "long"),
    "日": ("duration-day", "long"),
    "小时": ("duration-hour", "long"),
    "分钟": ("duration-minute", "long"),
    "秒": ("duration-second", "long"),
    "毫米": ("length-millimeter", "short"),
    "厘米": ("length-centimeter", "short"),
    "米": ("length-meter", "short"),
    "公里": ("length-kilometer", "short"),
    "千米": ("length-kilometer", "short"),
    "平方米": ("area-square-meter", "short"),
    "公顷": ("area-hectare", "short"),
    "平方公里": ("area-square-kilometer", "short"),
    "平方千米": ("area-square-kilometer", "short"),
    "克": ("mass-gram", "short"),
    "千克": ("mass-kilogram", "short"),
    "公斤": ("mass-kilogram", "short"),
    "升": ("volume-liter", "short"),
}
_PEOPLE = {
    "en": "person | people",
    "fr": "personne | de personnes | personnes",
    "es": "persona | de personas | personas",
    "ru": "человек | человека | человек | человека",
    "ar": "شخص | شخص | شخصان | أشخاص | شخصًا | شخص",
    "ja": "人",
    "ko": "명",
}
_OWN = {
    "人": _PEOPLE,
    "名": _PEOPLE,
    "位": _PEOPLE,
    "元": {
        "en": "yuan",
        "fr": "yuan | de yuans | yuans",
        "es": "yuan | de yuanes | yuanes",
        "ru": "юань | юаня | юаней | юаня",
        "ar": "يوان",
        "ja": "元",
        "ko": "위안",
    },
    "亩": {"en": "mu", "fr": "mu", "es": "mu", "ru": "му", "ar": "مو", "ja": "ムー", "ko": "무"},
}
_MEASURE_WORDS = frozenset("个所项门套处座间件家支")
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_SAMPLES = (*range(201), 10**6)  # a number of each category of every language is among them, but for fractions
_FRACTION = Decimal("1.5")
_NUMERAL = re.compile(r"[\d.,\u00a0\u202f]*\d[\u00a0\u202f ]*")


@cache
def standard_forms(symbol: str, language: str) -> str | None:
    """The forms of a Chinese unit in a language, as a translator would write them: 年 -> 'year | years'.

    '' for a measure word, which has no counterpart; None if the unit or the language is not known.
    """
    if language.startswith("zh"):
        return None
    if symbol in _MEASURE_WORDS:
        return ""
    if symbol in _OWN:
        return _OWN[symbol].get(language)
    return _from_cldr(*_CLDR[symbol], language) if symbol in _CLDR and cldr.is_known(language) else None


def _from_cldr(unit: str, length: Length, language: str) -> str | None:
    """None if CLDR has no word for the unit in the language."""
    locale = cldr.locale(language)
    samples: dict[str, int | Decimal] = {}
    for number in _SAMPLES:
        samples.setdefault(locale.plural_form(number), number)
    usual = samples.setdefault("other", 0)  # in Russian it is that of fractions, written like many
    samples.setdefault(locale.plural_form(_FRACTION), _FRACTION)  # in Czech those have a category of their own
    forms: list[str] = []
    for category in _CATEGORIES:
        if category in samples:
            numbers = (samples[category], usual)  # where CLDR lacks a category or the long form, another one serves
            lengths: tuple[Length, Length] = (length, "short")
            said = (format_unit(number, unit, each, locale=locale) for number in numbers for each in lengths)
            found = next((each for each in said if unit not in each), "")
            forms.append(_NUMERAL.sub("", found).strip())
    if not all(forms):
        return None
    return forms[0] if len(set(forms)) == 1 else " | ".join(forms)
