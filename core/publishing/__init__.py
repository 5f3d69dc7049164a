"""What happens when something goes live.

* `checklist`: what an editor is told before, in one list; `ticks`: the warnings in it that somebody has answered for
* `offers`: words of a text that one click in the list links
* `page_texts`: the texts of a page with their places in its form; `text_checks`: what is checked of any page's
* `link_checks`: whether readers see what a page's links lead to
* `acts`: whatever brings something to readers or takes it away; rules that may refuse, recorders, `bypass_review`
* `ways`: every way of Wagtail's to readers is such an act
* `gate`: what must be complete before it is published
* `canonical`: what a thing says, and its SHA-256; `canonical_blocks`: the same of a body; `canonical_forms`: how that has grown,
  and what charts draw; `digest`: of any value
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

from .acts import bypass_review, register_rule


__all__ = ["bypass_review", "register_rule"]
