"""What the parts of a file make as things are: the story, its broken copy with where to see it, and what it names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..importing import wording
from ..importing.recognised import Recognised, recognised
from ..importing.story import Fields, Piece, Story, fold
from .mending import Mark, Mend, marks_of
from .moving import moved
from .parts import Choices, Slice


AT_ONCE = 100  # parts on one page of the screen
LABELS: Mapping[Mend, Promise] = {
    Mend.MOVE: _("Move it there"),
    Mend.JOIN: _("Join them"),
    Mend.LEAVE_OUT: _("Leave it out"),
}


def page_of(number: int) -> int:
    """Of the screen, from 1, on which the part of this number stands."""
    return number // AT_ONCE + 1


@dataclass
class Broken:
    """Damage beside the part of that key. `url` leads to it, `other_url` to the part that it has to do with, if there is
    one; `label` is that of the button, if one click puts it right."""

    key: str
    message: str
    place: str
    url: str
    other_place: str = ""
    other_url: str = ""
    label: Promise | str = ""


class Standing:
    """Each of it is made once, when it is asked for: so nothing may be changed any more. `number` is that of the page of the
    screen that is shown."""

    def __init__(self, choices: Choices, number: int = 1) -> None:
        self.choices, self.number = choices, number

    @cached_property
    def _numbered(self) -> list[tuple[int, Piece]]:
        return self.choices.numbered()

    @cached_property
    def fields(self) -> Fields:
        return fold(Story(self.choices.document, [piece for _number, piece in self._numbered]))

    @cached_property
    def recognised(self) -> Recognised:
        return recognised(self.fields)

    @cached_property
    def moved(self) -> set[Slice]:
        return moved(self.choices.parts)

    @cached_property
    def broken(self) -> list[Broken]:
        return [self._shown(mark) for mark in marks_of(self.choices, self._numbered)]

    @cached_property
    def broken_here(self) -> Mapping[str, list[Broken]]:
        """Of each part of the page that is shown, by its key."""
        first = (self.number - 1) * AT_ONCE
        shown = {part.key for part in self.choices.parts[first : first + AT_ONCE]}
        found: dict[str, list[Broken]] = defaultdict(list)
        for each in self.broken:
            if each.key in shown:
                found[each.key].append(each)
        return found

    def _shown(self, mark: Mark) -> Broken:
        document, first = self.choices.document, mark.parts.start
        return Broken(
            key=self.choices.parts[first].key,
            message=mark.message,
            place=wording.place(mark.place, document),
            url=self.address(first),
            other_place="" if mark.other is None else wording.place(mark.other_place, document),
            other_url="" if mark.other is None else self.address(mark.other),
            label=LABELS[mark.mend] if mark.mend else "",
        )

    def address(self, number: int) -> str:
        """Of a part, from the page that is shown."""
        page = page_of(number)
        return f"{'' if page == self.number else f'?p={page}'}#part-{self.choices.parts[number].key}"
