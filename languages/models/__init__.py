"""The translators' desk. This module is its models' public surface."""

from .glossary import Term, TermTarget, target_languages
from .memory import MemoryEntry, MemoryFile
from .originals import Original
from .phrases import Phrase
from .translations import Publication, Translation, TranslationStage
from .units import Comment, Origin, Unit, UnitState, UnitVersion
from .wordings import DraftWording
from .work import LanguageWork, SectionLimit


__all__ = [
    "Comment",
    "DraftWording",
    "LanguageWork",
    "MemoryEntry",
    "MemoryFile",
    "Origin",
    "Original",
    "Phrase",
    "Publication",
    "SectionLimit",
    "Term",
    "TermTarget",
    "Translation",
    "TranslationStage",
    "Unit",
    "UnitState",
    "UnitVersion",
    "target_languages",
]
