"""The fields above a body, and the byline: what the last import made, the draft, the corrected file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..importing.met import Met
from ..importing.story import Fields
from .comparing import Sort


NAMES = (
    "kicker",
    "title",
    "subtitle",
    "standfirst",
    "byline",
    "credit_line",
    "picture",
    "picture_caption",
    "picture_alt",
)


@dataclass
class FieldRow:
    name: str
    sort: Sort
    draft: Any
    file: Any
    is_taken: bool = False

    @property
    def may_choose(self) -> bool:
        return self.sort in (Sort.CHANGED, Sort.BOTH)


def compare_fields(base: Mapping[str, Any] | None, draft: Mapping[str, Any], new: Mapping[str, Any]) -> list[FieldRow]:
    """Of those that either says. What the file does not say is not taken away, unless it said it before."""
    rows = []
    for name in NAMES:
        before = base.get(name) if base is not None else None
        row = _row(name, before, draft.get(name), new.get(name), base is not None)
        if row.draft or row.file:
            rows.append(row)
    return rows


def _row(name: str, base: Any, draft: Any, new: Any, has_base: bool) -> FieldRow:
    if (new or None) == (draft or None):
        return FieldRow(name, Sort.SAME, draft, new)
    if not new and not (has_base and base):
        return FieldRow(name, Sort.OWN, draft, new)
    if has_base and (new or None) == (base or None):
        return FieldRow(name, Sort.EDITED, draft, new)
    is_edited = has_base and (base or None) != (draft or None) and bool(draft)
    return FieldRow(name, Sort.BOTH if is_edited else Sort.CHANGED, draft, new, is_taken=True)


def fields_of(fields: Fields, pictures: Mapping[str, int | str]) -> dict[str, Any]:
    """As a page has them. A title that is only the name of the file is none."""
    has_title = not any(each.kind == Met.NO_TITLE for each in fields.findings)
    lead = fields.lead if fields.lead and fields.lead.file in pictures else None
    return {
        "kicker": fields.kicker,
        "title": fields.title if has_title else "",
        "subtitle": fields.subtitle,
        "standfirst": fields.standfirst,
        "byline": [[role, name] for role, name in fields.byline.people],
        "credit_line": fields.byline.source[:120],
        "picture": pictures[lead.file] if lead else None,
        "picture_caption": lead.caption[:200] if lead else "",
        "picture_alt": lead.alt[:250] if lead else "",
    }
