"""Primary keys that come from outside: from a form, an address, an imported file or stored rich text.

`str.isdigit` and `int` take more than a key can be: ², ٣, ３, +5, 1_000, and numbers that no database takes.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.db.models import BigIntegerField


_LONGEST = len(str(BigIntegerField.MAX_BIGINT))  # digits


def is_digits(text: str) -> bool:
    """Whether a text is digits of ASCII and nothing else: '2023', but not '', '２０２３' or '-1'."""
    return bool(re.fullmatch("[0-9]+", text))


def parse_key(value: Any) -> int | None:
    """The key that a text, or a number of JSON, stands for; None if none can: `filter(pk=None)` finds nothing."""
    text = str(value) if isinstance(value, str | int) else ""
    key = int(text) if len(text) <= _LONGEST and is_digits(text) else None
    return None if key is None or key > BigIntegerField.MAX_BIGINT else key


def parse_keys(values: Iterable[Any]) -> list[int]:
    """The keys among these values, in their order."""
    return [key for value in values if (key := parse_key(value)) is not None]
