"""Search in Chinese, on both sides of the index.

* `fields`: search fields that models declare; they store text as tokens
* `backend`: the database's own backend, asked in the same tokens; `matching` is what the search page asks
* `marks`: which language a word of the index is of
* `indexing`: an object's row is written once for all that is saved of it together
* `apps`: the app's configuration, for that
* `sqlite`, `postgres`: what only one database needs
"""
