"""Queries of public pages.

* `narrow`: rows without the columns of languages that nobody reads;
* `prepared`: queries that are built and compiled once, not for each request;
* `combined`: keys out of several queries, each cut off for itself.
"""
