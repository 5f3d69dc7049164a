"""How fast the portal is: `make bench`, which is `python -m scripts.bench`. No test depends on a time.

* `figures`: several measurements as one figure, and aims with whether they are met
* `report`: sections as Markdown, and docs/benchmarks.md
* `machine`: what it was measured on
* `processes`: servers as processes: starting and ending them, their processor time and memory
* `load`: many requests at once, by wrk, or by Python where there is none
* `portal`: the database, and gunicorn with the portal
* `neighbours`: what it is compared with: a bare Django view, a fresh Wagtail site, nginx, a checkout of bakerydemo
* `addresses`: the types of pages, and where there is one of each
* `editor`: somebody who is logged in, and posts the forms of the admin
* `sections`: what is measured, one module for each table
"""
