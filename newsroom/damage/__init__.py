"""Broken copy: what happens to a text on its way from the columns of a newspaper into a file.

Paragraphs that stop or begin within a sentence, text after the byline, captions without their picture, repeated paragraphs,
headings out of place, lost endings; and where a piece that strayed belongs. On clean text it finds nothing: what may be
meant so is left alone.

* `lines`: the paragraphs of a document or a page, as they are looked through
* `sentences`: whether a paragraph stops or begins within a sentence; `joining`: which end goes with which beginning
* `strays`: text after the byline; `orphans`: captions without a picture
* `finding`: all of it; `wording`: in words
* `documents`: of an imported file; `checks`: of a story, in the list before publishing; `mending` puts right
"""
