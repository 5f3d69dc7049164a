"""Which figure a number of a text may be.

* `times`: when the sentence speaks of; `words`: whether it speaks of a metric
* `ranking`: how likely each figure is for a number, by its value, its unit, and what stands around the number
* `finding`: the numbers of a page and the figures that they may be: a constant number of queries
* `filling`: what a sentence says of a figure that is not there yet
"""
