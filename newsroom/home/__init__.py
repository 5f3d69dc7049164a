"""The first page of the admin: to each person, what concerns them.

* `pages`: the pages that somebody works on, in the parts in which they are shown; one query for each part
* `panels`: how they are shown, and the self-check
* `reviews`: the reviews that wait for somebody, were sent back to them, or are urgent; a few queries for each part
* `review_panels`: how they are shown

What awaits translators is shown by their desk (`languages.views.my_work`).
"""
