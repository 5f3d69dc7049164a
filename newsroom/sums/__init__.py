"""Sums that a story does: 增长12.3%, 占三分之二, 共…其中…. They are done again where their parts stand in the same paragraph.

* `amounts`: the numbers of a sentence as intervals, since printed numbers are rounded
* `growth`: from one amount to another; `shares`: a part of a whole; `totals`: parts that make a whole
* `finding`: all of a paragraph; `checks`: the list before publishing
"""
