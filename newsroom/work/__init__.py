"""Lists of the work, so that nobody has to ask where something is.

* `rights`: whose work somebody sees
* `items`: what waits at a step or was sent back from it, with all that a line says of it
* `people`: whom lists can be narrowed to
* `tables`: what the reports share: times in the time of the portal, names with links
* `progress`: the report of what is under review
* `exceptions`: the report of what went live by the word of one person, and of warnings that were ticked
* `sheet`: one entry of the record, to be read and printed
"""
