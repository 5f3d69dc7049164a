"""Damage in the words of the editor who is to mend it."""

from django.utils.translation import gettext as _

from .finding import Broken


SHOWN = 16  # characters of a paragraph that are enough to find it
_PAUSES = "，、；："


def said(kind: Broken, first: str, last: str, other: str | None) -> str:
    """`first` and `last` are the texts of the lines that it is about, `other` that of the line that it has to do with."""
    known, unknown = _SENTENCES[kind]()
    words = known if other is not None else unknown
    return words.format(
        beginning=shortened(first),
        ending=shortened(last, at_end=True),
        other=shortened(other or "", at_end=kind is Broken.START),
    )


def shortened(text: str, at_end: bool = False) -> str:
    text = " ".join(text.split())
    if len(text) <= SHOWN:
        return text
    return f"…{text[-SHOWN:].lstrip(_PAUSES)}" if at_end else f"{text[:SHOWN].rstrip(_PAUSES)}…"


def _cut() -> tuple[str, str]:
    return (
        _("“{ending}” stops within a sentence; “{other}” seems to go on with it."),
        _("“{ending}” stops within a sentence: what follows is missing."),
    )


def _start() -> tuple[str, str]:
    return (
        _("“{beginning}” begins within a sentence; it seems to follow “{other}”."),
        _("“{beginning}” begins within a sentence: what stood before it is missing."),
    )


def _stray() -> tuple[str, str]:
    return (
        _("From “{beginning}” to “{ending}” stands behind the end of the story; it seems to belong before “{other}”."),
        _(
            "From “{beginning}” to “{ending}” stands after the byline: text that belongs elsewhere, or to another story."
        ),
    )


def _caption() -> tuple[str, str]:
    words = _("“{beginning}” looks like the caption of a picture that is not here.")
    return words, words


def _repeated() -> tuple[str, str]:
    words = _("“{beginning}” stands in the text twice.")
    return words, words


def _heading() -> tuple[str, str]:
    return (
        _("The heading “{beginning}” stands within a sentence."),
        _("The heading “{beginning}” is out of place: its number does not follow, or nothing stands below it."),
    )


def _ending() -> tuple[str, str]:
    words = _("The text stops within a sentence, at “{ending}”: its ending is missing.")
    return words, words


_SENTENCES = {
    Broken.CUT: _cut,
    Broken.START: _start,
    Broken.STRAY: _stray,
    Broken.CAPTION: _caption,
    Broken.REPEATED: _repeated,
    Broken.HEADING: _heading,
    Broken.ENDING: _ending,
}
