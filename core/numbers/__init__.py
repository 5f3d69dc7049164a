"""Figures in text: read them from Chinese, write them in nine languages, compare them.

Pure functions on strings and `Decimal`; nothing here knows a model or the current language.
`read_numbers` and `agree` serve checks of stories and translations; `write_figure` shows a stored
value to readers; `plural_forms` is also the validator of a unit's symbol.
"""

from .agreement import agree
from .figures import Qualifier, Reading, UnitForms
from .reading import read_numbers
from .writing import LANGUAGES, plural_forms, write_figure


__all__ = ["LANGUAGES", "Qualifier", "Reading", "UnitForms", "agree", "plural_forms", "read_numbers", "write_figure"]
