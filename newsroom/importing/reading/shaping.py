"""What programs do not say and people see: a short bold paragraph is a heading, a line below a picture its caption.

Rules for the length of headings and for their numbers: GB/T 9704-2012, 7.3.3 (一、 in the typeface 黑体, （一） in 楷体).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from core.text.heading_numbers import numbered

from ..bylines import byline_of
from ..captions import caption_of, credits_all, is_marked, is_table_caption, is_table_note, may_be_caption
from ..document import Block, Box, Heading, Item, Listing, Look, Paragraph, Picture, Role, Span, Table
from ..met import Met
from .ledger import Ledger
from .tidying import merged


HEADING = 40  # characters: a longer paragraph is no heading, however bold
CAPTION = 120  # of a caption that says that it is one
LINE = 30  # of a line that only its shortness makes one
TEXT = 15  # characters of the shortest sentence that a heading stands above
LARGER = 1.5  # points by which a heading is larger than the text
DISPLAY = ("黑体", "小标宋", "大标宋", "Heiti", "SimHei", "综艺")
_ENDS = re.compile(r"[。！!；;，,：:、…]$|[。！？!?…][”’」』\"']$")
_SENTENCE = re.compile(r"[。！？!?…：:][”’」』）)\"']*$")
_DATE = re.compile(r"[〇零一二三四五六七八九十\d]{4}\s*年.*[日号]$|\d{4}[-./]\d{1,2}[-./]\d{1,2}.*$")
_BULLET = re.compile(r"([●•■◆▪◼➢➤★☆○◇□►▶※✓✔]|[-–—*·](?= ))\s*(?=\S)")


def shape(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """The blocks as people see them. Where nothing is a heading by its style or look, as in plain text, short lines are."""
    for block in blocks:
        if isinstance(block, Box):
            block.blocks = _lists(_captions(block.blocks), ledger)
    blocks = _lists(_captions(blocks), ledger)
    by_look, by_lines = _by_look(_body(blocks)), _by_lines(blocks)
    shaped = [_as_heading(block, ledger, by_look) for block in blocks]
    if any(isinstance(block, Heading) for block in shaped):
        return shaped
    return [_as_heading(block, ledger, by_lines) for block in blocks]


# Headings ------------------------------------------------------------------------------------


def _body(blocks: Iterable[Block]) -> Look:
    """What most of the text looks like."""
    sizes: Counter[float] = Counter()
    fonts: Counter[str] = Counter()
    bold = letters = 0
    for block in blocks:
        if type(block) is Paragraph:
            count = len(block.text)
            sizes[block.look.size] += count
            fonts[block.look.font] += count
            bold += count * block.look.bold
            letters += count
    if not letters:
        return Look()
    return Look(bold=bold * 2 > letters, size=sizes.most_common(1)[0][0], font=fonts.most_common(1)[0][0])


def _by_look(body: Look) -> Callable[[Paragraph], bool]:
    """Bold in a text that is not, larger, or in a typeface for headings; the numbers of outer headings alone, too."""

    def looks_like_heading(paragraph: Paragraph) -> bool:
        look = paragraph.look
        is_display = _is_display(look.font) and not _is_display(body.font)
        is_larger = bool(body.size) and look.size >= body.size + LARGER
        return (look.bold and not body.bold) or is_larger or is_display or _is_outer(paragraph.text)

    return looks_like_heading


def _is_display(font: str) -> bool:
    return any(name in font for name in DISPLAY)


def _is_outer(text: str) -> bool:
    """一、 and a short text, which is no item of a list."""
    found = numbered(text)
    return found is not None and found[0] == 0 and len(text) <= LINE


def _by_lines(blocks: list[Block]) -> Callable[[Paragraph], bool]:
    """One or two short lines before a long paragraph. Three and more are captions, names, or verses."""
    chosen: set[int] = set()
    run: list[Paragraph] = []
    for block in blocks:
        if type(block) is not Paragraph or byline_of(block.text) or credits_all(block.text):
            run = []
        elif len(block.text) <= LINE and not _ENDS.search(block.text) and not _is_cut_off(block.text):
            run.append(block)
        else:
            if 1 <= len(run) <= 2 and len(block.text) >= TEXT and _SENTENCE.search(block.text):
                chosen |= {id(each) for each in run}
            run = []
    return lambda paragraph: id(paragraph) in chosen


def _is_cut_off(text: str) -> bool:
    """Whether it is rather the beginning of a sentence: a comma parts a heading into halves of one length."""
    first, comma, second = text.partition("，")
    return bool(comma) and ("，" in second or abs(len(first) - len(second)) > 1)


def _as_heading(block: Block, ledger: Ledger, looks_like_heading: Callable[[Paragraph], bool]) -> Block:
    if type(block) is not Paragraph or block.role or not looks_like_heading(block):
        return block
    text = block.text
    if len(text) > HEADING or _ENDS.search(text) or _DATE.fullmatch(text) or credits_all(text):
        return block
    found = numbered(text)
    ledger.changed(Met.HEADING_BY_LOOK, block.place, text)
    return Heading(place=block.place, words=block.words, look=block.look, level=found[0] + 2 if found else 2)


# Captions ------------------------------------------------------------------------------------


def _captions(blocks: list[Block]) -> list[Block]:
    """Captions into their pictures and tables."""
    done: list[Block] = []
    for block in blocks:
        before = done[-1] if done else None
        if isinstance(before, Picture) and not before.caption and _is_caption(block):
            _caption(before, block)
        elif isinstance(before, Table) and not before.note and type(block) is Paragraph and is_table_note(block.text):
            before.note, before.place = block.text, before.place.until(block.place)
        elif isinstance(block, Table):
            _table_caption(done, block)
        elif isinstance(block, Picture) and _is_waiting(before):
            done.pop()
            done.append(block)
            _caption(block, before)
        else:
            done.append(block)
    return done


def _is_waiting(block: Block | None) -> bool:
    """Whether a caption stands before its picture: only if it says so, and no picture was there for it."""
    return type(block) is Paragraph and block.role == Role.CAPTION


def _is_caption(block: Block) -> bool:
    if isinstance(block, Box):
        return len(block.blocks) == 1 and type(inner := block.blocks[0]) is Paragraph and may_be_caption(inner.text)
    if type(block) is not Paragraph or block.role not in (Role.NONE, Role.CAPTION) or credits_all(block.text):
        return False
    if len(block.text) <= CAPTION and (block.role == Role.CAPTION or is_marked(block.text)):
        return True
    return block.look.centred and may_be_caption(block.text)


def _caption(picture: Picture, block: Block | None) -> None:
    inner = block.blocks[0] if isinstance(block, Box) else block
    if isinstance(inner, Paragraph) and block is not None:
        picture.caption, picture.credit = caption_of(inner.text)
        picture.place = picture.place.until(block.place)


def _table_caption(done: list[Block], table: Table) -> None:
    """What stands before a table and says that it is its title; or its first row, if that is one cell."""
    before = done[-1] if done else None
    if (
        isinstance(before, Paragraph)
        and not table.caption
        and (before.role == Role.CAPTION or is_table_caption(before.text))
    ):
        done.pop()
        table.caption = before.text
        table.place = before.place.until(table.place)
    elif len(table.rows) > 2 and len(table.rows[0]) == 1 and table.rows[0][0].columns > 1 and not table.caption:
        table.caption = table.rows[0][0].text
        del table.rows[0]
        table.head = max(0, table.head - 1)
    done.append(table)


# Lists that were typed -----------------------------------------------------------------------


def _lists(blocks: list[Block], ledger: Ledger) -> list[Block]:
    """Two and more paragraphs that begin with the same bullet are a list."""
    done: list[Block] = []
    for place, block in enumerate(blocks):
        bullet = _bullet(block)
        before, after = (blocks[place - 1] if place else None), (blocks[place + 1] if place + 1 < len(blocks) else None)
        if not bullet or not isinstance(block, Paragraph) or bullet not in (_bullet(before), _bullet(after)):
            done.append(block)
            continue
        item = Item(_without(block, bullet))
        if _bullet(before) == bullet and isinstance(listing := done[-1], Listing):
            listing.items.append(item)
            listing.place = listing.place.until(block.place)
        else:
            ledger.changed(Met.TYPED_LIST, block.place, bullet)
            done.append(Listing(place=block.place, items=[item]))
    return done


def _bullet(block: Block | None) -> str:
    found = _BULLET.match(block.text) if type(block) is Paragraph else None
    return found[1] if found else ""


def _without(paragraph: Paragraph, bullet: str) -> tuple[Span, ...]:
    """The words after a bullet."""
    first, *others = paragraph.words
    while not first.text.strip().removeprefix(bullet) and others:
        first, *others = others
    text = first.text.lstrip().removeprefix(bullet).lstrip()
    return merged([replace(first, text=text), *others])
