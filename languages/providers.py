"""Machine translation for the desk."""

import re
from collections.abc import Sequence

from core import providers
from core.segments import Segment

from .models import Phrase


class OpenCC(providers.OpenCC):
    """OpenCC with our own list of phrases, which take precedence: the longest that fits."""

    def __init__(self) -> None:
        self.phrases = dict(Phrase.objects.values_list("simplified", "traditional"))
        longest_first = sorted(self.phrases, key=len, reverse=True)
        self.pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})") if longest_first else None

    def convert(self, text: str) -> str:
        if self.pattern is None:
            return super().convert(text)
        return "".join(
            self.phrases.get(piece) or super(OpenCC, self).convert(piece) for piece in self.pattern.split(text)
        )


class Dummy:
    """For tests and for trying the desk out: marks each text with its language."""

    def offers(self, language: str) -> bool:
        return True

    def translate(self, segments: Sequence[Segment], language: str) -> list[str | None]:
        return [f"[{language}] {segment.text}" for segment in segments]
