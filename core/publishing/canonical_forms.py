"""The canonical form of a content grows as more counts; what was hashed by an older form is compared by that one.

| Form | What counts since |
|---|---|
| 1 | its own words, and by value what is embedded |
| 2 | what is drawn where it stands in a body (`draw`): the figures of a chart's metric |

A content names its form if that is not the first, so what has no charts is written, and hashed, as ever. An older form is made of
a newer one by leaving out, so all hashes are known wherever one is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple, Self

from django.db import models

from .digest import digest


FIRST, WITH_DRAWINGS = 1, 2
FORM = "form"  # the key of a content that says it


class Drawing(NamedTuple):
    """Published rows of `of` that name a thing by the field `by`; these columns of theirs count."""

    of: type[models.Model]
    by: str
    columns: tuple[str, ...]


_drawings: dict[type[models.Model], Drawing] = {}


def draw(model: type[models.Model], of: type[models.Model], by: str, *columns: str) -> None:
    """Where a thing of `model` stands in a body, its rows of `of` are drawn, and count. All of them that are published: which
    are drawn follows from their order and from what else is there."""
    _drawings[model] = Drawing(of, by, columns)


def is_drawn(model: type[models.Model]) -> bool:
    return model in _drawings


def drawings_of(model: type[models.Model]) -> list[tuple[type[models.Model], Drawing]]:
    """(what stands in bodies, how it is drawn) where it is drawn from rows of this model."""
    return [(drawn, each) for drawn, each in _drawings.items() if each.of is model]


def rows_of(model: type[models.Model], keys: Iterable[int]) -> dict[int, dict[int, tuple[Any, ...]]]:
    """{key of a thing: {key of a row that is drawn: its columns}}, empty of what readers do not see; one query."""
    of, by, columns = _drawings[model]
    wanted = list(keys)
    rows = models.QuerySet(of).filter(**{f"{by}__in": wanted, f"{by}__live": True, "live": True})
    found: dict[int, dict[int, tuple[Any, ...]]] = defaultdict(dict, {key: {} for key in wanted})
    for key, row, *values in rows.order_by("pk").values_list(by, "pk", *columns):
        found[key][row] = tuple(values)
    return dict(found)


@dataclass(frozen=True)
class Hashes:
    """Of one content, by each form up to its own."""

    by_form: Mapping[int, str]

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Of a content as `canonical.contents` has it."""
        form = said.get(FORM, FIRST)
        older = {FIRST: digest(_without_drawings(said))} if form > FIRST else {}
        return cls({form: digest(said), **older})

    @property
    def form(self) -> int:
        return max(self.by_form)

    @property
    def newest(self) -> str:
        return self.by_form[self.form]

    def has(self, content_hash: str) -> bool:
        """Whether it is a hash of this content by any form."""
        return content_hash in self.by_form.values()


def _without_drawings(said: Mapping[str, Any]) -> dict[str, Any]:
    drawn = {model._meta.label_lower for model in _drawings}
    embedded = {name: each for name, each in said["embedded"].items() if name.partition(" ")[0] not in drawn}
    return {name: value for name, value in said.items() if name != FORM} | {"embedded": embedded}
