"""Translations in files: exported for translators' programs (XLIFF, PO) and imported again. The glossary, too.

* `exporting`, `importing`: out and in; `planning`: what becomes of each segment of a file
* `xliff`, `xliff2`, `po`: the formats; `files`: what they have in common; `inline`: the tags within a text
* `language_tags`: languages as programs write them; `wordings`: proof that a wording was exported from here
* `budget`: how much work a file may ask for; `decoding`, `safe_xml`: from bytes to a tree; `errors`: why not
* `glossary`: the terms as CSV and TBX; `csv_rows`: tables as spreadsheets write them; `memory`: the translation memory as TMX
"""

from .budget import MAX_BYTES, patient
from .errors import BadFile, TooMuch
from .exporting import FORMATS, export_bytes, export_response
from .importing import Report, import_file
from .planning import ImportStatus


__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "BadFile",
    "ImportStatus",
    "Report",
    "TooMuch",
    "export_bytes",
    "export_response",
    "import_file",
    "patient",
]
