"""The glossary as the checks need it."""

import re

from django.db.models import Prefetch

from core.numbers.numerals import CHINESE_NUMERALS

from ..models import Term, TermTarget
from ..models.glossary import Subject
from .glossary import GlossaryTerm


_NUMERAL = re.compile(f"[{CHINESE_NUMERALS}双0-9]")


def glossary_terms(language: str) -> list[GlossaryTerm]:
    """All terms with their renderings in one language, in two queries. Number words are left out: see Subject."""
    targets = TermTarget.objects.filter(language=language).order_by("sort_order", "pk")
    terms = Term.objects.exclude(subject=Subject.NUMBERS).prefetch_related(Prefetch("targets", targets))
    return [_term(term) for term in terms]


def _term(term: Term) -> GlossaryTerm:
    targets = list(term.targets.all())
    return GlossaryTerm(
        source=term.source,
        renderings=tuple(target.text for target in targets if not target.forbidden),
        forbidden=tuple(target.text for target in targets if target.forbidden),
        keep=term.do_not_translate,
        counts_numbers=bool(_NUMERAL.search(term.source)),
    )
