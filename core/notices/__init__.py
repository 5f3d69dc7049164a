"""Notices: what somebody is told of what others did, in the admin and by mail.

An app registers its kinds and calls `notify`; this package shows them, mails them and forgets them in time.

* `kinds`: what can be told of, and who may still see it
* `sending`: telling people
* `reading`: notices in the words of whoever reads them
* `mailing`: the mails, at once or once a day
* `mentions`: `@name` in a text: whom it means, and how it is shown
* `mentioning`: telling those whom a text mentions, if they may see what it is about
* `page_comments`: mentions in the comments of the page editor
* `account`: when somebody wants mail, among the settings of their account
* `views`: the list of notices, and what is done with them; `urls` has their addresses
* `menu`: the bell
"""
