"""What was met in a file, and why one is refused, in the words of the person who imports it."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from .document import Document, Finding, Outcome, Part, Place
from .met import Met, Refusal, Refused


OUTCOMES: dict[Outcome, Promise] = {
    Outcome.KEPT: pgettext_lazy("import", "Kept"),
    Outcome.CHANGED: pgettext_lazy("import", "Changed"),
    Outcome.DROPPED: pgettext_lazy("import", "Left out"),
}

# What each kind of thing is called, with what becomes of it where that is always the same.
NAMES: dict[Met, Promise] = {
    Met.BOX: _("text box: its text stands at the paragraph that it hangs on"),
    Met.WORD_ART: _("WordArt: taken as text"),
    Met.FOOTNOTE: _("footnote"),
    Met.ENDNOTE: _("endnote"),
    Met.COMMENT: _("comment"),
    Met.HEADER: _("header of the sheet"),
    Met.FOOTER: _("footer of the sheet"),
    Met.HIDDEN: _("hidden text"),
    Met.RUBY: _("reading above characters: the portal adds pinyin itself"),
    Met.CONTENTS: _("table of contents: the portal makes its own"),
    Met.PAGE_NUMBER: _("page number"),
    Met.BOILERPLATE: _("line that asks for subscribers, or navigation"),
    Met.INSERTED: _("tracked insertion: taken as accepted"),
    Met.DELETED: _("tracked deletion: taken as accepted"),
    Met.MOVED: _("tracked move: taken as accepted"),
    Met.FORMAT_CHANGE: _("tracked change of format: taken as accepted"),
    Met.FIELD: _("field: taken as the text that it shows"),
    Met.CONTROL: _("field of a form"),
    Met.PLACEHOLDER: _("text that says where to type"),
    Met.EQUATION: _("equation: check it, or add it as a picture"),
    Met.SHAPE: _("drawn shape or line"),
    Met.SMART_ART: _("SmartArt: its words"),
    Met.CHART: _("chart: use the portal's figures and charts, or add it as a picture"),
    Met.EMBEDDED: _("embedded file or player"),
    Met.MACRO: _("macro"),
    Met.ACTIVE: _("script or control"),
    Met.SYMBOL: _("character of a symbol font: type it again"),
    Met.LINK: _("link to another site"),
    Met.UNSAFE_LINK: _("address that no link may lead to; its words are kept"),
    Met.INNER_LINK: _("link within the file; its words are kept"),
    Met.LINKED_FILE: _("content that the file takes from elsewhere"),
    Met.PICTURE: _("picture"),
    Met.REMOTE_PICTURE: _("picture that is not in the file: upload it"),
    Met.ODD_PICTURE: _("drawing in a format that browsers do not show: save it as PNG and upload it"),
    Met.LARGE_PICTURE: _("picture that is too large"),
    Met.DAMAGED_PICTURE: _("picture that cannot be read"),
    Met.UNUSED_PICTURE: _("picture in the file that its text does not show"),
    Met.CROPPED: _("cropped picture: taken whole, so look at what was cut away"),
    Met.FLOATING: _("floating picture: it stands at the paragraph that it hangs on"),
    Met.TINY_PICTURE: _("tiny picture, which only adorns"),
    Met.ALT_TEXT: _("alternative text of a picture"),
    Met.WATERMARK: _("watermark"),
    Met.CONVERTED_PICTURE: _("picture: saved as PNG"),
    Met.NUMBERING: _("automatic numbering"),
    Met.TYPED_LIST: _("typed bullets: taken as a list"),
    Met.MERGED: _("table with merged cells: their text is repeated in each cell"),
    Met.NESTED_TABLE: _("table within a table: taken as text of the cell"),
    Met.CELL_FORMAT: _("link in a cell of a table: its words are kept"),
    Met.CELL_PICTURE: _("picture in a table: it stands after the table"),
    Met.LAYOUT_TABLE: _("table that only places things: taken as what stands in it"),
    Met.ITALIC: _("italic: taken as plain text, as Chinese has none"),
    Met.DECORATION: _("underlined, crossed out or marked words: taken as plain text"),
    Met.INDENT: _("indent made with blanks"),
    Met.SPACES: _("several blanks in a row: made one"),
    Met.BREAK: _("break of line within a paragraph"),
    Met.HEADING_BY_LOOK: _("paragraph that looks like a heading: taken as one"),
    Met.ENCODING: _("encoding of the file"),
    Met.NO_TITLE: _("no title was found: the story is named after the file"),
    Met.TOO_LONG: _("too long for its place: taken as text"),
    Met.REVIEWERS: _("names of reviewers: the portal keeps its own record"),
    Met.DATE: _("date of the text: the portal dates what it publishes"),
    Met.NEW_NAME: _("name in the byline that the portal did not know: added"),
    Met.NO_NAMES: _("byline in which no names were found: taken as text"),
    Met.NO_PICTURE: _("caption without a picture: taken as text"),
    Met.BY_HAND: _("taken out by hand"),
    Met.UNKNOWN: _("element that is not known"),
    Met.LOST: _("characters that could not be read: compare the end of the draft with the file"),
}

REFUSALS: dict[Refusal, Promise] = {
    Refusal.EMPTY: _("There is no text in this file."),
    Refusal.LARGE: _(
        "The file is too large: at most {number} MB. Make its pictures smaller: in Word, Compress Pictures."
    ),
    Refusal.WORD_97: _(
        "This is a file of Word 97 to 2003 or of WPS (.doc, .wps). Open it, choose Save As, and save it as .docx."
    ),
    Refusal.PASSWORD: _("The file is protected by a password. Open it, take the password away, and save it again."),
    Refusal.RTF: _("This is an RTF file. Open it in Word or WPS and save it as .docx."),
    Refusal.ODT: _("This is an OpenDocument file. Open it in LibreOffice or WPS and save it as .docx."),
    Refusal.PDF: _(
        "A PDF file has no paragraphs to import. Ask for the Word file that it was made from, or copy its text."
    ),
    Refusal.MHT: _(
        "This is a page saved as one file (.mht). Open it in a browser and copy the text, or save it as HTML."
    ),
    Refusal.WORD_XML: _("This is a document saved as XML. Open it in Word and save it as .docx."),
    Refusal.OFFICE: _("This is a table or a presentation. A story is imported from a text: .docx, .txt or .html."),
    Refusal.UNKNOWN_ENDING: _("Files that end in “{what}” are not imported. Save the text as .docx, .txt or .html."),
    Refusal.NOT_WHAT_IT_SAYS: _(
        "The file is called .{what} and holds something else, or it is damaged. Save it again in the program that made it."
    ),
    Refusal.DAMAGED: _("The file is damaged or was not copied whole. Save it again and retry."),
    Refusal.NOT_TEXT: _("This is no text in UTF-8, UTF-16 or GB18030. Save it again as UTF-8."),
    Refusal.DECLARES: _(
        "The file declares entities (DOCTYPE), which is not allowed. Open it in Word and save it again."
    ),
    Refusal.MANY_FILES: _("There are too many files in this document: at most {number}."),
    Refusal.UNPACKED: _("The file unpacks to more than {number} MB. Make its pictures smaller, or import it in parts."),
    Refusal.MARKUP: _("The text of this file takes up too much: at most {number} MB. Import it in parts."),
    Refusal.DEEP: _("This file is nested too deeply. Copy its text into a new document and save that."),
    Refusal.MANY_PICTURES: _("There are too many pictures in this file: at most {number}."),
    Refusal.LARGE_PICTURES: _("The pictures of this file are too large: together at most {number} MB."),
    Refusal.LONG: _("The text is too long for a story: at most {number} characters. Import it in parts."),
    Refusal.SLOW: _(
        "Reading this file takes too long: it was given up after {number} seconds. Copy its text into a new document."
    ),
    Refusal.MEMORY: _("Reading this file takes too much memory. Copy its text into a new document and save that."),
    Refusal.FAILED: _(
        "The file could not be read. Copy its text into a new document and save that; tell the operators of the portal."
    ),
}


def refusal(refused: Refused) -> str:
    return str(REFUSALS[refused.refusal]).format(number=refused.number, what=refused.what)


def place(found: Place, document: Document) -> str:
    """Where something stands, for people; "" if that is not known."""
    if not found.number:
        return ""
    if found.part == Part.BOX:
        return gettext("text box")
    if found.part == Part.NOTE:
        return gettext("note {number}").format(number=found.number)
    if document.unit == "line":
        return gettext("line {number}").format(number=found.number)
    return gettext("paragraph {number}").format(number=found.number)


def finding(found: Finding, document: Document) -> str:
    """One line of a report: 'Left out: comment (2): “…” (paragraph 3)'."""
    return f"{OUTCOMES[found.outcome]}: {finding_of(found, document)}"


def finding_of(found: Finding, document: Document) -> str:
    """The same without what became of it."""
    said = str(NAMES[Met(found.kind)])
    if found.count > 1:
        said += f" ({found.count})"
    if found.text:
        said += f": “{found.text}”"
    places = list(dict.fromkeys(filter(None, (place(each, document) for each in found.places))))
    return f"{said} ({', '.join(places)})" if places else said
