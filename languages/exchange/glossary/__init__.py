"""The glossary as a file: CSV with the columns that its listing exports, and TBX for translators' programs.

* `exporting`: out; `importing`: a file in, all of it or nothing; `planning`: what becomes of each term
* `lines`: what a file says of a term, in either format; `csv_file`, `tbx`: the formats
"""

from .exporting import FORMATS, export_response, exported, may_export
from .importing import Report, import_glossary, may_import


__all__ = ["FORMATS", "Report", "export_response", "exported", "import_glossary", "may_export", "may_import"]
