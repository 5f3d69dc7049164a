"""Whether a translation says the same numbers as its Chinese source.

The source is read by `core.numbers`, the translation by `western` or `eastern`; both hand over figures and dates,
and `compare` says what is lost, changed, added, exchanged or no longer hedged.
"""

from .check import check_numbers


__all__ = ["check_numbers"]
