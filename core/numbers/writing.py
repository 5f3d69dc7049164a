"""Writes a value for readers of any language, never with fewer digits than it has.

Number patterns, plural rules, percent signs, the names of million and hectare come from CLDR through Babel; the digits
are Latin, CLDR's default for 'ar'. Chinese follows GB/T 15835-2011. The few words around a figure are the
one table `PHRASES`: they are data of this formatter, tied to its word order, and so not in the message catalogues.
A language that is not in it gets signs in their place, which say the same.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from babel.numbers import format_decimal, format_percent
from babel.units import UnknownUnitError, format_unit

from ..cldr import compact_patterns, locale
from ..text.fallback import with_place
from ..text.traditional import to_traditional
from .figures import Qualifier, UnitForms, plain


@dataclass(frozen=True)
class _Phrases:
    """How a language hedges a figure; `{}` is the figure with its unit. `gloss` holds hectares beside 亩."""

    more: str
    about: str
    nearly: str
    gloss: str = "{} ({})"


PHRASES = {
    "zh-hans": _Phrases(more="超{}", about="约{}", nearly="近{}"),  # 余 goes inside: see _chinese
    "zh-hant": _Phrases(more="超{}", about="約{}", nearly="近{}"),
    "en": _Phrases(more="more than {}", about="about {}", nearly="nearly {}"),
    "fr": _Phrases(more="plus de {}", about="environ {}", nearly="près de {}"),
    "es": _Phrases(more="más de {}", about="alrededor de {}", nearly="casi {}"),
    "ru": _Phrases(more="более {}", about="примерно {}", nearly="почти {}"),  # более takes the genitive: see _category
    "ar": _Phrases(more="أكثر من {}", about="نحو {}", nearly="ما يقرب من {}"),
    "ja": _Phrases(more="{}余り", about="約{}", nearly="{}近く", gloss="{}（{}）"),
    "ko": _Phrases(more="{} 이상", about="약 {}", nearly="거의 {}", gloss="{}({})"),
}
LANGUAGES = tuple(PHRASES)
_SIGNS = _Phrases(more="> {}", about="≈ {}", nearly="< {}")

# 万 and 亿 in each script, and the word for 'and more' that Chinese sets inside the numeral.
_SCALES = {"zh-hans": ("万", "亿"), "zh-hant": ("萬", "億")}
_AND_MORE = {"zh-hans": "余", "zh-hant": "餘"}
# Powers of ten thousand, the largest first. Korean spells 22만 3000 with a space, Japanese without.
_MYRIADS = {"ja": ("兆", "億", "万", ""), "ko": ("조 ", "억 ", "만 ", "")}
# CLDR: in Spanish four digits stand without a separator (minimumGroupingDigits 2), which Babel does not apply.
_GROUPED_FROM = {"es": 10_000}
# The plural rule of CLDR by which a compact million takes the form 'many': 1,5 million de yuans, in French, Spanish …
_COMPACT_IS_MANY = "e not in 0..5"
_COMPACT_FROM = Decimal(10**6)
_COMPACT_DECIMALS = 3
_CHINESE_DECIMALS = 4
_MOST_DIGITS = 24  # below the 28 of the default decimal context, so that arithmetic is exact
_CATEGORIES = ("zero", "one", "two", "few", "many", "other")
_HECTARE = Decimal(10**4)
_SYMBOLS = {"area-hectare": "ha", "area-square-meter": "m²"}  # where CLDR has no word


def plural_forms(symbol: str, language: str) -> dict[str, str]:
    """The word of a unit by CLDR plural category: {'one': 'school', 'other': 'schools'}.

    One form serves every category. Raises ValueError if the number of forms is neither one nor the number of the
    language's categories, if one of several is empty, or if `language` is no language code.
    """
    tags = locale(language).plural_form.tags | {"other"}
    categories = [category for category in _CATEGORIES if category in tags]
    forms = [form.strip() for form in symbol.split("|")]
    if len(forms) == 1:
        return dict.fromkeys(categories, forms[0])
    if len(forms) != len(categories):
        raise ValueError(
            f"{symbol!r} has {len(forms)} forms; {language} needs 1 or {len(categories)}: {' | '.join(categories)}"
        )
    if not all(forms):
        raise ValueError(f"{symbol!r} has an empty form")
    return dict(zip(categories, forms, strict=True))


def shown_forms(symbol: str, language: str) -> dict[str, str]:
    """As `plural_forms`; of a wrong number of forms the last serves every category, so that a page is shown whatever is
    stored. CLDR adds categories, too: Spanish got 'many' with its version 38."""
    try:
        return plural_forms(symbol, language)
    except ValueError:
        return plural_forms(symbol.rpartition("|")[2], language)


def write_figure(value: Decimal, unit: UnitForms, language: str, *, qualifier: str = "exact", printed: str = "") -> str:
    """The value with its unit and hedge in `language`: '1.37亿元', 'more than 90 million yuan', 'about 57 mu (3.8 ha)'.

    `value` is in base units. `printed`, the source's own form, is what Chinese readers see: verbatim in zh-hans, in
    traditional characters in zh-hant. Elsewhere a unit of area that is not metric is glossed with hectares or square metres.
    A unit that is a text of another language (`core.text.fallback`) is one in the result, too.
    Of a unit with a wrong number of plural forms the last is taken.
    Raises ValueError for what is no language code or an unknown qualifier, or a value that is not a finite number of at most 24 digits; TypeError for a float, whose digits are not the source's.
    """
    number, hedge = _number(value), Qualifier(qualifier)
    if language in _SCALES:
        if printed.strip():
            return printed if language == "zh-hans" else to_traditional(printed)
        return _chinese(number, unit, language, hedge)
    figure = _hedged(_with_unit(number, unit, language, hedge), language, hedge)
    metric = _metric(number, unit, language, hedge)
    written = _phrases(language).gloss.format(figure, metric) if metric else figure
    return with_place(written, unit.symbol)


def _phrases(language: str) -> _Phrases:
    return PHRASES.get(language, _SIGNS)


def _number(value: Decimal) -> Decimal:
    """The value as a plain Decimal, as plural rules need it."""
    if isinstance(value, float):
        raise TypeError("A figure must be a Decimal: a float has other digits than the source")
    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(f"{value!r} is not a number") from error
    if not number.is_finite() or len(number.as_tuple().digits) > _MOST_DIGITS or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(f"{value!r} is not a number of at most {_MOST_DIGITS} digits")
    return plain(number)


def _decimals(number: Decimal) -> int:
    return max(0, -int(number.as_tuple().exponent))


def _digits(number: Decimal, language: str) -> str:
    grouped = abs(number) >= _GROUPED_FROM.get(language, 0)
    return format_decimal(number, locale=locale(language), decimal_quantization=False, group_separator=grouped)


def _percent(number: Decimal, language: str) -> str:
    return format_percent(number.scaleb(-2), locale=locale(language), decimal_quantization=False)


def _is_percent(unit: UnitForms) -> bool:
    """Percentage points are of kind 'percent' as well, but have a word."""
    return unit.kind == "percent" and unit.symbol.strip() in {"%", "％", ""}


def _hedged(figure: str, language: str, hedge: Qualifier) -> str:
    return figure if hedge == Qualifier.EXACT else getattr(_phrases(language), hedge.value).format(figure)


def _chinese(number: Decimal, unit: UnitForms, language: str, hedge: Qualifier) -> str:
    """22.3万余人, 4160余万元, 3万余元, 100余个; 余 stands for the digits left out, so 超57亩 and 超98%."""
    if _is_percent(unit):
        return _hedged(_percent(number, language), language, hedge)
    coefficient, scale = _chinese_scale(number, language)
    symbol = shown_forms(unit.symbol, language)["other"]
    figure = f"{_chinese_digits(coefficient, language)}{{}}{scale}{{}}{_glue(symbol)}{symbol}"
    if hedge != Qualifier.MORE:
        return _hedged(figure.format("", ""), language, hedge)
    more, round_number = _AND_MORE[language], coefficient and coefficient % 10 == 0
    if round_number:
        return figure.format(more, "")
    return figure.format("", more) if scale else _hedged(figure.format("", ""), language, hedge)


def _glue(symbol: str) -> str:
    """CJK words follow a numeral at once, Latin symbols (m², km) after a space."""
    return " " if symbol[:1].isascii() and symbol[:1].isalpha() else ""


def _chinese_digits(number: Decimal, language: str) -> str:
    return f"{number:f}" if abs(number) < 10_000 else _digits(number, language)


def _chinese_scale(number: Decimal, language: str) -> tuple[Decimal, str]:
    """The coefficient and 万, 亿 or 万亿, if that is shorter than all digits and loses none; else the number and ''."""
    myriad, hundred_million = _SCALES[language]
    for exponent, scale in ((12, myriad + hundred_million), (8, hundred_million), (4, myriad)):
        if abs(number) >= 10**exponent:
            coefficient = plain(number.scaleb(-exponent))
            scaled = _chinese_digits(coefficient, language) + scale
            if _decimals(coefficient) <= _CHINESE_DECIMALS and len(scaled) < len(_digits(number, language)):
                return coefficient, scale
            break
    return number, ""


def _with_unit(number: Decimal, unit: UnitForms, language: str, hedge: Qualifier) -> str:
    if _is_percent(unit):
        return _percent(number, language)
    forms = shown_forms(unit.symbol, language)
    if language in _MYRIADS:
        numeral = _myriads(number, language)
        glue = _glue(forms["other"]) or (" " if language == "ko" and not numeral[-1].isdigit() else "")
        return f"{numeral}{glue}{forms['other']}".strip()
    numeral, compact = _western(number, language, hedge)
    many = compact and _COMPACT_IS_MANY in locale(language).plural_form.rules.get("many", "")
    category = "many" if many else _category(number, language, hedge)
    return f"{numeral} {forms[category]}".strip()


def _category(number: Decimal, language: str, hedge: Qualifier) -> str:
    """The CLDR plural category, in the case that the hedge asks for.

    Russian более governs the genitive: более 22 школ, более 21 школы; these are the forms 'many' and 'few'.
    """
    category = locale(language).plural_form(abs(number))
    if language == "ru" and hedge == Qualifier.MORE:
        return {"one": "few", "few": "many"}.get(category, category)
    return category


def _western(number: Decimal, language: str, hedge: Qualifier) -> tuple[str, bool]:
    """'41.6 million' from a million up if three decimals are enough, else all digits; and which it was."""
    patterns = compact_patterns(language)
    for size, compact in sorted(patterns.get("other", {}).items(), reverse=True):
        if abs(number) < size or abs(number) < _COMPACT_FROM:
            continue
        coefficient = plain(number / compact.factor)
        if _decimals(coefficient) > _COMPACT_DECIMALS or coefficient * compact.factor != number:
            break
        of_category = patterns.get(_category(coefficient, language, hedge), {})
        return of_category.get(size, compact).pattern.format(_digits(coefficient, language)), True
    return _digits(number, language), False


def _myriads(number: Decimal, language: str) -> str:
    """22万3000, 1억 3700만: newspaper style, four digits to a power of ten thousand, so no digit is lost."""
    whole = int(abs(number))
    fraction = f"{abs(number):f}".partition(".")[2]
    parts = []
    for power, name in zip((12, 8, 4, 0), _MYRIADS[language], strict=True):
        count, whole = divmod(whole, 10**power)
        if count or (power == 0 and (fraction or not parts)):
            parts.append(f"{count}{'.' + fraction if fraction and power == 0 else ''}{name}")
    return ("-" if number < 0 else "") + "".join(parts).strip()


def _metric(number: Decimal, unit: UnitForms, language: str, hedge: Qualifier) -> str:
    """'3.8 ha' for 57 mu: three significant digits, two beside a hedge; '' for a unit that is metric itself."""
    factor = unit.square_metres
    if unit.kind != "area" or not factor or factor.normalize().as_tuple().digits == (1,):
        return ""
    area = number * factor
    name, area = ("area-hectare", area / _HECTARE) if abs(area) >= _HECTARE else ("area-square-meter", area)
    keep = 3 if hedge == Qualifier.EXACT else 2
    area = plain(area.quantize(Decimal(1).scaleb(area.adjusted() - keep + 1), ROUND_HALF_UP)) if area else area
    try:
        return format_unit(area, name, "short", format="#,##0.###", locale=locale(language))
    except UnknownUnitError:
        return f"{format_decimal(area, '#,##0.###', locale(language))} {_SYMBOLS[name]}"
