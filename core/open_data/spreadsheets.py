"""Tables for download, of two kinds (docs/open-data.md).

CSV for programs holds every text as it is: +86 23 … stays a telephone number. What people open in a spreadsheet, XLSX and
the exports of the admin's listings (core/editing/wagtail_overrides.py), lets no text become a formula.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from ..text.cleaning import legal_xml


Cell = str | int | bool | Decimal | date | None

# What spreadsheets take for the beginning of a formula, also after spaces and in full width.
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
EXACT_DIGITS = 15  # a spreadsheet's numbers hold no more
SHEET_NAME = 31
WIDTHS = (8, 48)


@dataclass(frozen=True)
class Table:
    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def csv_bytes(table: Table) -> bytes:
    """For programs: UTF-8, with a byte order mark since people look at it, too; lines end as RFC 4180 says."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_written(cell) for cell in table.header])
    writer.writerows([_written(cell) for cell in row] for row in table.rows)
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def plain_number(value: Decimal) -> str:
    """Without an exponent or trailing zeros: 137000000, 98.02."""
    return f"{value.normalize():f}"


def is_formula(text: str) -> bool:
    """Whether a spreadsheet could read the text as a formula."""
    return bool(FORMULA.match(text))


def neutral(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe is put before one that could be."""
    return f"'{text}" if is_formula(text) else text


def _written(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, Decimal):
        return plain_number(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def xlsx_bytes(tables: Iterable[Table], *, right_to_left: bool = False) -> bytes:
    """A workbook with one sheet for each table."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", table.name)[:SHEET_NAME])
        sheet.freeze_panes = "A2"
        sheet.sheet_view.rightToLeft = right_to_left
        for number, width in enumerate(_widths(table), start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.append([_sheet_cell(sheet, name, bold=True) for name in table.header])
        for row in table.rows:
            sheet.append([_sheet_cell(sheet, cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def fingerprint(tables: Iterable[Table]) -> str:
    """The same for the same content: a workbook's own bytes contain the time of writing."""
    digest = hashlib.sha256()
    for table in tables:
        digest.update(table.name.encode() + csv_bytes(table))
    return digest.hexdigest()[:32]


def _sheet_cell(sheet: Any, cell: Cell, *, bold: bool = False) -> WriteOnlyCell:
    if isinstance(cell, Decimal) and len(cell.normalize().as_tuple().digits) > EXACT_DIGITS:
        cell = plain_number(cell)
    if isinstance(cell, str):
        cell = legal_xml(cell)
    if not isinstance(cell, str) or not cell:
        return WriteOnlyCell(sheet, value=None if cell == "" else cell)
    made = WriteOnlyCell(sheet, value=cell)
    made.data_type = "s"  # whatever it looks like
    if bold:
        made.font = Font(bold=True)
    made.quotePrefix = is_formula(cell)  # a text still after somebody has edited it
    return made


def _widths(table: Table) -> list[int]:
    least, most = WIDTHS
    columns = zip(table.header, *table.rows, strict=True)
    return [min(most, max(least, *(len(str(cell or "")) + 2 for cell in column))) for column in columns]
