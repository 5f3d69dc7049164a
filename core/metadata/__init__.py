"""What search engines, feed readers and other programs are told about each page.

* `subject`: what a response is about, as its page type or view hands it over
* `facts`: what is known of a subject; each app registers describers, feeds and lists in its `metadata.py`
* `addresses`: the address of a page or a view in a language
* `head`: meta tags, Open Graph and structured data of one request
* `json_ld`: nodes of structured data
* `sitemaps`, `views`, `urls`: sitemap.xml, robots.txt, llms.txt, security.txt, the manifest
"""
