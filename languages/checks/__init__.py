"""The quality checks of a translated segment: pure functions of texts, but for `terms`, which reads the glossary."""

from .findings import ERROR, WARNING, Finding
from .glossary import GlossaryTerm
from .segment import run
from .terms import glossary_terms


__all__ = ["ERROR", "WARNING", "Finding", "GlossaryTerm", "glossary_terms", "run"]
