"""What stands under a picture and over a table: captions, and who made the picture."""

import re
from typing import NamedTuple


LONGEST = 60  # characters of a caption that nothing marks as one
_ARROWS = "△▲▽▼↑↓←→◀▶◁▷"
_MARKED = re.compile(
    rf"[（(]?\s*[{_ARROWS}]\s*|图\s*[一二三四五六七八九十0-9]+\s*[:：.、 ]?\s*|[（(]?图(?:为|片为|说)?[:：]"
)
_ARROW = re.compile(rf"^[（(]?\s*[{_ARROWS}]+\s*|\s*[{_ARROWS}]+$")
_SAYS = re.compile(r"^图(?:说|注|片说明)?[:：]\s*")
_PERSON = r"[\u4e00-\u9fff·]{2,12}"
_NAMES = rf"{_PERSON}(?:[ 、，,]{_PERSON}){{0,4}}"
_ROLES = r"(?:本报记者|记者|通讯员|特约记者|实习记者|首席记者)?\s*"
_CREDITS = (
    re.compile(r"[（(]\s*(?P<who>[^（）()]{2,40}?(?:摄影报道|摄影|供图|摄|提供|/图|／图))\s*[）)]\s*[。.]?$"),
    re.compile(rf"(?:^|[ 。，])(?P<who>{_ROLES}{_NAMES}\s*(?:摄影|摄|供图))\s*[。.]?$"),
    re.compile(
        r"(?:^|[ 。，（(])(?P<who>(?:图片来源|图源|摄影|供图|摄|图)\s*[:：/／]\s*[^\s，。）)]{2,30})\s*[）)]?[。.]?$"
    ),
)
_WHOLE = re.compile(
    r"[（(]?\s*(?:本文|本版|文中|以上)?(?:图片|照片|配图)(?:均)?(?:由|来源[:：]?|[:：])[^。]{2,30}?(?:提供|供图)?[）)]?[。.]?"
)
_TABLE = re.compile(r"(?:附?表|附件?表)\s*(?:[一二三四五六七八九十0-9]+(?:[-—.][0-9]+)?)?\s*[:：.、 ]?\s*\S")
_TABLE_NOTE = re.compile(r"[（(]?(?:注|说明|资料来源|数据来源|来源|备注)\s*[:：]")
_ENDS = re.compile(r"[。！？!?；;]$")


class Caption(NamedTuple):
    text: str
    credit: str


def caption_of(text: str) -> Caption:
    """What a caption says and who made the picture: '新校门。（张三 摄）' -> ('新校门。', '张三 摄')."""
    text = _SAYS.sub("", _ARROW.sub("", text.strip()))
    for pattern in _CREDITS:
        if found := pattern.search(text):
            rest = (text[: found.start("who")] + text[found.end("who") :]).strip()
            return Caption(
                re.sub(r"[（(]\s*[）)]|[（(]$|^[）)]", "", rest).strip(" ，,"), " ".join(found["who"].split())
            )
    return Caption(text, "")


def is_marked(text: str) -> bool:
    """Whether a paragraph says of itself that it is a caption, by a mark, a number or a photographer."""
    return bool(_MARKED.match(text)) or any(pattern.search(text) for pattern in _CREDITS[:2])


def may_be_caption(text: str) -> bool:
    """Whether a paragraph below a picture may be its caption: short, and hardly a sentence of the story."""
    return 0 < len(text) <= LONGEST and not _ENDS.search(text.rstrip("）)”"))


def credits_all(text: str) -> bool:
    """Whether a line says who made all pictures: 图片由区教委提供."""
    return bool(_WHOLE.fullmatch(text.strip()))


def is_table_caption(text: str) -> bool:
    return len(text) <= LONGEST and bool(_TABLE.match(text)) and not _ENDS.search(text)


def is_table_note(text: str) -> bool:
    return len(text) <= 200 and bool(_TABLE_NOTE.match(text))
