"""What was imported into the translation memory: pairs of texts that stand on no page.

They have no rights of their own: whoever may translate into a language may see all that was imported for it.
"""

import hashlib
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models
from django.db.models.functions import Length

from core.text.tags import plain

from ..models import MemoryEntry


class Pair(NamedTuple):
    """A pair of an import, as the segments of one format have it; `has_same_words` says that only tags may differ."""

    source: str
    text: str
    where: str
    has_same_words: bool


def words_hash(markup: str) -> str:
    """The same for the same words, whatever tags and spaces stand between them."""
    return hashlib.sha256(" ".join(plain(markup).split()).encode()).hexdigest()


def pairs(language: str, markup: str, format: str, *, tolerance: float, limit: int) -> Iterator[Pair]:
    """Those whose Chinese is about as long as a text, the newest first: one query. `markup` is the text as rich text;
    `tolerance` is the share by which the other may be shorter or longer."""
    digest, length = words_hash(markup), len(markup)
    near = models.Q(length__gte=length * (1 - tolerance), length__lte=length * (1 + tolerance))
    found = (
        MemoryEntry.objects.filter(language=language)
        .annotate(length=Length("source_text"))
        .filter(near | models.Q(words_hash=digest))
        .order_by("-pk")
        .values_list("source_text", "text", "file__name", "words_hash")[:limit]
    )
    for source, text, where, found_hash in found:
        if format != "html":
            source, text = plain(source), plain(text)
        yield Pair(source, text, where, found_hash == digest)
