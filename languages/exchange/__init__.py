"""Translations in files: exported for translators' programs (XLIFF 1.2, PO) and imported again. The glossary as CSV.

* `exporting`, `importing`: out and in; `planning`: what becomes of each segment of a file
* `xliff`, `po`: the formats; `files`: what they have in common
* `glossary`: the terms as CSV
"""

from .exporting import FORMATS, export_bytes, export_response
from .files import BadFile
from .importing import MAX_BYTES, Report, import_file
from .planning import ImportStatus


__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "BadFile",
    "ImportStatus",
    "Report",
    "export_bytes",
    "export_response",
    "import_file",
]
