"""Translations in files: out for programs of translators (XLIFF 1.2, PO), and back in. The glossary as CSV."""

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
