"""Queries of public pages, and of what is read at once elsewhere.

* `narrow`: rows without the columns of languages that nobody reads;
* `rows`: objects of those rows, made without what constructors do for new ones;
* `prepared`: queries that are built and compiled once, not for each request;
* `combined`: keys out of several queries, each cut off for itself;
* `permissions`: all permissions, and what groups have of them.
"""
