"""Double hedges: 近500人左右, 约300余名, 超过60%以上. One word of the two is enough.

What looks like a second hedge and is none is left alone: 近3年来, 约10名教师上下一心, 超过5名副高以上职称的教师.
"""

from .numbers import MEASURES
from .slips import Pattern, pattern


_ABOUT = "近|约|大约|大概|将近|接近|大致|约莫"
_MORE = "超过|超|逾|多于|高于|不少于|不低于|至少|最少"
_LESS = "不足|不到|少于|低于|不超过|不多于|最多|至多"
_NUMBER = r"(?:[0-9][0-9,]{0,14}(?:\.[0-9]{1,6})?|[一二两三四五六七八九十百千万亿]{1,10})[十百千万亿]{0,3}"
_UNIT = (
    rf"(?:%|％|个百分点|{MEASURES}|学时|课时|分钟|小时|周|月|个月|米|平方公里|公顷|公斤|元钱|亿元|千克|字|分|年|点)?"
)
_END = r"(?=$|[，。；、：！？）”的]|\s)"
_ROUND = rf"(?:左右(?![两为手岸逢侧摇开对互结脚邻眼臂])|上下{_END})"
_NOT_BEFORE = r"(?<![远附亲靠最临相贴邻接新切逼节预违公条契合赴特邀制高])"

PATTERNS: tuple[Pattern, ...] = (
    pattern(
        "double-hedge",
        rf"{_NOT_BEFORE}(?P<x>(?P<kept>(?:{_ABOUT}|{_MORE}|{_LESS}){_NUMBER}[多余几]?{_UNIT}){_ROUND})",
        r"\g<kept>",
        needs="左右 上下",
    ),
    pattern(
        "double-hedge",
        rf"(?<![0-9.,一二两三四五六七八九十百千万亿])(?P<x>(?P<kept>{_NUMBER}[多余]{_UNIT}){_ROUND})",
        r"\g<kept>",
        needs="左右 上下",
    ),
    pattern(
        "double-hedge",
        rf"{_NOT_BEFORE}(?P<x>(?P<kept>(?:{_ABOUT}|{_MORE}){_NUMBER}{_UNIT})(?:以上|之多)){_END}",
        r"\g<kept>",
        needs="以上 之多",
    ),
    pattern("double-hedge", rf"(?P<x>(?P<kept>(?:{_LESS}){_NUMBER}{_UNIT})以下){_END}", r"\g<kept>", needs="以下"),
    pattern(
        "double-hedge",
        rf"{_NOT_BEFORE}(?P<x>(?:{_ABOUT})(?P<kept>{_NUMBER}[多余](?:{MEASURES}|万|亿|千|百)))",
        r"\g<kept>",
        needs="多 余",
    ),
    pattern(
        "double-hedge",
        rf"(?P<x>(?:超过|逾|不足|不到|至少|最多)(?P<kept>{_NUMBER}[多余](?:{MEASURES}|万|亿|千|百)))",
        r"\g<kept>",
        needs="多 余",
    ),
    pattern(
        "double-hedge",
        rf"(?P<x>(?P<kept>约|大约|大概|近|将近)(?:约|大约|大概|近|将近))(?={_NUMBER})",
        r"\g<kept>",
        needs="约 近 大概",
    ),
)
