"""Reviews: who approves what, in which order, and what an approval is worth once the text has changed.

* `kinds`: kinds of content, their steps, and the groups that take them
* `events`: what others are told of
* `authors`: who wrote a text before it was submitted
* `content`: what a draft says now, and which of it has changed
* `forms`: what is asked of somebody who decides
* `looking`: what a reviewer had before them when they decided
* `standing`: which approvals hold for a content
* `copies`: copies and aliases that are live at once
* `confirming`: what was written is compared with what was approved
* `typing_errors`: what is one, `meaning`: words that make something else of it, `named`: names and numbers, `words`: whole
  words that were changed, `vocabulary`: those that are never mistyped
* `without_review`: going live by the word of one person; `measuring`: from where typing errors are counted
* `sync`: the workflows in the database are made equal to settings and the table of roles
* `moving`: what waits at a step that is there no more
* `workflows`: which workflow a page has
* `watching`: drafts that are saved while their approvals stand
* `notice_kinds`: what people are told of; `telling`: who is told
* `takers`: who may take a step
* `assigning`: giving a step to somebody; `reminding`: what is due tomorrow
* `queries`: what waits for whom
"""
