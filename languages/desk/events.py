"""What happens at the desk that others may want to know of."""

from django.dispatch import Signal


# A reviewer has sent texts back. Arguments: `original`, `language` (core.models.Language), `units` (those that were sent
# back; each has its `author` and `sent_back_reason`), `by` (the reviewer) and `reason`. The sender is the Original's
# class. It is sent within the transaction, once for each action.
sent_back = Signal()
