"""How translations reach readers.

* `publish`: publish and withdraw one translation; `rollback`: go back to an earlier publication
* `follow`: what becomes of the translations when their source is published
* `token_words`: words of a translator's own for figures, marked when they are published and checked when figures change
* `schedule`: publishing at a time
* `release`: showing a draft of the source to its translators
* `staleness`: which translations become outdated when a draft is published
* `checklist`: what an editor is told of translations before publishing
* `loading`: taking over translations that were made elsewhere
* `readiness`: what a language still needs before readers may see it
"""
