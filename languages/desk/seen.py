"""What somebody saw of a translation when they approved or published it: nothing that came in meanwhile goes along."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from ..models import UnitState, UnitVersion
from .errors import DeskError
from .rows import Row


Seen = Mapping[str, str]  # the path of each segment, and the fingerprint of what was shown of it


class ChangedMeanwhile(DeskError):
    """`rows` are the segments that are not as they were seen; `gone` is how many were seen and are there no more."""

    def __init__(self, rows: Sequence[Row], gone: int) -> None:
        self.rows, self.gone = list(rows), gone
        super().__init__(_("Something has changed since you opened this page. Nothing was approved or published."))


def fingerprints(rows: Iterable[Row]) -> dict[str, str]:
    return {row.segment.path: fingerprint(row) for row in rows}


def fingerprint(row: Row) -> str:
    return _fingerprint(row.hash, row.status.value, row.text, row.unit.dismissed if row.unit else [])


def check_seen(rows: Sequence[Row], seen: Seen | None) -> None:
    """Raises ChangedMeanwhile unless every row is as it was seen. None is a command's, which sees no page."""
    if seen is None:
        return
    now = fingerprints(rows)
    changed = [row for row in rows if seen.get(row.segment.path) != now[row.segment.path]]
    gone = len(set(seen) - set(now))
    if changed or gone:
        raise ChangedMeanwhile(changed, gone)


def text_as_seen(row: Row, seen: Seen) -> str | None:
    """The text that was shown, as far as it is recorded."""
    wanted = seen.get(row.segment.path)
    if wanted == _fingerprint(row.hash, "missing", ""):
        return ""
    unit = row.here or row.unit
    judgements = [[], unit.dismissed] if unit else []
    for version in UnitVersion.objects.filter(unit=unit).order_by("-pk")[:20] if unit else ():
        if any(wanted == _fingerprint(row.hash, s, version.text, j) for s in UnitState.values for j in judgements):
            return version.text
    return None


def _fingerprint(digest: str, status: str, text: str, judgements: Sequence[Any] = ()) -> str:
    parts = [digest, status, text, *([json.dumps(judgements, sort_keys=True)] if judgements else [])]
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]
