"""Machine translation for the desk."""

from collections.abc import Sequence
from functools import cached_property

from core import providers
from core.segments import Segment

from .conversion import Conversion, conversion


class OpenCC(providers.OpenCC):
    """Traditional characters as this site writes them."""

    @cached_property
    def conversion(self) -> Conversion:
        return conversion()

    def convert(self, text: str) -> str:
        return self.conversion.convert(text)


class Dummy:
    """For tests and for trying the desk out: marks each text with its language."""

    is_local = True

    def offers(self, language: str) -> bool:
        return True

    def translate(self, segments: Sequence[Segment], language: str) -> list[str | None]:
        return [f"[{language}] {segment.text}" for segment in segments]
