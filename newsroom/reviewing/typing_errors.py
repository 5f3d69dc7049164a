"""What is a typing error: few characters of a live text that say nothing else than before.

From the rules of the newsroom: in title, standfirst, captions and text only; at most 20 characters in all since the last full
review; never a digit, a name of a school or a person, a negation, or a link, nor one word for another (`words`).

Texts are compared in simplified characters, so the same holds of traditional ones; the form of a character alone says nothing.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from core.text.chinese import simplified
from core.text.differences import Piece, differences

from .content import text_of
from .meaning import turned
from .named import addresses, number_words, people
from .vocabulary import mended
from .words import names_in, replaced


MOST = 20  # characters, gone or new, whichever are more at each place
FIELDS, BODY = ("title", "standfirst"), "body"
NEGATIONS = re.compile(
    r"[不没無无未非否别別勿莫禁毋弗]|休[得想]|\b(?:no|nor|not|cannot|neither|never|nobody|nothing|none|without)\b|n['’]t\b",
    re.IGNORECASE,
)
NUMBER = re.compile(r"[-−－+＋]?\d+(?:[.,:．，：]\d+)*[%‰％]?")
NUMERALS = frozenset("两俩半倍第")  # those that Unicode knows not as numbers, and what makes them ordinals
TAG = re.compile(r"<[^>]*>")
LINK = re.compile(r"<a\b[^>]*+>(?:[^<]++|<(?!/a>))*+</a>")


def may_have(model: type[models.Model]) -> bool:
    """Whether a thing of the model has text in which one can be mended: a page has, a figure has not."""
    return any(field.name in (*FIELDS, BODY) for field in model._meta.concrete_fields)


def why_not(before: dict[str, Any], now: dict[str, Any], names: Iterable[str]) -> str:
    """Why a content is more than a typing error away from another; "" if it is not. Both as
    `core.publishing.canonical.contents` has them."""
    if before.get("embedded") != now.get("embedded"):
        return _("Something that it shows was changed, so it needs its full review.")
    changes = list(_changes(before.get("fields", {}), now.get("fields", {})))
    texts = [each for each in changes if each is not None]
    if len(texts) < len(changes):
        return _("Only title, standfirst, captions and text are corrected without a full review.")
    if any(TAG.findall(old) != TAG.findall(new) or LINK.findall(old) != LINK.findall(new) for old, new in texts):
        return _("A link or a mark was changed, so it needs its full review.")
    said = [(mended(simplified(old), simplified(new)), simplified(new)) for old, new in texts]
    bare = [(TAG.sub("", old), TAG.sub("", new)) for old, new in said]
    known = {simplified(name) for name in names if name} | _named_in(before) | _named_in(now)
    return _why_not_words(bare, known) or _why_not_pieces(said) or _too_many(texts)


def _named_in(said: dict[str, Any]) -> frozenset[str]:
    """In the whole text: who is named where it says so counts wherever the name stands."""
    fields = said.get("fields", {})
    text = TAG.sub("", simplified(text_of([fields.get(name) for name in (*FIELDS, BODY)])))
    return names_in(text) | {name for name in people(text) if len(name) > 1}


def _why_not_words(texts: list[tuple[str, str]], known: Iterable[str]) -> str:
    """Of texts without tags: a name may be partly in bold."""
    if any(addresses(old) != addresses(new) for old, new in texts):
        return _("A link or a mark was changed, so it needs its full review.")
    if any(_in_order(known, old) != _in_order(known, new) or people(old) != people(new) for old, new in texts):
        return _("A name was changed, so it needs its full review.")
    if any(_numbers(old) != _numbers(new) for old, new in texts):
        return _("A number was changed, so it needs its full review.")
    if any(NEGATIONS.findall(old) != NEGATIONS.findall(new) for old, new in texts):
        return _("A negation was changed, so it needs its full review.")
    if word := next(filter(None, (replaced(old, new) for old, new in texts if old != new)), ""):
        return _meaning(word)
    return ""


def _meaning(word: str) -> str:
    words = _("“{word}” can make it say something else, so it needs its full review.")
    return words.format(word=word)


def _numbers(text: str) -> list[str]:
    return [*NUMBER.findall(text), *number_words(text)]


def _in_order(names: Iterable[str], text: str) -> list[str]:
    """Each name in the text as often as it is there, in the order of their places."""
    found = ((each.start(), name) for name in names if name in text for each in re.finditer(re.escape(name), text))
    return [name for _place, name in sorted(found)]


def _why_not_pieces(texts: list[tuple[str, str]]) -> str:
    for old, new in texts:
        changed = [piece.text for piece in differences(old, new) if piece.kind != "same"]
        if any(character.isnumeric() or character in NUMERALS for text in changed for character in text):
            return _("A number was changed, so it needs its full review.")
        if any(NEGATIONS.search(text) for text in changed):
            return _("A negation was changed, so it needs its full review.")
        if word := turned(TAG.sub("", old), TAG.sub("", new), changed):
            return _meaning(word)
    return ""


def _too_many(texts: list[tuple[str, str]]) -> str:
    count = sum(_characters(differences(old, new)) for old, new in texts)
    if count > MOST:
        words = _("{count} characters differ since the last full review, and at most {most} may.")
        return words.format(count=count, most=MOST)
    return ""


def _characters(pieces: Iterable[Piece]) -> int:
    """Gone or new, whichever are more at each place."""
    count, gone, added = 0, 0, 0
    for piece in pieces:
        if piece.kind == "same":
            count, gone, added = count + max(gone, added), 0, 0
        gone += len(piece.text) if piece.kind == "gone" else 0
        added += len(piece.text) if piece.kind == "new" else 0
    return count + max(gone, added)


def _changes(old: dict[str, Any], new: dict[str, Any]) -> Iterator[tuple[str, str] | None]:
    """(what it said, what it says) of texts that differ; None where nothing may differ."""
    for name in old.keys() | new.keys():
        before, now = old.get(name), new.get(name)
        if before == now:
            continue
        if name in FIELDS:
            yield _pair(before, now)
        elif name == BODY and isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
            for (kind, value), (other, wanted) in zip(before, now, strict=True):
                yield from _in_block(kind if kind == other else "", value, wanted)
        else:
            yield None


def _in_block(kind: str, old: Any, new: Any) -> Iterator[tuple[str, str] | None]:
    """A text block, or the captions in another one."""
    if not kind:
        yield None
    elif old != new:
        yield from [_pair(old, new)] if kind == "text" else _captions("", old, new)


def _captions(name: str, old: Any, new: Any) -> Iterator[tuple[str, str] | None]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict) and old.keys() == new.keys():
        for key in old:
            yield from _captions(key, old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for first, second in zip(old, new, strict=True):
            yield from _captions(name, first, second)
    else:
        yield _pair(old, new) if name == "caption" else None


def _pair(old: Any, new: Any) -> tuple[str, str] | None:
    return (old, new) if isinstance(old, str) and isinstance(new, str) and new else None
