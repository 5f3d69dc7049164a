"""What a file is, by its content; what it is called has to agree."""

import os
import re
from pathlib import Path

from .. import limits
from ..met import Refusal, Refused


ENDINGS = {"docx": "docx", "docm": "docx", "html": "html", "htm": "html", "txt": "txt"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # of Word 97 to 2003, of WPS's own, and of what a password protects
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_MIME = re.compile(rb"\s*(?:MIME-Version|From|Content-Type|Date|Subject):", re.IGNORECASE)
_WORD_XML = re.compile(rb"<\?mso-application|<w:wordDocument|<pkg:package")
_PAGE = re.compile(rb"\s*<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<!doctype)", re.IGNORECASE)
_BY_ENDING = {
    **dict.fromkeys(("doc", "dot", "wps", "wpt"), Refusal.WORD_97),
    **dict.fromkeys(("xlsx", "xls", "et", "pptx", "ppt", "dps"), Refusal.OFFICE),
    **dict.fromkeys(("mht", "mhtml"), Refusal.MHT),
    "rtf": Refusal.RTF,
    "odt": Refusal.ODT,
    "pdf": Refusal.PDF,
}


def format_of(path: Path, name: str) -> str:
    """docx, html or txt. Raises Refused."""
    size = path.stat().st_size
    if not size:
        raise Refused(Refusal.EMPTY)
    if size > limits.MAX_BYTES:
        raise Refused(Refusal.LARGE, number=limits.MAX_BYTES // limits.MB)
    ending = os.path.splitext(name)[1].lower().removeprefix(".")
    with path.open("rb") as file:
        head = file.read(4096)
    _refuse_others(path, head)
    if ending in _BY_ENDING:
        raise Refused(_BY_ENDING[ending])
    if ending not in ENDINGS:
        raise Refused(Refusal.UNKNOWN_ENDING, what=ending)
    kind = ENDINGS[ending]
    if (kind == "docx") != head.startswith(b"PK\x03\x04") or (kind == "txt" and _PAGE.match(_plain(head))):
        raise Refused(Refusal.NOT_WHAT_IT_SAYS, what=ending)
    return kind


def _refuse_others(path: Path, head: bytes) -> None:
    """What is known and not read, whatever it is called."""
    if head.startswith(_OLE):
        raise Refused(Refusal.PASSWORD if _ENCRYPTED in path.read_bytes() else Refusal.WORD_97)
    if head.startswith(b"{\\rtf"):
        raise Refused(Refusal.RTF)
    if b"%PDF-" in head[:1024]:
        raise Refused(Refusal.PDF)
    if b"mimetypeapplication/vnd.oasis" in head[:200]:
        raise Refused(Refusal.ODT)
    if _WORD_XML.search(head[:1024]):
        raise Refused(Refusal.WORD_XML)
    if _MIME.match(head) and b"mime-version" in head.lower():
        raise Refused(Refusal.MHT)


def _plain(head: bytes) -> bytes:
    return head.removeprefix(b"\xef\xbb\xbf")
