"""* `record`: the sealed record of what was published, and by whose word"""

from .record import Entry


__all__ = ["Entry"]
