"""Addresses that a link or a redirect may lead to.

Browsers read an address more kindly than people do (URL Standard of the WHATWG): `//host`, `/\\host`, `https:///host` and
`https:host` all lead to another site, control characters and blanks within are dropped, and `javascript:` runs. So only
the plain forms are taken: https://host/…, http://host/…, mailto:, tel:, and /…, ?…, #… on this site.
"""

import re

from .cleaning import without_ignorable


_WITHIN = re.compile(r"(?:/(?!/)|[?#]).*")
_ELSEWHERE = re.compile(r"(?:https?|ftp)://(?P<host>[^/?#\\.:][^/?#\\]*)(?:[/?#].*)?", re.IGNORECASE)
_CONTACT = re.compile(r"(?:mailto|tel):[^/].*", re.IGNORECASE)
# A name and a colon, but for a host and its port: localhost:8000.
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:(?!\d)", re.IGNORECASE)
_STRANGE = re.compile(r"[\s\\\x00-\x20\x7f-\xa0]")


def is_plain(address: str) -> bool:
    """Whether the address is of a plain form, so that where it leads is what people read."""
    if _STRANGE.search(address) or without_ignorable(address) != address:
        return False
    elsewhere = _ELSEWHERE.fullmatch(address)
    if elsewhere:
        return "@" not in elsewhere["host"]
    return bool(_WITHIN.fullmatch(address) or _CONTACT.fullmatch(address))


def is_plain_or_short(address: str) -> bool:
    """The same for what people type: `www.example.org/news` is one, too."""
    return is_plain(address) or (not _SCHEME.match(address) and is_plain(f"https://{address}"))
