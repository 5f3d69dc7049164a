"""* `record`: the sealed record of what was published, and by whose word
* `withdrawal`: what was withdrawn, why, and what stands at its address since
* `approvals`: who approved which text
* `allowances`: what goes live without all approvals
* `imports`: files that become stories
* `style`: house style that editors keep
* `statement`: what live stories say of figures
* `reviews`: the steps of a review, and what waits at one of them
"""

from .allowances import Allowance
from .approvals import Approval, are_enough, lacking_steps
from .imports import ImportedPicture, StoryImport
from .record import Entry
from .reviews import ReviewState, ReviewTask
from .statement import Statement
from .style import StyleRule
from .withdrawal import Withdrawal


__all__ = [
    "Allowance",
    "Approval",
    "Entry",
    "ImportedPicture",
    "ReviewState",
    "ReviewTask",
    "Statement",
    "StoryImport",
    "StyleRule",
    "Withdrawal",
    "are_enough",
    "lacking_steps",
]
