"""What happens when something goes live.

* `projection`: a language's columns are written from texts
* `signals`: what follows from a save
"""
