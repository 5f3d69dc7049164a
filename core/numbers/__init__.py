"""Figures in text: read them from Chinese, write them in any language, compare them.

Pure functions on strings and `Decimal`; nothing here knows a model or the current language.

* `reading`: the figures in a Chinese text; `numerals` are their digits, `chinese_words` the words around them
* `counts`: those that say how many or how much
* `writing`: a stored value for readers, with the words of the language for million, more than, about
* `standard_units`: names of common units in other languages
* `agreement`: whether two figures say the same
* `figures`: the values that these hand to one another
"""

from .agreement import agree, units_agree
from .counts import counts
from .figures import Qualifier, Reading, UnitForms
from .reading import read_numbers
from .standard_units import standard_forms
from .writing import LANGUAGES, plural_forms, shown_forms, write_figure


__all__ = [
    "LANGUAGES",
    "Qualifier",
    "Reading",
    "UnitForms",
    "agree",
    "counts",
    "plural_forms",
    "read_numbers",
    "shown_forms",
    "standard_forms",
    "units_agree",
    "write_figure",
]
