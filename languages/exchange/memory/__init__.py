"""The translation memory as TMX files.

* `exporting`: what has been translated into a language; `importing`: pairs from elsewhere, as suggestions
* `tmx`: the format
"""

from .exporting import export_response, exported
from .importing import Report, import_memory, may_remove


__all__ = ["Report", "export_response", "exported", "import_memory", "may_remove"]
