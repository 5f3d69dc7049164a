"""The translators' desk. This module is its models' public surface."""

from .glossary import Term, TermTarget, target_languages
from .originals import Original
from .phrases import Phrase
from .translations import Publication, Stage, Translation
from .units import Comment, Origin, State, Unit, UnitVersion
from .work import LanguageWork, SectionLimit


__all__ = [
    "Comment",
    "LanguageWork",
    "Origin",
    "Original",
    "Phrase",
    "Publication",
    "SectionLimit",
    "Stage",
    "State",
    "Term",
    "TermTarget",
    "Translation",
    "Unit",
    "UnitVersion",
    "target_languages",
]
