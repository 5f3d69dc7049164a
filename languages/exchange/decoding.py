"""From the bytes of a file to its text."""

import codecs

from django.utils.translation import gettext as _

from .errors import BadFile


def decoded(content: bytes) -> str:
    """UTF-8, or UTF-16 that says so with a byte order mark. Raises BadFile."""
    is_wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(_("The file is neither UTF-8 nor UTF-16. Save it as UTF-8.")) from None
