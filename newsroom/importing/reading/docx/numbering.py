"""Numbers that a program counts and does not write into the text: 一、 （一） 1. ● (ECMA-376 part 1, 17.9)."""

from dataclasses import dataclass

from .xml import Element, attribute, child, children, number, value


LEVELS = 9
MAX_NUMBER = 9999
_DIGITS = "〇一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEGAL = str.maketrans("〇一二三四五六七八九十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")
_FULL = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = list(
    zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"],
        strict=True,
    )
)


@dataclass(frozen=True)
class Level:
    format: str = "decimal"
    text: str = "%1."
    start: int = 1
    style: str = ""


@dataclass(frozen=True)
class Mark:
    """What stands before a paragraph. `text` is "" for a bullet; `value` is the number that it counts."""

    list: str
    depth: int
    text: str
    value: int
    is_plain: bool  # 1. 2. 3., which a list of a page counts itself


class Numbering:
    """Counts as the program does: paragraph after paragraph."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, tuple[str, dict[int, int]]] = {}  # {list: (what it counts with, other beginnings)}
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self.by_style: dict[str, tuple[str, int]] = {}  # {style: (list, depth)}
        if root is not None:
            self._read(root)

    def _read(self, root: Element) -> None:
        for node in children(root, "w:abstractNum"):
            self._levels[attribute(node, "w:abstractNumId")] = {
                number(attribute(each, "w:ilvl")): _level(each) for each in children(node, "w:lvl")
            }
        for node in children(root, "w:num"):
            key, counts_with = attribute(node, "w:numId"), value(node, "w:abstractNumId")
            starts = {
                number(attribute(each, "w:ilvl")): number(value(each, "w:startOverride"), 1)
                for each in children(node, "w:lvlOverride")
                if child(each, "w:startOverride") is not None
            }
            self._lists[key] = (counts_with, starts)
            for depth, level in self._levels.get(counts_with, {}).items():
                if level.style:
                    self.by_style.setdefault(level.style, (key, depth))

    def next(self, key: str, depth: int) -> Mark | None:
        """The mark of the next paragraph of a list; None if there is no such list, or it shows nothing."""
        if key in ("", "0") or key not in self._lists:
            return None
        counts_with, starts = self._lists[key]
        levels = self._levels.get(counts_with, {})
        depth = max(0, min(depth, LEVELS - 1))
        level = levels.get(depth, Level())
        counts = self._counts.setdefault(counts_with, [None] * LEVELS)
        if key not in self._begun:
            self._begun.add(key)
            counts[:] = [None if each in starts else count for each, count in enumerate(counts)]
        before = counts[depth]
        counts[depth] = now = starts.get(depth, level.start) if before is None else before + 1
        counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.format == "none":
            return None
        if level.format == "bullet":
            return Mark(key, depth, "", now, is_plain=False)
        text = _text(levels, counts, level)
        is_plain = level.format == "decimal" and level.text.strip() in (f"%{depth + 1}.", f"%{depth + 1}")
        return Mark(key, depth, text, now, is_plain)


def _level(node: Element) -> Level:
    return Level(
        format=value(node, "w:numFmt") or "decimal",
        text=value(node, "w:lvlText"),
        start=number(value(node, "w:start"), 1),
        style=value(node, "w:pStyle"),
    )


def _text(levels: dict[int, Level], counts: list[int | None], level: Level) -> str:
    """`%1` stands for the number of the outermost level, and so on."""
    text = level.text
    for depth in range(LEVELS):
        if f"%{depth + 1}" in text:
            of_level = levels.get(depth, Level())
            count = counts[depth]
            count = of_level.start if count is None else count
            text = text.replace(f"%{depth + 1}", spelt(count, of_level.format))
    return text.strip()


def spelt(count: int, format: str) -> str:
    """A number as a list's format writes it (ECMA-376 part 1, 17.18.59); in digits if the format is not known."""
    if not 0 < count <= MAX_NUMBER:
        return str(count)
    if format in _WRITERS:
        return _WRITERS[format](count)
    return str(count)


def chinese(count: int) -> str:
    """一, 十, 十一, 二十, 一百零一, up to 9999."""
    said, rest = "", count
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, rest = divmod(rest, unit)
        if digit:
            said += _DIGITS[digit] + name
        elif said and rest and not said.endswith("零"):
            said += "零"
    return said.removeprefix("一") if said.startswith("一十") else said


def _letters(count: int) -> str:
    repeat, place = divmod(count - 1, 26)
    return chr(ord("A") + place) * min(repeat + 1, 20)


def _roman(count: int) -> str:
    said = ""
    for worth, letters in _ROMAN:
        times, count = divmod(count, worth)
        said += letters * times
    return said


def _in_circle(count: int) -> str:
    return chr(0x2460 + count - 1) if count <= 20 else f"({count})"


_CHINESE = ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital", "taiwaneseCounting")
_WRITERS = {
    **dict.fromkeys(_CHINESE, chinese),
    **dict.fromkeys(("taiwaneseCountingThousand", "koreanCounting"), chinese),
    "chineseLegalSimplified": lambda count: chinese(count).translate(_LEGAL),
    "ideographLegalTraditional": lambda count: chinese(count).translate(_LEGAL),
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(_FULL),
    "decimalFullWidth2": lambda count: str(count).translate(_FULL),
    "decimalEnclosedCircle": _in_circle,
    "decimalEnclosedCircleChinese": _in_circle,
    "decimalEnclosedParen": lambda count: f"({count})",
    "upperLetter": _letters,
    "lowerLetter": lambda count: _letters(count).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda count: _roman(count).lower(),
    "ideographTraditional": lambda count: _STEMS[(count - 1) % len(_STEMS)],
    "ideographZodiac": lambda count: _BRANCHES[(count - 1) % len(_BRANCHES)],
}
