"""What happens to reviews, for those who want to tell people of it. Wagtail's own signals tell of the rest."""

from django.dispatch import Signal


# Approvals do not hold any more. Arguments: `obj` (as it is now), `approvals` (those that did), `now` (what it says now, as
# `core.publishing.canonical.contents` has it), `by` (who changed it, or None). The sender is the approvals' model.
approvals_voided = Signal()

# Something is live by approvals, in the transaction that published it. Arguments: `obj`, `approvals` (of one round), `by`
# (who published it, None if its time had come). The sender is the approvals' model.
approvals_used = Signal()
