"""* `record`: the sealed record of what was published, and by whose word
* `withdrawal`: what was withdrawn, why, and what stands at its address since
"""

from .record import Entry
from .withdrawal import Withdrawal


__all__ = ["Entry", "Withdrawal"]
