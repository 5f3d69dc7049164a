"""Translatable text as segments.

One traversal, `map_field`, visits every piece of text in a field. `extract` gives it a function that records the
pieces, `render` one that answers with their translations, so reading and writing cannot drift apart.

* `fields`: the traversal of fields and blocks
* `markup`: the segments of rich text
* `units`: what a translator sees of a segment, and its place

A path names a segment by the ids the editor's content already carries, so that
moving a block changes no path and editing a text changes only its own:

    title                             a plain field
    body.<block id>.<child name>      a child of a struct in a stream
    body.<block id>#<block key>       a paragraph, heading or list item
    body.<block id>#<block key>.1     its words after a nested list
    body.<block id>#embed-<id>@alt    the alternative text of an embed

Content without ids or keys is counted (p0, p1 …); a repeated name gets ~2, ~3.

Inline tags with attributes become chips: `<a linktype="page" id="7">` is shown
as `<a id="a1">`. The attributes stay out of the segment and return on render,
always from the source. Whatever else a translation holds is escaped or dropped,
but for `says`, with which `core.publishing.projection` marks words that were checked.
"""

from .fields import extract, map_block, map_field, render
from .markup import map_html, tidy, with_tags
from .units import IncompleteTranslation, InvalidChips, Place, Segment, Transform, source_hash


__all__ = [
    "IncompleteTranslation",
    "InvalidChips",
    "Place",
    "Segment",
    "Transform",
    "extract",
    "map_block",
    "map_field",
    "map_html",
    "render",
    "source_hash",
    "tidy",
    "with_tags",
]
