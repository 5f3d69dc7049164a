"""A comparison as the screen shows it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from core.models import PortalImage
from core.text.differences import Piece, differences
from news.choices import Role
from news.models import StoryPage

from .comparing import Row, Sort
from .fields import FieldRow
from .units import Unit
from .updating import Plan


LABELS: dict[Sort, Promise] = {
    Sort.SAME: pgettext_lazy("comparison", "Unchanged"),
    Sort.EDITED: gettext_lazy("Edited in the draft: it stays so"),
    Sort.OWN: gettext_lazy("Only in the draft: it stays"),
    Sort.CHANGED: pgettext_lazy("comparison", "Changed"),
    Sort.BOTH: gettext_lazy("Changed in the file, and edited in the draft"),
    Sort.NEW: pgettext_lazy("comparison", "New"),
    Sort.TAKEN_OUT: gettext_lazy("Still in the file; taken out of the draft"),
    Sort.GONE: gettext_lazy("Gone from the file"),
}
QUESTIONS: dict[Sort, Promise] = {
    Sort.CHANGED: gettext_lazy("Take what the file says"),
    Sort.BOTH: gettext_lazy("Take what the file says"),
    Sort.NEW: gettext_lazy("Put it in"),
    Sort.TAKEN_OUT: gettext_lazy("Put it in again"),
    Sort.GONE: gettext_lazy("Take it out"),
}
KINDS: dict[str, Promise] = {
    "paragraph": gettext_lazy("Paragraph"),
    "list": pgettext_lazy("import", "List"),
    "heading": gettext_lazy("Section heading"),
    "image": gettext_lazy("Picture"),
    "quote": gettext_lazy("Pull quote"),
    "table": gettext_lazy("Table"),
    "aside": gettext_lazy("Aside"),
}
QUIET = (Sort.SAME, Sort.EDITED, Sort.OWN)


MOST = 20_000_000  # letters of one text times those of the other: what one screen compares letter by letter


@dataclass
class Shown:
    """A row of the screen: `name` is that of its box, "" if there is nothing to choose."""

    sort: Sort
    kind: Any
    pieces: list[Piece]
    name: str = ""
    value: str = ""
    is_taken: bool = False
    lost: str = ""

    @property
    def label(self) -> Promise:
        return LABELS[self.sort]

    @property
    def question(self) -> Promise | str:
        return QUESTIONS.get(self.sort, "")

    @property
    def is_quiet(self) -> bool:
        return self.sort in QUIET


def rows_of(plan: Plan) -> list[Shown]:
    """Those of the fields first."""
    shower = _Shower()
    return [*(shower.of_field(row) for row in plan.fields), *shower.of_body(plan)]


def counted(rows: Iterable[Shown]) -> list[tuple[Promise, int]]:
    """How many have become what."""
    counts = Counter(row.sort for row in rows)
    return [(label, counts[sort]) for sort, label in LABELS.items() if counts[sort]]


class _Shower:
    """What is compared after `left` is used up is shown as a whole, before and after."""

    def __init__(self) -> None:
        self.left = MOST

    def of_field(self, row: FieldRow) -> Shown:
        names = {"byline": _("byline")}
        kind = names.get(row.name) or StoryPage._meta.get_field(row.name).verbose_name
        before, after = _said(row.name, row.draft), _said(row.name, row.file)
        pieces = self._pieces(before, before if not row.may_choose else after)
        return Shown(row.sort, capfirst(kind), pieces, "field" if row.may_choose else "", row.name, row.is_taken)

    def of_body(self, plan: Plan) -> Iterator[Shown]:
        block_names = {
            name: block.label for name, block in StoryPage._meta.get_field("body").stream_block.child_blocks.items()
        }
        for number, row in enumerate(plan.comparison.rows):
            unit = row.draft or row.file
            sort = unit.sort if unit else ""
            kind = KINDS.get(sort) or block_names.get(sort, sort)
            name = "row" if row.may_choose else ""
            yield Shown(row.sort, kind, self._row_pieces(row), name, str(number), row.is_taken, "、".join(row.lost))

    def _row_pieces(self, row: Row) -> list[Piece]:
        before, after = _words(row.draft), _words(row.file)
        if row.sort in QUIET:
            return self._pieces(before, before)
        if row.sort is Sort.GONE:
            return [Piece("gone", before)]
        if row.sort in (Sort.NEW, Sort.TAKEN_OUT):
            return [Piece("new", after)]
        return self._pieces(before, after)

    def _pieces(self, before: str, after: str) -> list[Piece]:
        if before == after:
            return [Piece("same", before)]
        self.left -= len(before) * len(after)
        if self.left < 0:
            return [Piece("gone", before), Piece("new", after)]
        return list(differences(before, after))


def _said(name: str, value: Any) -> str:
    if name == "byline":
        labels = dict(Role.choices)
        return "、".join(f"{labels.get(role, role)} {person}" for role, person in value or [])
    if name == "picture":
        return _picture(value) if value else ""
    return value or ""


def _words(unit: Unit | None) -> str:
    if unit is None:
        return ""
    if unit.sort == "image":
        return "\n".join(dict.fromkeys([_picture(unit.value.get("image")), *unit.words.split("\n")])).strip()
    return unit.words


def _picture(key: Any) -> str:
    found = PortalImage.objects.filter(pk=key).first() if isinstance(key, int) else None
    return str(found or _("the picture of the file"))
