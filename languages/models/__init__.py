"""The translators' desk. This module is its models' public surface."""

from .glossary import Term, TermTarget


__all__ = ["Term", "TermTarget"]
