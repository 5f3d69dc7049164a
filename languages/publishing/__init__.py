"""How translations reach readers.

* `publish`: publish, withdraw and roll back one translation
* `follow`: what becomes of the translations when their source is published
* `schedule`: publishing at a time
* `release`: showing a draft of the source to its translators
* `staleness`: which translations become outdated when a draft is published
* `loading`: taking over translations that were made elsewhere
* `readiness`: what a language still needs before readers may see it
"""
