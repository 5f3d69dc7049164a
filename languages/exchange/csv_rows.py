"""Tables that people made in a spreadsheet: with commas, semicolons or tabs, with or without a byte order mark or a line
`sep=;`."""

import csv
import io
import re

from django.utils.translation import gettext as _

from core.open_data.spreadsheets import is_formula
from core.text.cleaning import clean

from .errors import BadFile


SEPARATORS = (",", ";", "\t")  # as the region of a computer has it
SEPARATOR_LINE = re.compile(
    r'"?sep=([^"\w\s]|\t)"?[,;\t]*\r?\n', re.IGNORECASE
)  # for spreadsheets, before the headings


def rows_of(text: str) -> list[list[str]]:
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


def unquoted(cell: str) -> str:
    """Without the apostrophe that keeps a spreadsheet from taking a text for a formula."""
    cell = clean(cell, multiline=True).strip()
    return cell[1:] if cell.startswith("'") and is_formula(cell[1:]) else cell
