"""Automatic translation: a provider turns segments into texts when the source is published.

`settings.TRANSLATION_PROVIDERS` maps the name that a Language holds to a dotted path; the function takes the
segments and the target language and returns one text for each, or None to leave a segment untranslated.
"""

from collections.abc import Callable, Sequence

from django.conf import settings
from django.utils.module_loading import import_string

from .chinese import to_traditional
from .segments import Segment


Provider = Callable[[Sequence[Segment], str], list[str | None]]


def provider(name: str) -> Provider:
    """The provider of that name. Raises KeyError if the settings have none."""
    return import_string(settings.TRANSLATION_PROVIDERS[name])


def opencc(segments: Sequence[Segment], language: str) -> list[str | None]:
    """Simplified to traditional characters (OpenCC `s2t`)."""
    return [to_traditional(segment.text) for segment in segments]
