"""Which texts of the interface the public reads: those are translated into every language, the admin's into two."""

from fnmatch import fnmatch
from pathlib import PurePosixPath


# Public text is what templates hold, less the admin's, and the labels that are printed on pages.
PUBLIC_FILES = ("*/choices.py", "*/labels.py", "core/middleware.py", "core/templatetags/*", "core/numbers/*")


def is_public_file(name: str) -> bool:
    """`name` is that of a source file that a message comes from."""
    path = PurePosixPath(name)
    if "templates" in path.parts:
        below = path.parts[path.parts.index("templates") + 1 :]
        return not below[0].startswith("wagtail") and "admin" not in below[:-1]
    return any(fnmatch(name, pattern) for pattern in PUBLIC_FILES)
