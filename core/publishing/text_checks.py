"""What is checked of any page's texts: its title, its headings, numbers of people."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from unicodedata import east_asian_width

from django.utils.translation import gettext as _

from ..models import BasePage, PortalSettings
from ..rendering.blocks import HeadingBlock
from ..text.heading_numbers import out_of_order
from ..text.personal_data import Kind, Number, masked, personal_numbers, telephone_digits
from ..text.tags import map_text
from .checklist import Finding, Level, Mend, publish_check, shared
from .page_texts import Body, Text, bodies_of, change_text, parts_of, texts_of


LONGEST_TITLE = 30  # characters of Chinese: what a list or a shared card shows of it
Telephones = Callable[[], Iterable[str]]

_telephones: list[Telephones] = []


def public_telephones(function: Telephones) -> Telephones:
    """Decorate a function that returns texts with telephones which readers may see wherever they stand: those of offices
    and schools."""
    _telephones.append(function)
    return function


def all_texts(page: BasePage) -> list[Text]:
    return list(texts_of(page, shared(page, parts_of)))


# Titles ------------------------------------------------------------------------------------------


@publish_check("core.title-length", BasePage)
def check_title_length(page: BasePage) -> Iterator[Finding]:
    headings = [
        ("title", page.title or ""),
        *((f"{place}.heading", words) for place, words in _headings(page) if words),
    ]
    for place, words in headings:
        if (length := _width(words)) > LONGEST_TITLE:
            message = _("“{words}” is {length} characters long: lists and shared links cut titles of more than {most}.")
            yield Finding(message.format(words=words, length=length, most=LONGEST_TITLE), place, words)


@publish_check("core.headings", BasePage)
def check_headings(page: BasePage) -> Iterator[Finding]:
    """Numbers that do not follow one another, and headings with nothing below."""
    for body in shared(page, bodies_of):
        items = list(_items(body))
        headings = [(at, heading) for at, heading in items if heading is not None]
        for number, expected in out_of_order([words for _place, words in headings]):
            place, words = headings[number]
            message = _("“{words}” is out of order: after the headings before it, number {expected} is due.")
            yield Finding(message.format(words=words, expected=expected), f"{place}.heading", f"{words} {expected}")
        for (at, heading), (_at, below) in pairwise([*items, ("", "")]):
            if heading and below is not None:
                message = _("Nothing stands below the heading “{words}”.")
                yield Finding(message.format(words=heading), at, heading)


def _headings(page: BasePage) -> Iterator[tuple[str, str]]:
    for body in shared(page, bodies_of):
        yield from ((place, words) for place, words in _items(body) if words is not None)


def _items(body: Body) -> Iterator[tuple[str, str | None]]:
    """(content path, words of the heading) of the blocks of a body; None for what is no heading."""
    kinds = body.block.child_blocks
    for item in body.raw:
        is_heading = isinstance(kinds.get(item["type"]), HeadingBlock)
        yield f"{body.name}.{item['id']}", (item["value"].get("heading") or "") if is_heading else None


def _width(words: str) -> int:
    """In characters of Chinese: two Latin letters or digits take the place of one."""
    return (sum(2 if east_asian_width(each) in "WFA" else 1 for each in words.strip()) + 1) // 2


# Numbers of people -------------------------------------------------------------------------------


@publish_check("core.identity-number", BasePage, Level.ERROR)
def check_identity_numbers(page: BasePage) -> Iterator[Finding]:
    """No reason makes a citizen's identity number fit for publication; who needs one there masks it."""
    told = _("The identity number {number} stands in the text: readers must not see it.")
    yield from _personal(page, Kind.IDENTITY, told)


@publish_check("core.card-number", BasePage)
def check_card_numbers(page: BasePage) -> Iterator[Finding]:
    yield from _personal(page, Kind.CARD, _("{number} looks like the number of a bank card."))


@publish_check("core.telephone", BasePage)
def check_telephones(page: BasePage) -> Iterator[Finding]:
    """But for those that are stored as public: of the portal, of schools, in the page's own fields for it."""
    found = [each for each in shared(page, _numbers) if each[1].kind == Kind.TELEPHONE]
    if not found:
        return
    texts = [text for function in _telephones for text in function()]
    own = [getattr(page, name, "") or "" for name in page.contact_fields]
    known = {digits for text in (*texts, *own) for digits in telephone_digits(text)}
    told = _("The telephone number {number} stands in the text. May everybody know it?")
    yield from (_about(page, text, number, told) for text, number in found if number.digits not in known)


@public_telephones
def telephones_of_the_portal() -> Iterable[str]:
    return PortalSettings.objects.values_list("contact", flat=True)


def _personal(page: BasePage, of: Kind, told: str) -> Iterator[Finding]:
    return (_about(page, text, number, told) for text, number in shared(page, _numbers) if number.kind == of)


def _numbers(page: BasePage) -> list[tuple[Text, Number]]:
    return [
        (text, number)
        for text in shared(page, all_texts)
        if text.place not in page.contact_fields
        for number in personal_numbers(text.said)
    ]


def _about(page: BasePage, text: Text, number: Number, told: str) -> Finding:
    """The message, which is logged and recorded, shows the number masked."""
    typed = text.said[number.start : number.end]
    mend = None
    if typed in text.raw:
        mend = Mend(_("Mask it"), partial(change_text, page, text.place, partial(_with_masked, typed, text.is_markup)))
    return Finding(told.format(number=masked(typed)), text.place, number.digits, mend)


def _with_masked(typed: str, is_markup: bool, raw: str) -> str:
    def replaced(words: str) -> str:
        return words.replace(typed, masked(typed))

    return map_text(raw, replaced) if is_markup else replaced(raw)
