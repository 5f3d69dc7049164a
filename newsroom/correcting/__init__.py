"""A corrected file, and a draft that exists already: what differs is shown first; then the draft is changed.

Three texts are compared: what the last import of the draft has made of its file, the draft as people have edited it since, and
the corrected file. So what somebody mended in the draft stays where the file says what it said before. Of a draft that no
import has made, the first is the draft itself.

* `units`: a body taken apart into paragraphs, lists and blocks, and put together again
* `marks`: links and figures of an earlier paragraph in its later words
* `pairing`: which unit of one body is which of another
* `merging`: one paragraph, list, picture or block of three texts
* `comparing`: all of them: rows to choose from, and the body that they make
* `fields`: title, standfirst, byline and the others
* `updating`: the draft changed by it
* `showing`, `views`: the screen
"""
