"""Translations in files: out for programs of translators (XLIFF 1.2, PO), and back in. The glossary as CSV."""

from .exporting import FORMATS, export_bytes, export_response
from .files import BadFile
from .importing import LARGEST, Report, run
from .planning import Fate


__all__ = ["FORMATS", "LARGEST", "BadFile", "Fate", "Report", "export_bytes", "export_response", "run"]
