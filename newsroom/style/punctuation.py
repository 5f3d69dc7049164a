"""Marks in Chinese text, by GB/T 15834-2011 (标点符号用法).

Only what the standard is clear about: half-width marks between Chinese characters, marks in a row, the forms of 省略号 and
破折号, 顿号 between what stands in quotation marks or 书名号 (4.5.3.5), which of 。 and ” comes first, marks behind numbers
of items. Marks in addresses, formulas and foreign words are left alone.
"""

import re

from .slips import Pattern, pattern


HAN = r"\u3400-\u4dbf\u4e00-\u9fff"
_WIDE = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_SAYING = r"(?:说|表示|介绍|道|指出|认为|强调|回忆|坦言|感叹|感慨|问|答|称|告诉记者)"


def _wide(found: re.Match[str]) -> str:
    return _WIDE[found["x"]]


def _one(found: re.Match[str]) -> str:
    return found["x"][0]


def _last(found: re.Match[str]) -> str:
    return found["x"][-1]


def _without_commas(found: re.Match[str]) -> str:
    """顿号 belongs there where others of the list have no marks of their own."""
    before, after = found.string[max(0, found.start() - 1) : found.start()], found.string[found.end() : found.end() + 1]
    return found[0] if "、" in (before, after) else re.sub("([”》])、(?=[“《])", r"\1", found[0])


PATTERNS: tuple[Pattern, ...] = (
    pattern("half-width", rf"(?<=[{HAN}”’）》])(?P<x>[,;?!])(?=[{HAN}“‘（《”’）》0-9\s]|$)", _wide, needs=", ; ? !"),
    pattern("half-width", rf"(?<=[{HAN}”’）》])(?P<x>:)(?=[{HAN}“‘（《])", _wide, needs=":"),
    pattern("half-width", rf"(?<=[0-9%％])(?P<x>[,;])(?=[{HAN}“‘（《])", _wide, needs=", ;"),
    pattern(
        "half-width",
        rf"(?<=[{HAN}”’）》])(?<![〇○零一二三四五六七八九十])(?P<x>\.)(?=[{HAN}“‘《]|\s*$)",
        _wide,
        needs=".",
    ),
    pattern("half-width-pair", rf"\((?=[^()]{{0,60}}[{HAN}])([^()（）]{{1,60}})\)", r"（\1）", needs="("),
    pattern("half-width-pair", rf'(?<![A-Za-z=])"(?=[^"]{{0,200}}[{HAN}])([^"“”]{{1,200}})"', r"“\1”"),
    pattern("doubled", r"(?P<x>([，、；：])\2+)", _one, needs="，， 、、 ；； ：："),
    pattern("doubled", r"(?<!。)(?P<x>。。)(?!。)", _one, needs="。。"),
    pattern("doubled", r"(?P<x>([，、；：])(?!\2)[，、；：。！？]|[。；！？][，、；：。])", None),
    pattern("doubled", r"(?P<x>！{4,}|？{4,})", lambda found: found["x"][:3], needs="！！！！ ？？？？"),
    pattern(
        "ellipsis",
        rf"(?:(?<=[{HAN}，。！？”’）》])|(?<=[{HAN}]\s))(?P<x>\.{{3,}}|。{{3,}}|·{{3,}}|．{{3,}}|、{{3,}})",
        "……",
        needs="... 。。。 ··· ．．． 、、、",
    ),
    pattern("ellipsis", r"(?<!…)(?P<x>…|…{3}|…{5})(?!…)", "……", needs="…"),
    pattern("ellipsis-and-so-on", r"(?P<x>……等等?)(?=[，。；、）])", "……", needs="……"),
    pattern("ellipsis-and-so-on", r"(?P<x>等等?……)", "……", needs="……"),
    pattern(
        "dash",
        rf"(?<=[{HAN}，。！？”’）》])(?P<x>-{{2,}}|－{{2,}}|─{{2,}}|–{{2,}}|—{{3,}})(?=[{HAN}“‘《（]|$)",
        "——",
        needs="-- －－ ── –– ———",
    ),
    pattern("dash", rf"(?<=[{HAN}])(?P<x>—-|-—|—－|—─)(?=[{HAN}“‘《])", "——", needs="—- -— —－ —─"),
    pattern("list-of-marked", r"“[^“”]{1,40}”(?:、?“[^“”]{1,40}”)+", _without_commas, needs="”、“ ”“"),
    pattern("list-of-marked", r"《[^《》]{1,40}》(?:、?《[^《》]{1,40}》)+", _without_commas, needs="》、《 》《"),
    pattern("stop-and-quotation", r"(?P<x>。”[，。、；])", lambda found: "”" + found["x"][-1], needs="。”"),
    pattern("stop-and-quotation", rf"{_SAYING}：“[^“”]{{2,300}}[^“”。！？…，；—](?P<x>”。)", "。”", needs="”。"),
    pattern(
        "stop-and-quotation",
        rf"[{HAN}](?:秉承|坚持|践行|围绕|实现|树立|落实|贯彻|打造)“[^“”，。]{{2,20}}(?P<x>。”)(?=$|[{HAN}])",
        "”。",
        needs="。”",
    ),
    pattern(
        "nested-quotation",
        r"“[^”“]{1,300}(?P<x>“[^“”]{1,300}”)[^“”]{0,300}”",
        lambda found: f"‘{found['x'][1:-1]}’",
        needs="“",
    ),
    pattern(
        "number-of-item",
        r"(?:^|(?<=[。；：\n]))(?P<x>第[一二三四五六七八九十]、)(?![一二三四五六七八九十第])",
        lambda found: found["x"][:-1] + "，",
        needs="、",
    ),
    pattern(
        "number-of-item",
        r"(?:^|(?<=[。；：\n]))(?P<x>(?:首先|其次|再次|最后|其[一二三四五])、)",
        lambda found: found["x"][:-1] + "，",
        needs="先、 次、 后、 一、 二、 三、 四、 五、",
    ),
    pattern(
        "number-of-item", rf"^(?P<x>[0-9]{{1,2}}、)(?=[{HAN}“《])", lambda found: found["x"][:-1] + ".", needs="、"
    ),
    pattern(
        "number-of-item",
        r"^(?P<x>[（(][一二三四五六七八九十0-9]{1,3}[）)][、，.．])",
        lambda found: found["x"][:-1],
        needs="）、 ）， ）. ）． )、 )， ). )．",
    ),
    pattern("number-of-item", r"^(?P<x>[①②③④⑤⑥⑦⑧⑨⑩][、，.．])", _one, needs="① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩"),
)
