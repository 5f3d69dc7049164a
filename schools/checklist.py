"""Schools that a text names without a link to them; and their telephones, which everybody may know."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape, unescape

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail import blocks

from core.keys import parse_keys
from core.languages import SOURCE, column
from core.models import BasePage
from core.publishing.checklist import Finding, Level, Mend, publish_check, shared
from core.publishing.page_texts import Part, change_text, parts_of
from core.publishing.text_checks import public_telephones
from core.text.tags import pieces

from .models import SchoolPage


SHORTEST = 3  # characters of a name: shorter ones are words, too
Names = dict[
    str, list[tuple[str, int]]
]  # the first two characters of a name -> (name, key of the school), longest first


@public_telephones
def telephones_of_schools() -> Iterable[str]:
    return SchoolPage.objects.exclude(telephone="").values_list("telephone", flat=True)


@publish_check("schools.unlinked-names", BasePage, Level.NOTE)
def check_unlinked_names(page: BasePage) -> Iterator[Finding]:
    """How many schools the text names that are linked nowhere in it: two queries, one if nothing is named."""
    texts = [part for part in shared(page, parts_of) if isinstance(part.block, blocks.RichTextBlock)]
    if not texts or isinstance(page, SchoolPage):
        return
    known = names()
    named: dict[int, tuple[str, str]] = {}  # key -> (name, place)
    for part in texts:
        for name, key, _start in _found(part.raw, known):
            named.setdefault(key, (name, part.place))
    for key in _linked(page):
        named.pop(key, None)
    if named:
        told = ngettext(
            "{count} school is named and not linked: {names}.",
            "{count} schools are named and not linked: {names}.",
            len(named),
        )
        words = [name for name, _place in named.values()]
        shown = _(", ").join(words[:5]) + ("…" if len(words) > 5 else "")
        mend = Mend(_("Link them"), partial(_link_all, page, {name: key for key, (name, _place) in named.items()}))
        _name, place = next(iter(named.values()))
        yield Finding(told.format(count=len(named), names=shown), place, " ".join(words), mend)


def names() -> Names:
    """The names of all schools that readers may see: one query. A name that two schools have belongs to neither."""
    columns = [column("title", SOURCE), column("official_name", SOURCE), "other_names"]
    owners: dict[str, set[int]] = defaultdict(set)
    for key, title, official, others in SchoolPage.objects.readable().values_list("pk", *columns):
        for name in (title, official, *(others or "").replace("，", ",").replace("、", ",").split(",")):
            if len(cleaned := (name or "").strip()) >= SHORTEST:
                owners[cleaned].add(key)
    found: Names = defaultdict(list)
    for name, keys in sorted(owners.items(), key=lambda item: -len(item[0])):
        if len(keys) == 1:
            found[name[:2]].append((name, keys.pop()))
    return found


def _found(html: str, known: Names) -> Iterator[tuple[str, int, int]]:
    """(name, key of the school, start of its piece) of the names outside of links."""
    is_inside = False
    for piece in pieces(html):
        if piece.name == "a":
            is_inside = piece.is_start
        elif piece.is_text and not is_inside:
            yield from ((name, key, piece.start) for name, key, _at in _names_in(unescape(piece.raw), known))


def _names_in(text: str, known: Names) -> Iterator[tuple[str, int, int]]:
    """The longest name at each place, none within another one."""
    at = 0
    while at < len(text) - 1:
        for name, key in known.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                yield name, key, at
                at += len(name)
                break
        else:
            at += 1


def _linked(page: BasePage) -> set[int]:
    """The schools that a page is linked to already: in its text, as a card, or beside it."""
    found: list[object] = []
    for part in shared(page, parts_of):
        found += _referred(part)
    for relation in get_all_child_relations(type(page)):
        for field in relation.related_model._meta.fields:
            if field.related_model is SchoolPage:
                found += [getattr(row, field.attname) for row in getattr(page, relation.get_accessor_name()).all()]
    return set(parse_keys(found))


def _referred(part: Part) -> list[object]:
    if isinstance(part.block, blocks.PageChooserBlock):
        return [part.raw]
    if isinstance(part.block, blocks.RichTextBlock):
        links = [piece.attributes for piece in pieces(part.raw) if piece.name == "a" and piece.is_start]
        return [each.get("id") for each in links if each.get("linktype") in ("school", "page")]
    return []


def _link_all(page: BasePage, wanted: dict[str, int]) -> None:
    """Link each of these names where it stands first."""
    left = dict(wanted)
    for part in parts_of(page):
        if left and isinstance(part.block, blocks.RichTextBlock):
            change_text(page, part.place, partial(_with_links, left))


def _with_links(left: dict[str, int], html: str) -> str:
    """Takes what it has linked out of `left`."""
    done, is_inside = [], False
    for piece in pieces(html):
        is_inside = piece.is_start if piece.name == "a" else is_inside
        done.append(_with_link(left, piece.raw) if piece.is_text and not is_inside else piece.raw)
    return "".join(done)


def _with_link(left: dict[str, int], raw: str) -> str:
    known: Names = defaultdict(list)
    for name, key in sorted(left.items(), key=lambda item: -len(item[0])):
        known[name[:2]].append((name, key))
    text, done, cursor = unescape(raw), [], 0
    for name, _key, at in _names_in(text, known):
        if name in left:
            link = f'<a id="{left.pop(name)}" linktype="school">{escape(name, quote=False)}</a>'
            done += [escape(text[cursor:at], quote=False), link]
            cursor = at + len(name)
    return "".join([*done, escape(text[cursor:], quote=False)]) if done else raw
