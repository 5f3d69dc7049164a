"""The interface of machine translation: a provider turns segments into texts.

`settings.TRANSLATION_PROVIDERS` maps the name that a Language holds to the dotted path of a class with two methods,
those of `Provider`.
"""

from collections.abc import Sequence
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from .segments import Segment
from .text.traditional import to_traditional


class Provider(Protocol):
    """A provider may also say `is_local = True`: it works within this process, and needs no limit of time."""

    def offers(self, language: str) -> bool:
        """Whether it translates from the source into this language."""

    def translate(self, segments: Sequence[Segment], language: str) -> list[str | None]:
        """One text for each segment, with the segment's chips in it; None leaves a segment untranslated."""


def provider(name: str) -> Provider:
    """A new provider of that name. Raises KeyError if the settings have none."""
    return provider_class(name)()


def provider_class(name: str) -> type[Provider]:
    """Raises KeyError if the settings have no such name, and whatever its import raises."""
    return import_string(settings.TRANSLATION_PROVIDERS[name])


class OpenCC:
    """Simplified to traditional characters of Hong Kong."""

    is_local = True

    def offers(self, language: str) -> bool:
        return language == "zh-hant"

    def translate(self, segments: Sequence[Segment], language: str) -> list[str | None]:
        return [self.convert(segment.text) for segment in segments]

    def convert(self, text: str) -> str:
        return to_traditional(text)
