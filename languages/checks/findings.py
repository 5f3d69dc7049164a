"""What a check says."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext


ERROR, WARNING = "error", "warning"
# Checks that a person may know better than, by the level of what they find. A lost link, tag or placeholder, and a text
# that fits no field, is no matter of judgement. What is not named here cannot be dismissed.
_WRONG_WORDS = frozenset({"numbers", "words", "glossary", "leftover"})
_LOOKS_WRONG = frozenset({"links", "unchanged", "punctuation", "length", "doubled", "spaces", "characters"})
OF_JUDGEMENT = {ERROR: _WRONG_WORDS, WARNING: _WRONG_WORDS | _LOOKS_WRONG}


@dataclass(frozen=True)
class Finding:
    """Something wrong with a translation. An error stops it, a warning does not.

    `check` is 'numbers', 'chips', 'links', 'words', 'placeholders', 'length', 'glossary', 'leftover', 'unchanged',
    'punctuation', 'doubled', 'spaces', 'characters', 'empty' or 'form'. `text` is a message of the catalogue, in English,
    with named places for the `values` found.
    """

    level: str
    check: str
    text: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    @property
    def message(self) -> str:
        """For the translator, in their language."""
        return gettext(self.text) % self.values

    @property
    def key(self) -> str:
        """What this finding says, whatever the reader's language: two of a text differ unless they say the same."""
        return f"{self.check}: {self.text % self.values}"

    @property
    def is_dismissible(self) -> bool:
        """Whether somebody may say, with a reason, that it does not apply."""
        return self.check in OF_JUDGEMENT.get(self.level, ())

    def as_dict(self) -> dict[str, str]:
        return {"level": self.level, "check": self.check, "message": self.message}
