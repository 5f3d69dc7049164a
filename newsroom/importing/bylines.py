"""Who wrote a story, who took its pictures, where it was published first: lines such as 记者 林知远 通讯员 何小禾 文/图.

Labels stand before names (记者 林知远) or after them (林知远/文 何小禾/图). Names without a label count only if each
begins with one of the commonest surnames, and has two or three characters, or four with a surname of two.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby


WRITER, PHOTOGRAPHER, EDITOR = "writer", "photographer", "editor"  # values of news.choices.Role
SOURCE, REVIEWER, DATE = "source", "reviewer", "date"
LONGEST = 80  # characters of a line that is nothing but a byline
LONGEST_NAME = 20  # of a person, a desk, a school
MOST = 12  # names of one line

_LABELS = {
    WRITER: "记者 通讯员 作者 撰稿 撰文 文字 文 文稿 供稿 报道 执笔 采写 采访 记者站 特约撰稿",
    PHOTOGRAPHER: "摄影 摄 图 图片 供图 配图 拍摄 照片 摄像 摄影记者",
    EDITOR: "责任编辑 责编 编辑 值班编辑 编审 主编 本期编辑 排版 美编 执行编辑",
    REVIEWER: "审核 审稿 初审 复审 终审 一审 二审 三审 校对 一校 二校 三校 监制 签发 审签 责任校对 总编辑 总监制 核稿",
    SOURCE: "来源 稿源 稿件来源 信息来源 文章来源 转自 原载 来稿单位",
    DATE: "时间 日期 发布时间 发布日期 发表时间",
}
LABELS = {label: role for role, labels in _LABELS.items() for label in labels.split()}
_BOTH = {"文图", "图文", "摄影报道", "图文报道", "采写摄影"}
SURNAMES = set(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付傅方白邹孟熊秦邱江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁"
    "岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷曲盛冉蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农"
    "司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
COMPOUND = {
    "欧阳",
    "司马",
    "上官",
    "诸葛",
    "皇甫",
    "尉迟",
    "司徒",
    "夏侯",
    "令狐",
    "公孙",
    "慕容",
    "东方",
    "端木",
    "长孙",
}
_BRACKETS = re.compile(r"^[（(【\[](.*)[）)】\]]$", re.DOTALL)
_PARTS = re.compile(r"[\s:：/／|｜、,，;；&＆]+")
_NAME = re.compile(r"[\u3400-\u9fff·\U00020000-\U000323af]{2,20}|[A-Za-z][A-Za-z .'-]{1,30}")
_SENTENCE = re.compile(r"[。！？!?…“”《》]")
_DATE = re.compile(
    r"(?:\d{4}|[〇零一二三四五六七八九]{4})\s*[-年./]\s*[\d一二三四五六七八九十]{1,3}\s*[-月./]\s*[\d一二三四五六七八九十]{1,3}\s*日?"
    r"(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?"
)
_TRAILING = re.compile(r"[（(]([^（）()。]{2,40})[）)]\s*$")
_OPENING = re.compile(r"^[\u4e00-\u9fff]{0,8}[讯电]\s*[（(]([^（）()。]{2,60})[）)]")


@dataclass
class Byline:
    """`people` are (role, name) in their order."""

    people: list[tuple[str, str]] = field(default_factory=list)
    source: str = ""
    reviewers: str = ""
    date: str = ""

    def add(self, other: "Byline") -> None:
        self.people += [each for each in other.people if each not in self.people]
        self.source = self.source or other.source
        self.reviewers = " ".join(filter(None, (self.reviewers, other.reviewers)))
        self.date = self.date or other.date


def byline_of(text: str) -> Byline | None:
    """What a line says of who made the story; None if it says anything else."""
    text = text.strip()
    inner = _BRACKETS.match(text)
    text = inner[1].strip() if inner else text
    if not text or len(text) > LONGEST or _SENTENCE.search(text):
        return None
    if _DATE.fullmatch(text):
        return Byline(date=text)
    without, date = _without_date(text)
    found = _labelled(_tokens(without)) or (_bare(without) if not date else None)
    if found:
        found.date = found.date or date
    return found


def names_in(text: str) -> Byline | None:
    """The byline that a line is said to be: what it says of itself, else all its names, who are its writers."""
    found = byline_of(text)
    if found:
        return found
    names = [each for each in _PARTS.split(_BRACKETS.sub(r"\1", text.strip())) if each and each not in LABELS]
    if not 1 <= len(names) <= MOST or not all(_NAME.fullmatch(each) and len(each) <= LONGEST_NAME for each in names):
        return None
    return Byline([(WRITER, name) for name in names])


def is_bare(text: str) -> bool:
    """Whether a line holds names alone, so that only its place makes it a byline."""
    return _bare(text.strip()) is not None


def trailing(text: str) -> tuple[str, Byline] | None:
    """(text without it, byline) of a paragraph that ends with one: '……。（记者 林知远）'."""
    found = _TRAILING.search(text)
    said = _labelled(_tokens(found[1])) if found else None
    return (text[: found.start()].rstrip(), said) if found and said else None


def opening(text: str) -> Byline | None:
    """The byline within the first words of a story: '本报讯（记者 林知远）……'. The words stay."""
    found = _OPENING.match(text)
    return _labelled(_tokens(found[1])) if found else None


def _without_date(text: str) -> tuple[str, str]:
    found = _DATE.search(text)
    return ((text[: found.start()] + " " + text[found.end() :]).strip(), found[0]) if found else (text, "")


def _tokens(text: str) -> list[str]:
    """Words and names; the two characters of a name that blanks part are one: 林 远."""
    tokens = [each for each in _PARTS.split(text.strip()) if each]
    done: list[str] = []
    for token in tokens:
        is_half = len(token) == 1 and done and len(done[-1]) == 1 and token not in LABELS and done[-1] in SURNAMES
        if is_half and done[-1] not in ("文", "图"):
            done[-1] += token
        else:
            done += _split(token)
    return done


def _split(token: str) -> list[str]:
    """A label that is written together with the name after it, or with who it is of: 记者林知远, 江津日报记者."""
    if token in LABELS or token in _BOTH:
        return [token]
    for label in sorted(LABELS, key=len, reverse=True):
        if len(label) < 2:
            continue
        place = token.find(label)
        rest = token[place + len(label) :]
        if place >= 0 and place <= 12 and (not rest or is_name(rest)):
            return [label, rest] if rest else [label]
    return [token]


def roles_of(token: str) -> list[str]:
    if token in _BOTH:
        return [WRITER, PHOTOGRAPHER]
    return [LABELS[token]] if token in LABELS else []


def _labelled(tokens: list[str]) -> Byline | None:
    groups = [(bool(key), list(group)) for key, group in groupby(tokens, key=lambda token: bool(roles_of(token)))]
    names = [token for is_label, group in groups if not is_label for token in group]
    if not any(is_label for is_label, _group in groups) or not names or len(names) > MOST:
        return None
    if not all(_NAME.fullmatch(name) and len(name) <= LONGEST_NAME for name in names):
        return None
    found = Byline()
    is_prefix = groups[0][0]
    for place, (is_label, group) in enumerate(groups):
        if is_label:
            continue
        labels = groups[place - 1][1] if is_prefix else (groups[place + 1][1] if place + 1 < len(groups) else [])
        if not labels:
            return None
        if is_prefix and groups[-1][0]:  # 记者 林知远 通讯员 何小禾 文/图
            labels = [*labels, *groups[-1][1]]
        _add(found, [role for label in labels for role in roles_of(label)], group)
    return found


def _add(found: Byline, roles: list[str], names: list[str]) -> None:
    for role in dict.fromkeys(roles):
        if role == SOURCE:
            found.source = found.source or " ".join(names)
        elif role == REVIEWER:
            found.reviewers = " ".join(filter(None, (found.reviewers, *names)))
        elif role != DATE:
            found.people += [(role, name) for name in names if (role, name) not in found.people]


def _bare(text: str) -> Byline | None:
    tokens = _tokens(text)
    if not 1 <= len(tokens) <= 6 or not all(is_name(token) for token in tokens):
        return None
    return Byline([(WRITER, token) for token in tokens])


def is_name(text: str) -> bool:
    """Whether it may be the name of a person in China."""
    if not re.fullmatch(r"[\u3400-\u9fff]{2,4}", text):
        return False
    return (text[0] in SURNAMES and len(text) <= 3) or (text[:2] in COMPOUND and len(text) >= 3)
