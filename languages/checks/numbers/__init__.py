"""Whether a translation says the same numbers as its Chinese source.

The source is read by `core.numbers`, the translation by `western` or `eastern`; both hand over figures and dates,
and `check` says what is lost, changed, added, exchanged or no longer hedged. A language that has no grammar here is
compared as `digits`.
"""

from .check import check_numbers, has_grammar, states_number


__all__ = ["check_numbers", "has_grammar", "states_number"]
