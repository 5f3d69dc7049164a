"""How this site writes traditional Chinese: with the characters of one region, its phrases, and its own names.

The names of places, schools, bodies and people (`proper_names` of their models) are phrases by themselves: they are never
cut in two, and a correction of a name holds wherever the name stands.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db import models, transaction
from modeltranslation.translator import translator
from wagtail.models import DraftStateMixin

from core.languages import SOURCE, column
from core.models import PortalSettings
from core.text.chinese import HAN_CHARACTERS
from core.text.traditional import Phrases, Standard, is_word, name_to_traditional, to_traditional

from .models import Phrase, Unit, UnitState


LANGUAGE = "zh-hant"
KEY = "languages.traditional"
REMEMBERED = 30  # seconds; forgotten at once in the process where a name is saved (signals)
_NAME = re.compile(f"[{HAN_CHARACTERS}][{HAN_CHARACTERS}·]+")


@dataclass(frozen=True)
class Conversion:
    standard: Standard
    pairs: dict[str, str]

    @cached_property
    def phrases(self) -> Phrases:
        return Phrases(self.pairs)

    def convert(self, text: str) -> str:
        return to_traditional(text, self.standard, self.phrases)

    def with_phrase(self, simplified: str, traditional: str) -> "Conversion":
        return Conversion(self.standard, self.pairs | {simplified: traditional})

    def without(self, simplified: str) -> "Conversion":
        return Conversion(self.standard, {word: form for word, form in self.pairs.items() if word != simplified})


def conversion() -> Conversion:
    """As the site has it now. Phrases are read again; the names are remembered, since every object may be one."""
    chosen = PortalSettings._base_manager.order_by("-site__is_default_site", "pk")
    standard = Standard(chosen.values_list("traditional_standard", flat=True).first() or Standard.HONG_KONG)
    phrases = dict(Phrase.objects.values_list("simplified", "traditional"))
    written_for, names = cache.get(KEY, (None, {}))
    if written_for != (standard.value, phrases):
        names = _names_as_written(standard, Phrases(phrases))
        cache.set(KEY, ((standard.value, phrases), names), REMEMBERED)
    return Conversion(standard, names | phrases)


def forget() -> None:
    """A name was saved: what is remembered holds no more, neither now nor once others can see the change."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


def is_special(name: str) -> bool:
    """Whether a name is written otherwise than its characters one by one."""
    return name_to_traditional(name) != "".join(map(to_traditional, name))


def has_names(model: type[models.Model]) -> bool:
    return bool(getattr(model, "proper_names", ()))


def _names_as_written(standard: Standard, phrases: Phrases) -> dict[str, str]:
    corrected = _corrected_names()
    pairs = {}
    for name, is_person in _names():
        write = name_to_traditional if is_person else to_traditional
        pairs[name] = corrected.get(name) or write(name, standard, phrases)
    return pairs


def _named_models() -> list[Any]:
    return sorted(
        filter(has_names, translator.get_registered_models(abstract=False)), key=lambda model: model._meta.label
    )


def _names() -> Iterator[tuple[str, bool]]:
    """(name, whether it may be a person's) of everything that is live."""
    for model in _named_models():
        rows: Any = models.QuerySet(model)
        rows = rows.filter(live=True) if issubclass(model, DraftStateMixin) else rows
        for values in rows.values_list(*(column(name, SOURCE) for name in model.proper_names)):
            for name in filter(None, values):
                if _NAME.fullmatch(name) and not (
                    len(name) == 2 and is_word(name)
                ):  # 向前 is a word before it is a name
                    yield name, model.names_people


def _corrected_names() -> dict[str, str]:
    """{name: how people want it written}."""
    kinds = {model._meta.label_lower: model.proper_names for model in _named_models()}
    units = (
        Unit.objects.known()
        .filter(language=LANGUAGE, state=UnitState.APPROVED)
        .exclude(text="")
        .order_by("updated_at", "pk")
    )
    condition = models.Q(pk__in=[])
    for label, names in kinds.items():
        app, model = label.split(".")
        condition |= models.Q(
            original__content_type__app_label=app, original__content_type__model=model, path__in=names
        )
    return dict(units.filter(condition).values_list("source_text", "text"))
