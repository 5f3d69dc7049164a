"""What is kept of what readers see, and how it is known to be out of date (docs/adr/0013).

* `unseen`: the tables and columns that readers never see
* `writes`: every other write moves the content stamp, in its own transaction
* `version`: which code and which static files make the pages
* `stamp`: the content stamp as a process knows it, asked for at most twice a second
* `kept`: values that a process keeps until the stamp moves
* `readers`: who is answered from what is kept
* `parameters`: what of the query a page declares, and that it sees nothing else
* `addresses`: what a page is known by, and the bare request that it is made for
* `entries`: a page as it is kept, compressed; `stores` where: in memory, and in a Redis if there is one
* `moments`: when a page may change although nothing is written
* `page_cache`: pages from what is kept, made once for all who ask at the same time
* `wsgi`: an answer given again before Django sees the request
* `redis`: a client that does not wait for a Redis that does not answer
"""
