"""What stories say of figures, and where two stories say different numbers of the same: one metric, subject, part and period.

* `reading`: the numbers of a story that are linked to a figure, or that can only be of one
* `storing`: those of live stories are kept in rows, which follow what is published
* `comparing`: which of them contradict one another; the check in the list before publishing
* `report`: all of them, for the desk
"""
