"""* `record`: the sealed record of what was published, and by whose word
* `withdrawal`: what was withdrawn, why, and what stands at its address since
* `approvals`: who approved which text
* `allowances`: what goes live without all approvals
* `reviews`: the steps of a review, and what waits at one of them
"""

from .allowances import Allowance
from .approvals import Approval, are_enough, lacking_steps
from .record import Entry
from .reviews import ReviewState, ReviewTask
from .withdrawal import Withdrawal


__all__ = ["Allowance", "Approval", "Entry", "ReviewState", "ReviewTask", "Withdrawal", "are_enough", "lacking_steps"]
