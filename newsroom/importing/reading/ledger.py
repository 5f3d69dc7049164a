"""What was met in a file and what became of it, said once for all of a kind."""

from collections import defaultdict

from ..document import Finding, Outcome, Place
from ..met import Met


LONGEST = 120  # characters of a text that are quoted
MOST_TEXTS = 40  # of one kind that are quoted; the others are counted together
MOST_PLACES = 5


class Ledger:
    def __init__(self) -> None:
        self._counts: dict[tuple[Met, Outcome, str], int] = defaultdict(int)
        self._places: dict[tuple[Met, Outcome, str], list[Place]] = defaultdict(list)
        self._texts: dict[tuple[Met, Outcome], int] = defaultdict(int)

    def note(self, kind: Met, outcome: Outcome, place: Place | None = None, text: str = "", count: int = 1) -> None:
        text = " ".join(text.split())
        text = text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
        key = (kind, outcome, text)
        if text and key not in self._counts:
            if self._texts[kind, outcome] >= MOST_TEXTS:
                key = (kind, outcome, "")
            self._texts[kind, outcome] += 1
        self._counts[key] += count
        if place and len(self._places[key]) < MOST_PLACES and place not in self._places[key]:
            self._places[key].append(place)

    def kept(self, kind: Met, place: Place | None = None, text: str = "", count: int = 1) -> None:
        self.note(kind, Outcome.KEPT, place, text, count)

    def changed(self, kind: Met, place: Place | None = None, text: str = "", count: int = 1) -> None:
        self.note(kind, Outcome.CHANGED, place, text, count)

    def dropped(self, kind: Met, place: Place | None = None, text: str = "", count: int = 1) -> None:
        self.note(kind, Outcome.DROPPED, place, text, count)

    def findings(self) -> list[Finding]:
        return [
            Finding(str(kind), outcome, text, count, tuple(self._places[kind, outcome, text]))
            for (kind, outcome, text), count in self._counts.items()
        ]
