"""The guides of docs/, read within the admin: in the reader's language, and named in the help menu.

* `registry`: which guides there are; each app registers its own
* `markdown`: a file of Markdown as HTML, with its headings, links and pictures
* `reading`: one guide in one language
* `views`: the list, a guide, its pictures
* `menu`: the help menu
"""
