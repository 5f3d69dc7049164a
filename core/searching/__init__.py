"""Search in Chinese, on both sides of the index.

* `fields`: search fields that models declare; they store text as tokens
* `writing`, `rows`: what is stored for a thing: words, and a row that says what it is and when it was published
* `backend`: the database's own backend, asked in the same tokens
* `finding`: what the search page asks; `words` writes a query as each database's index reads it
* `marks`: which language a word of the index is of, and the word of a kind
* `indexing`: an object's row is written once for all that is saved of it together
* `apps`: the app's configuration, for that
* `sqlite`, `postgres`: what only one database needs
"""
