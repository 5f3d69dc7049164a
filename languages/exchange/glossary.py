"""Importing the glossary from a CSV file with the columns that its listing exports.

A term in the file becomes what its row says; a missing column leaves its field alone, and terms that are not in the
file are not touched. A wrong row stops the whole file.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.open_data.spreadsheets import is_formula
from core.text.cleaning import clean

from ..desk import rights
from ..models import Term, TermTarget, target_languages
from ..models.glossary import Subject
from .errors import BadFile


MAX_ROWS = 5000
RENDERINGS = {"allowed": "Renderings", "forbidden": "Forbidden"}  # their headings, as the listing has them
PLAIN = ("source", "subject", "do_not_translate", "note", "place")
SEPARATORS = (",", ";", "\t")  # as the region of a computer has it
SEPARATOR_LINE = re.compile(r'"?sep=([,;\t])"?[,;\t]*\r?\n', re.IGNORECASE)  # for spreadsheets, before the headings
TRUE, FALSE = {"true", "1", "yes", "是"}, {"false", "0", "no", "", "否"}


class BadRow(ValueError):
    """A row with an impossible value; the message is for the person who wrote it."""


@dataclass
class TermRow:
    """What becomes of a term: `status` is 'new', 'changed', 'unchanged' or 'wrong'."""

    number: int
    term: Term
    status: str = "unchanged"
    changes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    rows: list[TermRow]

    @property
    def shown(self) -> list[TermRow]:
        return [row for row in self.rows if row.status != "unchanged"]

    @property
    def is_wrong(self) -> bool:
        return any(row.problems for row in self.rows)

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {status: self.count(status) for status in ("new", "changed", "unchanged", "wrong")}


def may_import(user: models.Model) -> bool:
    """A file covers every language, so importing is for those who manage all of them."""
    return rights.may_manage_languages(user) and user.has_perms(["languages.add_term", "languages.change_term"])


def import_glossary(content: bytes, user: models.Model | None, *, dry_run: bool = False) -> Report:
    """Import a file, all of it or nothing; nothing if a row is wrong. Raises BadFile."""
    lines = _lines(content)
    with transaction.atomic():
        report = Report(_planned(lines))
        if not (dry_run or report.is_wrong):
            for row in report.shown:
                row.term.save()
                log(instance=row.term, action="wagtail.create" if row.status == "new" else "wagtail.edit", user=user)
    return report


# Reading -------------------------------------------------------------------------------------


def _lines(content: bytes) -> list[dict[str, str]]:
    """The rows by the names of the fields. Raises BadFile."""
    rows = _rows(_text(content))
    names = [_field_of(cell) for cell in rows[0]] if rows else []
    if any(cell.strip() for row in rows for cell in row[len(names) :]):
        raise BadFile(_("There is text in a column without a heading."))
    if "source" not in names or len(set(names)) < len(names) or "" in names:
        raise BadFile(_("The first row does not have the headings of the glossary's export."))
    if len(rows) > MAX_ROWS:
        raise BadFile(_("The file has too many rows: at most %(number)d.") % {"number": MAX_ROWS})
    return [dict(zip(names, map(_unquoted, row), strict=False)) for row in rows[1:]]


def _text(content: bytes) -> str:
    """What a spreadsheet has written: UTF-8 or, as “Unicode text”, UTF-16. Raises BadFile."""
    is_wide = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    try:
        return content.decode("utf-16" if is_wide else "utf-8-sig")
    except UnicodeDecodeError:
        raise BadFile(_("The file is not UTF-8. Save it as “CSV UTF-8”.")) from None


def _rows(text: str) -> list[list[str]]:
    """The rows that say something, without the empty columns behind the last heading. Raises BadFile."""
    said = SEPARATOR_LINE.match(text)
    first = text.partition("\n")[0]
    separator = said[1] if said else max(SEPARATORS, key=first.count)
    try:
        reader = csv.reader(
            io.StringIO(text[said.end() if said else 0 :], newline=""), delimiter=separator, strict=True
        )
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise BadFile(_("This is not a CSV file: %(error)s") % {"error": error}) from error
    while rows and rows[0] and not rows[0][-1].strip():
        rows[0].pop()
    return rows


def _field_of(heading: str) -> str:
    """The field of a heading, in whichever language of the admin the file was exported; "" if there is none."""
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        with translation.override(code):
            known = {_heading(name): name for name in (*PLAIN, *RENDERINGS)}
        if heading.strip() in known:
            return known[heading.strip()]
    return heading.strip() if heading.strip() in (*PLAIN, *RENDERINGS) else ""


def _heading(name: str) -> str:
    return _(RENDERINGS[name]) if name in RENDERINGS else str(capfirst(Term._meta.get_field(name).verbose_name))


def _unquoted(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    cell = clean(cell, multiline=True).strip()
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell


# Planning ------------------------------------------------------------------------------------


def _planned(lines: Sequence[Mapping[str, str]]) -> list[TermRow]:
    known = {term.source: term for term in Term.objects.prefetch_related("targets")}
    seen: set[str] = set()
    rows = []
    for number, line in enumerate(lines, 2):
        source = line["source"]
        row = TermRow(number, known.get(source) or Term(source=source))
        try:
            if source in seen:
                raise BadRow(_("This term is in the file twice."))
            seen.add(source)
            _plan(row, line)
        except BadRow as error:
            row.status, row.problems = "wrong", [str(error)]
        except ValidationError as error:
            row.status, row.problems = "wrong", error.messages
        rows.append(row)
    return rows


def _plan(row: TermRow, line: Mapping[str, str]) -> None:
    """Raises BadRow, ValidationError."""
    term, is_new = row.term, row.term.pk is None
    before = _described(term)
    for name in ("note", "place"):
        setattr(term, name, line.get(name, getattr(term, name)))
    if "subject" in line:
        term.subject = _subject(line["subject"])
    if "do_not_translate" in line:
        term.do_not_translate = _truth(line["do_not_translate"])
    if RENDERINGS.keys() & line.keys():
        term.targets = list(_targets(term, line))
    _validate(term)
    after = _described(term)
    changed = [name for name in after if after[name] != before[name]]
    row.changes = [f"{_heading(name)}: {before[name] or '–'} → {after[name] or '–'}" for name in changed]
    row.status = "new" if is_new else "changed" if row.changes else "unchanged"


def _described(term: Term) -> dict[str, str]:
    renderings = {"allowed": term.allowed(), "forbidden": term.forbidden()}
    fields = {name: str(getattr(term, name)) for name in ("subject", "do_not_translate", "note", "place")}
    return {name: text.replace("\n", "; ") for name, text in (renderings | fields).items()}


def _subject(cell: str) -> str:
    """A subject by its value, or by its name in the admin's language."""
    by_name = {str(label).lower(): value for value, label in Subject.choices}
    value = by_name.get(cell.lower(), cell.lower())
    if value not in Subject.values:
        raise BadRow(_("“%(text)s” is not a subject.") % {"text": cell})
    return value


def _truth(cell: str) -> bool:
    if cell.lower() not in TRUE | FALSE:
        raise BadRow(_("“%(text)s” is neither true nor false.") % {"text": cell})
    return cell.lower() in TRUE


def _targets(term: Term, line: Mapping[str, str]) -> Iterator[TermTarget]:
    """The renderings that the row lists, and those of the column that the file does not have."""
    known = {(each.language, each.text.lower()): each for each in term.targets.all()}
    place = 0
    for name in RENDERINGS:
        is_forbidden = name == "forbidden"
        if name in line:
            listed = [_rendering(text) for text in line[name].splitlines() if text.strip()]
        else:
            listed = [(each.language, each.text) for each in known.values() if each.forbidden == is_forbidden]
        for code, text in listed:
            target = known.get((code, text.lower())) or TermTarget(language=code)
            target.text, target.forbidden, target.sort_order = text, is_forbidden, place
            place += 1
            yield target


def _rendering(line: str) -> tuple[str, str]:
    """'en: school place' -> ('en', 'school place')."""
    code, colon, text = (part.strip() for part in line.partition(":"))
    if not colon or not text or code not in dict(target_languages()):
        raise BadRow(_("“%(text)s” is not a rendering: write it as “en: school place”.") % {"text": line.strip()})
    return code, text


def _validate(term: Term) -> None:
    """The same rules as in the form of a term. Raises BadRow, ValidationError."""
    term.full_clean(validate_unique=term.pk is None)
    seen: set[tuple[str, str]] = set()
    for target in term.targets.all():
        target.clean_fields(exclude=["term"])
        if (target.language, target.text.lower()) in seen:
            raise BadRow(_("This rendering is already there for this language."))
        seen.add((target.language, target.text.lower()))
        if term.do_not_translate and not target.forbidden:
            raise BadRow(_("A term that is not translated has no renderings, unless they are forbidden."))
