"""One way to write a value down, and its SHA-256."""

import hashlib
import json
from typing import Any


def canonical_json(value: Any) -> str:
    """The same text for the same value, whatever it went through: keys in order, no blanks, no escapes but JSON's own."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    """64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()
