"""Whether a paragraph of Chinese stops or begins within a sentence, as far as that is certain.

A line without a full stop may be a heading, a verse, an item of a list, a greeting. So a paragraph is cut off only if
something says so: a comma at its end, a bracket that stays open, a word that asks for another one, a subject without a verb
after a clause that asks for one, or a sentence that ended before in the same paragraph.

All functions are pure and need time linear in the text.
"""

import re
from functools import cache

import rjieba

from core.text.heading_numbers import numbered

from ..importing.bylines import byline_of
from ..importing.captions import is_marked


CLOSING = "”’」』）)》〉】］]\"'"
LONG = 45  # characters of a line with commas that is no heading any more
VERSE = 20  # characters of a line that may be one of a poem
_ENDED = re.compile(rf"[。！？!?…；;：:．～~][{re.escape(CLOSING)}\s]*$|[A-Za-z0-9]\.$|[）)】]$")
_OPEN_END = re.compile(r"[，、,“‘（(《〈「『]$")
_PASSED_ON = re.compile(r"(?:[—－─-]{1,}|[—－─-]{1,}\s*[\u4e00-\u9fff ]{2,8})$")  # 请看—— and ——编者
_PAIRS = ("“”", "「」", "『』", "（）", "《》", "〈〉", "【】")
_STOP = re.compile(rf"[。！？][{re.escape(CLOSING)}]*")
_INNER = re.compile(r"“[^”]*”|「[^」]*」|（[^）]*）|\([^)]*\)|《[^》]*》")
# A word that asks for another one after it.
_ASKING = frozenset(
    """
    和 与 及 以及 并 并且 而且 或 或者 但 但是 因为 由于 如果 通过 围绕 按照 根据 对于 关于 为了 随着 作为 其中 例如 比如 包括 分别 在
    从 向 对 把 被 将 使 让 以 于 至 是 敢 更 最 不 都 还 就 又 已 已经 正 正在 一个 这个 该 各 每 进一步 不断 先后 共 约 达 达到 近
    有 为 给 令 用 由 经 经过 针对 依托 立足 旨在 致力于 成为 位于 属于 获得 荣获 新增 每年 全面 积极 努力
    """.split()  # noqa: SIM905 (sixty lines otherwise)
)
_ALSO_LAST = frozenset(
    [
        "通过",
        "包括",
        "分别",
        "获得",
        "荣获",
        "新增",
        "努力",
        "立足",
        "为",
        "有",
        "是",
        "在",
        "以",
        "由",
        "用",
        "达到",
        "共",
    ]
)
_LEADING = re.compile(
    r"(?:为了?|在|随着|通过|按照|根据|围绕|针对|自|自从|当|对|经过|面对|依托|立足|作为|由于|如果|为(?:了|推动|提升|打造)|近年来|目前"
    r"|今年|去年|前年|一年来|连日来)[^，。]{2,40}，"
)
_TIMES = r"(?:(?:今|去|前|明|当|同)年(?:[0-9一二三四五六七八九十]{1,3}月份?)?|近年来|目前|日前|近日|[0-9]{4}年(?:[0-9]{1,2}月)?)"
_SUBJECT = re.compile(
    rf"{_TIMES}?，?[^，。的了着过在是有与和及]{{1,12}}(?:区|县|市|省|镇|乡|村|街道|学校|中学|小学|校|园|幼儿园|委|局|部|厅|办|中心|集团|政府|"
    rf"教师|老师|学生|校长|孩子们|学子们?|师生)"
)
_TIME_END = re.compile(rf"，{_TIMES}$")
_LABELLED = re.compile(r"[^，。：]{1,10}[：:]")
_MID_START = re.compile(rf"(?!’\w)[，。、；：！？,;:{re.escape('”’」』）)》〉】')}]")
# Characters that end words and begin none, but for the words behind them.
_SUFFIX_START = re.compile(
    r"们|的(?!确|士|的|卢)|了(?![解却结然如不得])|着(?![力眼手重想装实墨陆迷急火色落笔意])|吗|呢(?![喃绒])|吧(?!台|嗒)|矣|者[，。、]"
    r"|地(?=[，。、])|得(?=[，。、])|之[，。、]|等[，。、]|于[，。、]"
)


def is_cut(text: str) -> bool:
    """Whether a paragraph stops within a sentence."""
    text = text.strip()
    if not text or _ENDED.search(text) or _PASSED_ON.search(text) or byline_of(text) or is_marked(text):
        return False
    return bool(_OPEN_END.search(text)) or _is_unfinished(text) or _is_open(text) or _asks_for_more(text)


def ends(text: str) -> bool:
    return bool(_ENDED.search(text.strip()))


def begins_within(text: str) -> bool:
    """Whether a paragraph begins within a sentence, whatever stands before it."""
    text = text.strip()
    return bool(_MID_START.match(text) or _SUFFIX_START.match(text)) or _closes_first(text)


def one_word(end: str, beginning: str) -> bool:
    """Whether the end of one text and the beginning of another make a word together: 以敢 + 于破冰."""
    end, beginning = end.strip()[-6:], beginning.strip()[:6]
    if not end or not beginning or not (_is_han(end[-1]) and _is_han(beginning[0])):
        return False
    at = 0
    for word in _segmenter().cut(end + beginning, hmm=False):
        if at < len(end) < at + len(word):
            return True
        at += len(word)
    return False


def _is_unfinished(text: str) -> bool:
    """A sentence ended before in the same paragraph, and what follows has no end."""
    if re.match(r"[●■◆▲★]", text):
        return False
    outside = _INNER.sub(lambda found: "〇" * len(found[0]), text)
    stops = [found.end() for found in _STOP.finditer(outside)]
    if not stops or (len(text) < LONG and "。" not in outside):  # 减负？增效！听听他们怎么说
        return False
    rest = text[stops[-1] :].strip()
    return bool(rest) and byline_of(rest) is None and not is_marked(rest) and not numbered(text)


def _is_open(text: str) -> bool:
    """A mark that is opened and not closed, in what is no short line."""
    return (
        len(text) > VERSE
        and not text.startswith("’")
        and any(text.count(pair[0]) > text.count(pair[1]) for pair in _PAIRS)
    )


def _asks_for_more(text: str) -> bool:
    commas = text.count("，")
    if _LABELLED.match(text) or numbered(text):
        return False
    if len(text) >= LONG and commas and text.count("、") < commas * 3:
        return True
    if not commas and len(text) < VERSE:
        return False
    asks = _ASKING if commas else _ASKING - _ALSO_LAST
    if (commas and text[-1].isdigit()) or _TIME_END.search(text) or last_word(text) in asks:
        return True
    *_others, last = text.rpartition("，")
    return bool(commas and _LEADING.match(text) and _SUBJECT.fullmatch(last))


def last_word(text: str) -> str:
    words = _segmenter().cut(text[-8:], hmm=False)
    return words[-1] if words else ""


def _closes_first(text: str) -> bool:
    """A closing mark of a long piece before any that opens."""
    for pair in _PAIRS:
        place = text.find(pair[1])
        if place > 0 and pair[0] not in text[:place]:
            return True
    return False


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


@cache
def _segmenter() -> rjieba.Jieba:
    return rjieba.Jieba()
