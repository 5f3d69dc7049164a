"""What may be met in a file, and why a file is refused: names without words, for nothing here knows a language.

`newsroom.importing.wording` says them to people.
"""

from enum import StrEnum


class Met(StrEnum):
    """Kinds of findings."""

    # Text that stands beside the text
    BOX = "box"
    WORD_ART = "word-art"
    FOOTNOTE = "footnote"
    ENDNOTE = "endnote"
    COMMENT = "comment"
    HEADER = "header"
    FOOTER = "footer"
    HIDDEN = "hidden"
    RUBY = "ruby"
    CONTENTS = "contents"
    PAGE_NUMBER = "page-number"
    BOILERPLATE = "boilerplate"
    # Tracked changes
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED = "moved"
    FORMAT_CHANGE = "format-change"
    # What is no text
    FIELD = "field"
    CONTROL = "control"
    PLACEHOLDER = "placeholder"
    EQUATION = "equation"
    SHAPE = "shape"
    SMART_ART = "smart-art"
    CHART = "chart"
    EMBEDDED = "embedded"
    MACRO = "macro"
    ACTIVE = "active"
    SYMBOL = "symbol"
    # Elsewhere
    LINK = "link"
    UNSAFE_LINK = "unsafe-link"
    INNER_LINK = "inner-link"
    LINKED_FILE = "linked-file"
    # Pictures
    PICTURE = "picture"
    REMOTE_PICTURE = "remote-picture"
    ODD_PICTURE = "odd-picture"
    LARGE_PICTURE = "large-picture"
    DAMAGED_PICTURE = "damaged-picture"
    UNUSED_PICTURE = "unused-picture"
    CROPPED = "cropped"
    FLOATING = "floating"
    TINY_PICTURE = "tiny-picture"
    ALT_TEXT = "alt-text"
    WATERMARK = "watermark"
    CONVERTED_PICTURE = "converted-picture"
    # Lists and tables
    NUMBERING = "numbering"
    TYPED_LIST = "typed-list"
    MERGED = "merged"
    NESTED_TABLE = "nested-table"
    CELL_FORMAT = "cell-format"
    CELL_PICTURE = "cell-picture"
    LAYOUT_TABLE = "layout-table"
    # How it looks
    ITALIC = "italic"
    DECORATION = "decoration"
    INDENT = "indent"
    SPACES = "spaces"
    BREAK = "break"
    HEADING_BY_LOOK = "heading-by-look"
    ENCODING = "encoding"
    # What becomes of it in a story
    NO_TITLE = "no-title"
    TOO_LONG = "too-long"
    REVIEWERS = "reviewers"
    DATE = "date"
    NEW_NAME = "new-name"
    NO_NAMES = "no-names"
    NO_PICTURE = "no-picture"
    BY_HAND = "by-hand"
    UNKNOWN = "unknown"
    LOST = "lost"


class Refusal(StrEnum):
    """Why nothing of a file is taken."""

    EMPTY = "empty"
    LARGE = "large"
    WORD_97 = "doc"
    PASSWORD = "password"  # noqa: S105 (the reason, not a password)
    RTF = "rtf"
    ODT = "odt"
    PDF = "pdf"
    MHT = "mht"
    WORD_XML = "word-xml"
    OFFICE = "office"
    UNKNOWN_ENDING = "ending"
    NOT_WHAT_IT_SAYS = "not-what-it-says"
    DAMAGED = "damaged"
    NOT_TEXT = "not-text"
    DECLARES = "declares"
    MANY_FILES = "files"
    UNPACKED = "unpacked"
    MARKUP = "markup"
    DEEP = "deep"
    MANY_PICTURES = "pictures"
    LARGE_PICTURES = "picture-bytes"
    LONG = "long"
    SLOW = "slow"
    MEMORY = "memory"
    FAILED = "failed"


class Refused(Exception):
    """A file that is not taken. `number` is the limit that it passes, `what` its kind by its name."""

    def __init__(self, refusal: Refusal, *, number: int = 0, what: str = "") -> None:
        super().__init__(refusal, number, what)
        self.refusal, self.number, self.what = refusal, number, what
