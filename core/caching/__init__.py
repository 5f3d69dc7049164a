"""What is kept of what readers see, and how it is known to be out of date (docs/adr/0012).

* `unseen`: the tables and columns that readers never see
* `writes`: every other write moves the content stamp, in its own transaction
* `version`: which code and which static files make the pages
* `stamp`: the content stamp as a process knows it, asked for at most twice a second
* `kept`: values that a process keeps until the stamp moves
"""
