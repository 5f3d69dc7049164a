"""What happens when something goes live.

* `mending`: what was stored before a rule came to be is found and put right
* `projection`: a language's columns are written from texts
* `signals`: what follows from a save
"""
