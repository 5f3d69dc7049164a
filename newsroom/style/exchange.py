"""The rules of house style as a CSV file: out with a byte order mark, in with a report of each row, all of it or nothing.

A rule in the file is afterwards as the file says; columns that it does not have, and other rules, are left alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.open_data.spreadsheets import Table, csv_bytes, neutral
from languages.exchange.budget import MAX_BYTES
from languages.exchange.csv_rows import rows_of, unquoted
from languages.exchange.decoding import decoded
from languages.exchange.errors import BadFile

from ..models.style import StyleRule


COLUMNS = ("words", "advice", "right", "severity", "exceptions", "note", "is_active")
MOST = 5000  # rows of a file
TRUE, FALSE = {"true", "1", "yes", "是"}, {"false", "0", "no", "否"}


@dataclass
class Row:
    """What becomes of a rule: `status` is 'new', 'changed', 'unchanged' or 'wrong'."""

    number: int
    rule: StyleRule
    status: str = "unchanged"
    changes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    rows: list[Row]

    @property
    def shown(self) -> list[Row]:
        return [row for row in self.rows if row.status != "unchanged"]

    @property
    def is_wrong(self) -> bool:
        return any(row.problems for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {
            status: sum(row.status == status for row in self.rows)
            for status in ("new", "changed", "unchanged", "wrong")
        }


def may_import(user: models.Model) -> bool:
    return user.has_perms(["newsroom.add_stylerule", "newsroom.change_stylerule"])


def may_export(user: models.Model) -> bool:
    return any(user.has_perm(f"newsroom.{action}_stylerule") for action in ("view", "add", "change", "delete"))


def exported() -> bytes:
    """All rules, with headings in the language in force and values that every language reads."""
    rules = StyleRule.objects.order_by("words").values_list(*COLUMNS)
    rows = [[neutral(cell) if isinstance(cell, str) else str(cell).lower() for cell in rule] for rule in rules]
    return csv_bytes(Table("style-rules", [heading(name) for name in COLUMNS], rows))


def import_rules(content: bytes, user: models.Model | None, *, dry_run: bool = False) -> Report:
    """Import a file, all of it or nothing; nothing if a row is wrong. Raises BadFile."""
    lines = _read(content)
    with transaction.atomic():
        report = Report(_planned(lines))
        if not (dry_run or report.is_wrong):
            for row in report.shown:
                row.rule.save()
                log(instance=row.rule, action="wagtail.create" if row.status == "new" else "wagtail.edit", user=user)
    return report


def heading(name: str) -> str:
    return str(capfirst(StyleRule._meta.get_field(name).verbose_name))


def _read(content: bytes) -> list[tuple[int, dict[str, str]]]:
    """(number of the row, {field: cell}) below the headings. Raises BadFile."""
    if len(content) > MAX_BYTES:
        raise BadFile(_("The file is too large: at most %(number)d MB.") % {"number": MAX_BYTES // 1024**2})
    rows = rows_of(decoded(content))
    names = [_field_of(cell) for cell in rows[0]] if rows else []
    if any(cell.strip() for row in rows for cell in row[len(names) :]):
        raise BadFile(_("There is text in a column without a heading."))
    if "words" not in names or "" in names or len(set(names)) < len(names):
        raise BadFile(_("The first row does not have the headings of the export of style rules."))
    if len(rows) > MOST:
        raise BadFile(_("The file has too many rows: at most %(number)d.") % {"number": MOST})
    return [(number, dict(zip(names, map(unquoted, row), strict=False))) for number, row in enumerate(rows[1:], 2)]


def _field_of(cell: str) -> str:
    """The field of a heading, in whichever language of the admin the file was exported; "" if there is none."""
    written = cell.strip()
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        with translation.override(code):
            known = {heading(name): name for name in COLUMNS}
        if written in known:
            return known[written]
    return written if written in COLUMNS else ""


def _planned(lines: Sequence[tuple[int, Mapping[str, str]]]) -> list[Row]:
    known = {rule.words: rule for rule in StyleRule.objects.all()}
    seen: set[str] = set()
    rows = []
    for number, cells in lines:
        words = cells.get("words", "")
        row = Row(number, known.get(words) or StyleRule(words=words))
        try:
            if words in seen:
                raise ValidationError(_("These words are in the file twice."))
            seen.add(words)
            _plan(row, cells)
        except ValidationError as error:
            row.status, row.problems = "wrong", error.messages
        rows.append(row)
    return rows


def _plan(row: Row, cells: Mapping[str, str]) -> None:
    """Raises ValidationError."""
    rule, is_new = row.rule, row.rule.pk is None
    before = {name: getattr(rule, name) for name in COLUMNS}
    for name in COLUMNS:
        if name in cells:
            setattr(rule, name, _value(name, cells[name]))
    rule.full_clean(validate_unique=is_new)
    for name in COLUMNS[1:]:
        after = getattr(rule, name)
        if after != before[name]:
            row.changes.append(f"{heading(name)}: {_shown(before[name])} → {_shown(after)}")
    row.status = "new" if is_new else "changed" if row.changes else "unchanged"


def _value(name: str, cell: str) -> str | bool:
    """Raises ValidationError."""
    if name == "is_active":
        if cell.lower() not in TRUE | FALSE | {""}:
            raise ValidationError(_("“%(text)s” is neither true nor false.") % {"text": cell})
        return cell.lower() not in FALSE
    choices = StyleRule._meta.get_field(name).choices
    if not choices:
        return "\n".join(line.strip() for line in cell.splitlines() if line.strip())
    by_label = {str(label).lower(): value for value, label in choices}
    value = by_label.get(cell.lower(), cell.lower()) or StyleRule._meta.get_field(name).default
    if value not in by_label.values():
        raise ValidationError(_("“%(text)s” is none of: %(known)s") % {"text": cell, "known": ", ".join(by_label)})
    return str(value)


def _shown(value: str | bool) -> str:
    return str(value).replace("\n", "; ") or "–"
