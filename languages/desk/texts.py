"""What people type at the desk: texts for segments, and reasons."""

from django.utils.translation import gettext as _

from core.segments import Segment, tidy
from core.text import cleaning

from .errors import DeskError


MAX_LENGTH = 20_000  # characters of one text
MAX_REASON = 300


def clean(segment: Segment, text: str) -> str:
    """The text with only what it may contain. Raises DeskError if it is too long."""
    if len(text) > MAX_LENGTH:
        raise DeskError(_("This text is too long: at most %(number)d characters.") % {"number": MAX_LENGTH})
    text = cleaned(text)
    return tidy(text) if segment.format == "html" else text.strip()


def cleaned(text: str) -> str:
    """Without characters that nobody sees; a line ends with \\n."""
    return cleaning.clean(text.replace("\r\n", "\n"))


def cleaned_reason(text: str) -> str:
    """Why somebody does something. Raises DeskError if nothing is said, or too much."""
    text = cleaned(text).strip()
    if not text:
        raise DeskError(_("Say why."))
    if len(text) > MAX_REASON:
        raise DeskError(_("This reason is too long: at most %(number)d characters.") % {"number": MAX_REASON})
    return text
