"""What a check says."""

from dataclasses import asdict, dataclass


ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """Something wrong with a translation. An error stops it; a warning may be dismissed with a reason.

    `check` is 'numbers', 'chips', 'links', 'placeholders', 'length', 'glossary', 'leftover', 'unchanged', 'punctuation' or
    'empty'. `message` is for the translator and names what was found.
    """

    level: str
    check: str
    message: str

    def as_dict(self) -> dict[str, str]:
        return asdict(self)
