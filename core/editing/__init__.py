"""The admin: what all our viewsets share, and what Wagtail's own views do more carefully here.

* `viewsets`: the base of the viewsets of our snippets
* `wagtail_overrides`: Wagtail's views, each changed once at the place that all of them share
* `wagtail_words`: words of Wagtail's that no catalogue reaches
* `visibility`: what a person may see: the one queryset under choosers, bulk actions, confirmations and reports
* `limits`: Wagtail's views held to it
* `forms`: the forms that pictures and documents come in by
* `checklist`: what to look at before publishing, shown beside the form; `checklist_views`: asked for, and ticked
* `collisions`: two people at one form: what each has changed, and both put together
* `refusals`: what a rule refuses is said where it was asked for
* `guides`: the guides of docs/, read within the admin
* `userbar`: the bar on pages that editors look at, and what the panel of checks counts
* `deletion`: what is in use is not deleted
* `self_check`: whether the site is as it has to be; each app registers checks
* `views`: the self-check's page
"""
