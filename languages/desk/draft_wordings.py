"""Which wordings of an original are known at the desk: those that readers have seen, and those of released drafts.

Kept here are only the others (models.DraftWording). Nothing that was written for them is deleted: it is hidden, and
comes back if a draft with the same wording is released again or published.
"""

from collections.abc import Iterable

from core.segments import Segment, extract, source_hash

from ..models import DraftWording, Original


def show(original: Original, segments: Iterable[Segment]) -> None:
    """A draft with these segments is released to translators."""
    hashes = {source_hash(segment) for segment in segments}
    original.draft_wordings.filter(source_hash__in=hashes).update(is_shown=True)
    _record(original, hashes, is_shown=True)


def hide(original: Original) -> None:
    """The released draft is taken back, with those that were released before it."""
    original.draft_wordings.update(is_shown=False)


def conceal(original: Original, segments: Iterable[Segment]) -> None:
    """Something is written for segments of a draft that translators do not see."""
    _record(original, {source_hash(segment) for segment in segments}, is_shown=False)


def made_public(original: Original, segments: Iterable[Segment]) -> None:
    """Readers see these segments now."""
    recorded = set(original.draft_wordings.values_list("source_hash", flat=True))
    if seen := recorded & {source_hash(segment) for segment in segments}:
        original.draft_wordings.filter(source_hash__in=seen).delete()


def end_release(original: Original) -> None:
    """What was released has been published, if with changes: what translators saw of it stays known to them."""
    original.draft_wordings.filter(is_shown=True).delete()


def _record(original: Original, hashes: set[str], *, is_shown: bool) -> None:
    """Those that are new to the desk: readers do not see them, and nothing was written for them before."""
    new = hashes - set(original.draft_wordings.values_list("source_hash", flat=True))
    new -= set(original.units.filter(source_hash__in=new).values_list("source_hash", flat=True))
    if new and original.is_live:
        new -= {source_hash(segment) for segment in extract(original.live())}
    rows = (DraftWording(original=original, source_hash=each, is_shown=is_shown) for each in sorted(new))
    DraftWording.objects.bulk_create(rows, ignore_conflicts=True)
