"""Three versions of a form put side by side: what was loaded, what somebody else has stored since, what was sent."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from .versions import Entry, Version


ORDER = "order"  # the kind of an entry that holds the ids of a list


class Changed(StrEnum):
    """Who has changed a part since it was loaded."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@dataclass(frozen=True)
class Part:
    """A field, a block, a row, or the order of a list, that is not the same in theirs and mine. None if it is not there.

    `key` is the field's name; of a block or row the list's name and its id: `body:3f…`; of the order `body:order`.
    """

    key: str
    base: Entry | None
    theirs: Entry | None
    mine: Entry | None
    by: Changed

    @property
    def list_name(self) -> str:
        return self.key.partition(":")[0]

    @property
    def is_order(self) -> bool:
        return self.key.endswith(f":{ORDER}")


class Merge:
    """`base` is None if nobody knows what was loaded: then whatever differs was changed by both."""

    def __init__(self, base: Version | None, theirs: Version, mine: Version) -> None:
        self.theirs, self.mine = theirs, mine
        self.lists = {
            name: _aligned(base.lists.get(name, []) if base else None, theirs.lists.get(name, []), entries)
            for name, entries in mine.lists.items()
        }
        self.parts = [*self._fields(base), *(part for name in self.lists for part in self._list(name, base is None))]

    @property
    def is_needed(self) -> bool:
        """Whether somebody else has changed anything that the form holds."""
        return any(part.by is not Changed.MINE for part in self.parts)

    def _fields(self, base: Version | None) -> Iterator[Part]:
        for name, mine in self.mine.fields.items():
            loaded = base.fields.get(name) if base else None
            part = _part(name, loaded, self.theirs.fields[name], mine, is_unknown=base is None)
            if part:
                yield part

    def _list(self, name: str, is_unknown: bool) -> Iterator[Part]:
        base, theirs, mine = self.lists[name]
        by_id = [{entry.id: entry for entry in entries} for entries in (base, theirs, mine)]
        ids = _ordered([entry.id for entry in mine], [entry.id for entry in theirs])
        ids = _ordered(ids, [entry.id for entry in base])
        for each in ids:
            part = _part(f"{name}:{each}", *(entries.get(each) for entries in by_id), is_unknown=is_unknown)
            if part:
                yield part
        order = _part(f"{name}:{ORDER}", *_orders(base, theirs, mine), is_unknown=is_unknown)
        if order:
            yield order

    def fields(self, choices: Mapping[str, str]) -> dict[str, Entry]:
        """The fields of which theirs is chosen."""
        parts = {part.key: part for part in self.parts}
        return {
            name: theirs
            for name, theirs in self.theirs.fields.items()
            if name in parts and choice(parts[name], choices) == Changed.THEIRS
        }

    def entries(self, name: str, choices: Mapping[str, str]) -> list[Entry]:
        """The blocks or rows that are chosen, in the order that is chosen."""
        _base, theirs, mine = self.lists[name]
        chosen = {entry.id: entry for entry in mine}
        first, second = mine, theirs
        for part in self.parts:
            if part.list_name != name or part.key == name or choice(part, choices) != Changed.THEIRS:
                continue
            if part.is_order:
                first, second = theirs, mine
            elif part.theirs is None:
                chosen.pop(part.key.partition(":")[2], None)
            else:
                chosen[part.theirs.id] = part.theirs
        ids = _ordered([entry.id for entry in first], [entry.id for entry in second])
        return [chosen[each] for each in ids if each in chosen]


def choice(part: Part, choices: Mapping[str, str]) -> str:
    """Mine or theirs: as chosen, else of whoever has changed it. Nobody's words are dropped unasked: mine."""
    chosen = choices.get(part.key)
    if chosen in (Changed.MINE, Changed.THEIRS):
        return chosen
    return Changed.THEIRS if part.by is Changed.THEIRS else Changed.MINE


def _part(key: str, base: Entry | None, theirs: Entry | None, mine: Entry | None, *, is_unknown: bool) -> Part | None:
    """None if theirs and mine are the same."""
    if _content(theirs) == _content(mine):
        return None
    if is_unknown:
        by = Changed.BOTH
    elif _content(base) == _content(theirs):
        by = Changed.MINE
    else:
        by = Changed.THEIRS if _content(base) == _content(mine) else Changed.BOTH
    return Part(key, base, theirs, mine, by)


def _content(entry: Entry | None) -> object:
    return None if entry is None else (entry.kind, entry.same)


def _orders(base: list[Entry], theirs: list[Entry], mine: list[Entry]) -> list[Entry]:
    """The order of what both have, in each version."""
    both = {entry.id for entry in theirs} & {entry.id for entry in mine}
    orders = ([entry.id for entry in entries if entry.id in both] for entries in (base, theirs, mine))
    return [Entry(ORDER, ORDER, order, order) for order in orders]


def _ordered(first: Iterable[str], second: Iterable[str]) -> list[str]:
    """All ids, in the first order; what only the second has stands after what it follows there."""
    ids = list(first)
    place = 0
    known = set(ids)
    for each in second:
        if each in known:
            place = ids.index(each) + 1
        else:
            ids.insert(place, each)
            known.add(each)
            place += 1
    return ids


# The same block or row in other versions --------------------------------------------------------


def _aligned(
    base: list[Entry] | None, theirs: list[Entry], mine: list[Entry]
) -> tuple[list[Entry], list[Entry], list[Entry]]:
    """The entries of the three versions with the same ids for the same things.

    Stored rows of drafts have no id, nor have blocks that came from elsewhere; a browser may give ids of its own.
    """
    loaded = [entry if entry.id else entry._replace(id=f"base-{number}") for number, entry in enumerate(base or [])]
    theirs = _named(loaded, [], theirs, "theirs")
    known = {entry.id for entry in loaded}
    added = [entry for entry in theirs if entry.id not in known]
    return loaded, theirs, _named(loaded, added, mine, "mine")


def _named(loaded: list[Entry], added: list[Entry], version: list[Entry], own: str) -> list[Entry]:
    """First by id, then by equal content, then what has no id by its turn among what is left of its kind. What somebody
    else has added is the same only if its content is."""
    known = {entry.id for entry in (*loaded, *added)}
    left = {entry.id for entry in (*loaded, *added)} - {entry.id for entry in version}
    named = list(version)

    def give(is_like: Callable[[Entry, Entry], bool], among: list[Entry]) -> None:
        for number, entry in enumerate(named):
            kin = (other for other in among if other.id in left and other.kind == entry.kind)
            twin = next((other for other in kin if entry.id not in known and is_like(entry, other)), None)
            if twin:
                left.discard(twin.id)
                named[number] = entry._replace(id=twin.id)

    give(lambda entry, other: entry.same == other.same, [*loaded, *added])
    give(lambda entry, _other: not entry.own_id, loaded)
    return [entry if entry.id else entry._replace(id=f"{own}-{number}") for number, entry in enumerate(named)]
