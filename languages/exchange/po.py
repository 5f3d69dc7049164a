"""PO files of GNU gettext.

A segment's context names it: 'news.storypage:12:body.3f0c…#k1@<hash of its source>.<proof that it was exported>'. What is
not finished is fuzzy, both ways; what is handed in or approved is not.
"""

import re

import polib
from babel.messages.plurals import get_plural
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from core.text.cleaning import legal_xml

from ..desk.rows import Row, SegmentStatus
from .budget import Budget
from .errors import BadFile
from .files import CREATOR, Entry, Incoming, Outgoing, Text, stamp, time_of
from .language_tags import language_of
from .wordings import is_proven, proof


EXPORTED = "X-Exported-At"
FINISHED = {SegmentStatus.REVIEW, SegmentStatus.APPROVED}
MOST_BETWEEN = 100_000  # characters between one msgstr and the next
_CONTEXT = re.compile(r"(?P<original>[\w.]+:\d+):(?P<path>.+)@(?P<hash>[0-9a-f]{64})(?:\.(?P<proof>[\w-]+))?")
_STAMP = re.compile(rf"^{CREATOR}:([0-9a-f]{{16}})$", re.MULTILINE)
# polib takes these for ends of lines: they are replaced while it reads.
_ASIDE = {0x85: "\uf8f0", 0x2028: "\uf8f1", 0x2029: "\uf8f2"}
_BACK = {ord(mark): chr(code) for code, mark in _ASIDE.items()}
_CONTROL = {code: None for code in (*range(32), 127) if chr(code) not in "\n\t\r"}


# Out -----------------------------------------------------------------------------------------


def write(out: Outgoing) -> bytes:
    file = polib.POFile(wrapwidth=0)  # programs break lines differently, so no line is broken
    file.metadata = _header(out)
    for text in out.texts:
        file.extend(_entry(text, row) for row in text.rows)
    return f"{file}\n".encode()


def _header(out: Outgoing) -> dict[str, str]:
    locale = out.tag.replace("-", "_")
    minute = timezone.localtime(out.at).strftime("%Y-%m-%d %H:%M%z")
    return {
        "Project-Id-Version": CREATOR,
        "Report-Msgid-Bugs-To": "",
        "POT-Creation-Date": minute,
        "PO-Revision-Date": minute,
        "Last-Translator": settings.WAGTAIL_SITE_NAME,
        "Language-Team": out.tag,
        "Language": locale,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": get_plural(locale).plural_forms,
        EXPORTED: out.at.isoformat(),
    }


def _entry(text: Text, row: Row) -> polib.POEntry:
    segment = row.segment
    name, _colon, number = text.name.partition(":")
    is_finished = row.status in FINISHED
    notes = [str(text.original), *text.notes(row)]
    if row.text:
        notes.append(f"{CREATOR}:{stamp(_visible(row.text), is_finished)}")
    before = row.earlier.source_text if row.status is SegmentStatus.OUTDATED and row.earlier else None
    return polib.POEntry(
        msgctxt=f"{text.name}:{segment.path}@{row.hash}.{proof(text.name, segment.path, row.hash)}",
        msgid=_visible(segment.text),
        msgstr=_framed(_visible(row.text), _visible(segment.text)) if row.text else "",
        flags=["fuzzy"] if row.text and not is_finished else [],
        previous_msgid=before and _visible(before),
        comment=legal_xml("\n".join(notes)),
        occurrences=[(name, number)],
    )


def _visible(text: str) -> str:
    return legal_xml(text).translate(_CONTROL)


def _framed(text: str, source: str) -> str:
    """With a line break before and after where the source has one, as gettext requires."""
    text = text.strip("\n")
    return "\n" * source.startswith("\n") + text + "\n" * source.endswith("\n")


# In ------------------------------------------------------------------------------------------


def read(text: str, budget: Budget | None = None) -> Incoming:
    """Raises BadFile, TooMuch."""
    _check_size(text, budget or Budget())
    try:
        file = polib.pofile(
            f"#\n{text.translate(_ASIDE)}"
        )  # the first line is a comment, so no text is taken for the name of a file
    except (OSError, ValueError, IndexError, UnicodeError) as error:
        raise BadFile(_("This is not a PO file: %(error)s") % {"error": error}) from error
    if "Language" not in file.metadata:
        raise BadFile(_("The file does not say its language (the header “Language”)."))
    return Incoming(
        language=language_of(file.metadata["Language"]),
        at=time_of(file.metadata.get(EXPORTED) or file.metadata.get("POT-Creation-Date")),
        entries=[_read_entry(entry) for entry in file if not entry.obsolete],
    )


def _check_size(text: str, budget: Budget) -> None:
    """Stop what takes polib a quadratic time: it joins the lines of an entry one by one. Raises BadFile, TooMuch."""
    length = rows = 0
    for line in text.splitlines():
        if line.lstrip("#~ \t").startswith("msgstr"):
            length, rows = 0, rows + 1
        length += len(line)
        if length > MOST_BETWEEN:
            raise BadFile(
                _("A text in the file is too long: at most %(number)d characters.") % {"number": MOST_BETWEEN}
            )
    budget.take_rows(rows)


def _read_entry(entry: polib.POEntry) -> Entry:
    source, target = entry.msgid.translate(_BACK), entry.msgstr.translate(_BACK)
    found = _CONTEXT.fullmatch(entry.msgctxt or "")
    if found is None:
        return Entry("", entry.msgctxt or "", "", source, target)
    is_confirmed = bool(target) and not entry.fuzzy
    stamped = _STAMP.search(entry.comment)
    is_untouched = bool(stamped and stamped[1] == stamp(target, is_confirmed))
    return Entry(
        original=found["original"],
        path=found["path"],
        hash=found["hash"],
        source=source,
        target=target,
        is_proven=is_proven(found["original"], found["path"], found["hash"], found["proof"] or ""),
        is_confirmed=is_confirmed,
        is_draft=bool(target) and entry.fuzzy,
        is_untouched=is_untouched,
        is_leftover=is_untouched and bool(entry.previous_msgid),
    )
