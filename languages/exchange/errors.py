"""Why a file is refused as a whole."""

from ..desk.errors import DeskError


class BadFile(DeskError):
    """A file that cannot be read; the message is for the person who chose it."""


class TooMuch(BadFile):
    """A file that asks for more work than one import may take."""
