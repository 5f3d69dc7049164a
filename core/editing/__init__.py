"""The admin: what all our viewsets share, and what Wagtail's own views do more carefully here.

* `viewsets`: the base of the viewsets of our snippets
* `wagtail_overrides`: Wagtail's views, each changed once at the place that all of them share
* `deletion`: what is in use is not deleted
* `self_check`: whether the site is as it has to be; each app registers checks
* `views`: the self-check's page
"""
