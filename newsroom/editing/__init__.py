"""Reviews in Wagtail's forms.

* `actions`: what Wagtail's views of a step say about it
* `history`: the steps in the history of a page
* `locking`: forms of figures that a review has
* `menus`: the buttons below a form
* `panel`: beside a form, how far its review is and what was corrected
* `assigning`: the form that gives a step to somebody
* `log_entries`: how the history names what is given to somebody
* `files`: pictures and documents that readers see
* `in_use`: whether readers see one somewhere
* `exceptions`: the forms that publish by the word of one person
"""
