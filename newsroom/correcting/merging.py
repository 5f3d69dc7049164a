"""One unit of three texts: what the last import made, the draft, the corrected file."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from core.text.alignment import align

from .marks import with_marks
from .units import LIST, Unit, elements, first_key, text_of, without_keys


_WHOLE = re.compile(r"\A\s*(<p\b[^>]*>)(.*)(</p>)\s*\Z", re.DOTALL)
_ITEM = re.compile(r"(<li\b[^>]*>)((?:(?!</?(?:li|ul|ol)\b).)*)", re.DOTALL)


@dataclass
class Merged:
    """`lost` are the words of links that have no place any more."""

    unit: Unit
    lost: list[str] = field(default_factory=list)


def merge(base: Unit | None, draft: Unit, new: Unit) -> Merged:
    """What the file says now, in the place and with the keys, links and chosen pictures of the draft."""
    if draft.sort != new.sort:
        return Merged(new)
    lost: list[str] = []
    value: Any
    if new.sort == LIST:
        value = merge_list(draft.value, new.value, lost)
    elif new.is_text:
        value = merge_paragraph(draft.value, new.value, lost)
    elif new.sort == "image":
        value = merge_picture(base.value if base and base.sort == "image" else {}, draft.value, new.value)
    elif new.sort == "aside":
        value = draft.value | new.value | {"text": merge_text(draft.value["text"], new.value["text"], lost)}
    elif isinstance(draft.value, dict):
        value = draft.value | new.value
    else:
        value = new.value
    return Merged(replace(new, value=value, block=draft.block, key=first_key(value) if new.is_text else ""), lost)


def merge_paragraph(draft: str, new: str, lost: list[str]) -> str:
    before, after = _WHOLE.match(draft), _WHOLE.match(new)
    if not before or not after:
        return new
    inner, gone = with_marks(before[2], after[2])
    lost += gone
    return f"{before[1]}{inner}{after[3]}"


def merge_list(draft: str, new: str, lost: list[str]) -> str:
    """Each item that is the same, or like one, keeps its key and its links."""
    old = list(_ITEM.finditer(draft))
    found = list(_ITEM.finditer(new))
    pairs = align([text_of(each[2]) for each in old], [text_of(each[2]) for each in found])
    done, cursor = [], 0
    for number, each in enumerate(found):
        done.append(new[cursor : each.start()])
        cursor = each.end()
        if number not in pairs:
            done.append(each[0])
            continue
        before = old[pairs[number].earlier]
        inner, gone = with_marks(before[2], each[2])
        lost += gone
        done.append(f"{before[1]}{inner}")
    return "".join([*done, new[cursor:]])


def merge_text(draft: str, new: str, lost: list[str]) -> str:
    """Several paragraphs, such as those of an aside."""
    old, later = elements(draft), elements(new)
    pairs = align([text_of(each) for each in old], [text_of(each) for each in later])
    done = []
    for number, each in enumerate(later):
        if number in pairs:
            before = old[pairs[number].earlier]
            is_same = without_keys(before) == without_keys(each)
            done.append(before if is_same else merge_paragraph(before, each, lost))
        else:
            done.append(each)
    return "".join(done)


def merge_picture(base: dict[str, Any], draft: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """What the file has changed of it; a file that says nothing takes nothing away from what an editor has written."""
    changed = {name: value for name, value in new.items() if value != base.get(name) and value not in ("", None, False)}
    return {**new, **draft, **changed} if base else {**new, **draft, **_unsaid(draft, changed)}


def _unsaid(draft: dict[str, Any], changed: dict[str, Any]) -> dict[str, Any]:
    """Of a picture that no import has made: what the draft does not say yet."""
    return {name: value for name, value in changed.items() if not draft.get(name)}
