"""From where corrections of typing errors are measured: the last full review, whatever was published since without one."""

from typing import Any

from django.db import models

from ..models import Allowance, Entry
from ..record.naming import thing_of
from .content import said_by
from .copies import ADDRESS


CORRECTION = Allowance.Kind.CORRECTION


def last_reviewed(row: Any) -> dict[str, Any]:
    """What the live text said at its last full review: what corrections were measured from until now, else what is live.
    Of a copy it is what its origin said, at its own address."""
    correction = newest_correction(row)
    if correction is None or not correction.before:
        return said_by(row)
    before = dict(correction.before)
    own = {ADDRESS: row.slug} if ADDRESS in before.get("fields", {}) else {}
    return before | {"fields": before.get("fields", {}) | own}


def newest_correction(row: Any) -> Allowance | None:
    """By which the live text says what it does; None if that had its full review, or was published urgently."""
    entry = _newest(row)
    if entry is None:
        return None
    used = models.QuerySet(Allowance).filter(kind=CORRECTION, used_at__isnull=False).order_by("-used_at", "-pk")
    if entry.kind == Entry.Kind.CORRECTION:
        thing = thing_of(row)
        return used.filter(model=thing.model, object_id=thing.key).first()
    hashes = [each["hash"] for each in entry.approvals if each.get("kind") == CORRECTION]  # of what it is a copy of
    return used.filter(content_hash__in=hashes).first() if hashes else None


def _newest(row: Any) -> Entry | None:
    """The entry of what was said anew last: to publish or release the same again is no review. Of what was hashed by an
    older form it is not known whether it was the same, so without approvals it is taken for that."""
    thing = thing_of(row)
    entries = models.QuerySet(Entry).filter(model=thing.model, object_id=thing.key).exclude(kind=Entry.Kind.WITHDRAWAL)
    rows = list(entries.order_by("-number").only("number", "kind", "content_hash", "form", "approvals"))
    for entry, older in zip(rows, [*rows[1:], None], strict=True):
        is_own = entry.kind == Entry.Kind.PUBLICATION and not entry.approvals
        is_repeated = is_own and older and (older.content_hash == entry.content_hash or older.form < entry.form)
        if entry.kind != Entry.Kind.EMBEDDED and not is_repeated:
            return entry
    return None
