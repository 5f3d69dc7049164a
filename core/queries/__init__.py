"""Queries of public pages.

* `narrow`: rows without the columns of languages that nobody reads;
* `rows`: objects of those rows, made without what constructors do for new ones;
* `prepared`: queries that are built and compiled once, not for each request;
* `combined`: keys out of several queries, each cut off for itself.
"""
