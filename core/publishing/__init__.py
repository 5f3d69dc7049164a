"""What happens when something goes live.

* `checklist`: what an editor is told before
* `gate`: the one check that everything passes on its way to readers
* `mending`: what was stored before a rule existed is found and corrected
* `picture_checks`: words that pictures should have
* `text_mending`: texts that were stored before they were cleaned on every way in
* `picture_mending`: pictures and documents that were stored earlier
* `projection`: a language's columns are written from texts
* `announcement`: `source_published`, sent once for each publish, and the order of what follows from it
* `redirects`: which changes of an address leave one
* `schedule`: what is due goes live or is withdrawn
* `signals`: what core itself does then
* `front_cache`: what is withdrawn goes from the cache in front of the portal, too
* `warming`: after a deploy the front page and the sections are made before they are asked for
"""
