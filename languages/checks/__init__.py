"""The quality checks of a translated segment: pure functions of texts, but for `terms`, which reads the glossary.

* `segment`: all checks of one segment; `findings`: what a check says; `texts`: plain words and chips of a segment
* `numbers`: a translation says the same numbers as its source; a module for each language's numerals
* `glossary`: terms are rendered as the glossary says; `terms` reads them
* `links`: links and marks that hold what does not belong to them
* `token_words`: words of a translator's own for a figure or a school
* `markup`, `punctuation`, `length`, `scripts`: chips and placeholders, marks, an unlikely length, Chinese left over
* `typing_slips`: words and blanks that stand twice, characters that were lost or turn the text around
"""

from .findings import ERROR, WARNING, Finding
from .glossary import GlossaryTerm
from .segment import run
from .terms import glossary_terms


__all__ = ["ERROR", "WARNING", "Finding", "GlossaryTerm", "glossary_terms", "run"]
