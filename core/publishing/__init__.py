"""What happens when something goes live.

* `mending`: what was stored before a rule came to be is found and put right
* `picture_mending`: pictures and documents of before
* `projection`: a language's columns are written from texts
* `signals`: what follows from a save
"""
