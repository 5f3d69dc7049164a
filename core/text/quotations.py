"""Quotation marks within quotation marks: “‘双减’聚焦点数”, 「『雙減』聚焦點數」, « “double” ».

What stands in quotation marks has its own one level further in. Marks of each language and level: CLDR (delimiters),
GB/T 15834-2011 for simplified Chinese, the Revised Handbook of Punctuation (2008) for traditional.
"""

DOUBLE, CORNERS, GUILLEMETS = ("“”", "‘’"), ("「」", "『』"), ("«»", "“”")
MARKS = {  # of the first level and the second; of a language that is not here, DOUBLE
    "zh-hans": DOUBLE,
    "zh-hant": CORNERS,
    "ja": CORNERS,
    "en": DOUBLE,
    "ko": DOUBLE,
    "fr": GUILLEMETS,
    "es": GUILLEMETS,
    "ar": GUILLEMETS,
    "ru": ("«»", "„“"),
}
FURTHER_IN = {"“”": "‘’", "‘’": "“”", "「」": "『』", "『』": "「」", "«»": "“”", "„“": "«»"}
_BLANKS = ("\u00a0", "\u202f")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def opening(text: str) -> str:
    """The pair of quotation marks whose first one ends this text, blanks aside; '' if none does."""
    last = text.rstrip(" \u00a0\u202f")[-1:]
    return next((pair for pair in FURTHER_IN if pair[0] == last), "") if last else ""


def nested(text: str, around: str, language: str) -> str:
    """A text as it is written between these marks: its own are those of the next level, what stands in them of the one
    before, and so on.

    '“双减”政策' between '“”' -> '‘双减’政策'. The same text if its marks are not in pairs. A mark between two letters is an
    apostrophe. The blanks inside of French guillemets go with them.
    """
    first, second = MARKS.get(language, DOUBLE)
    within = second if around == first else FURTHER_IN[around]
    levels = (within, around)
    written, opened = list(text), []  # the mark that ends each open pair
    for place, mark in enumerate(text):
        if opened and mark == opened[-1] and not _is_apostrophe(text, place):
            opened.pop()
            written[place] = levels[len(opened) % 2][1]
            _without_blank(written, place, place - 1)
        elif found := next((pair for pair in levels if pair[0] == mark), ""):
            written[place] = levels[len(opened) % 2][0]
            opened.append(found[1])
            _without_blank(written, place, place + 1)
    return text if opened else "".join(written)


def _without_blank(written: list[str], mark: int, beside: int) -> None:
    if written[mark] not in "«»" and 0 <= beside < len(written) and written[beside] in _BLANKS:
        written[beside] = ""


def _is_apostrophe(text: str, place: int) -> bool:
    around = text[place - 1 : place].lower(), text[place + 1 : place + 2].lower()
    return text[place] == "’" and all(letter and letter in _LETTERS for letter in around)
