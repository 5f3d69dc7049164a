"""Search in Chinese, on both sides of the index.

* `fields`: search fields that models declare; they store text as tokens
* `backend`: the database's own backend, asked in the same tokens; `matching` is what the search page asks
* `sqlite`: what only SQLite needs
"""
