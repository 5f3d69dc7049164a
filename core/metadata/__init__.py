"""What search engines, feed readers and other programs are told about each page.

* `facts`: what is known of a page; each app registers describers, feeds and lists for its types in its `metadata.py`
* `addresses`: the address of a page or a view in a language
* `head`: meta tags, Open Graph and structured data of one request
* `json_ld`: nodes of structured data
* `sitemaps`, `views`, `urls`: sitemap.xml, robots.txt, llms.txt, security.txt, the manifest
"""
