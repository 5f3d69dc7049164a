"""The glossary in CSV, with the columns that its listing exports, as a spreadsheet saves them."""

from collections.abc import Iterator, Mapping

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core.languages import TARGETS

from ..csv_rows import rows_of, unquoted
from ..errors import BadFile
from .lines import MAX_LINES, BadRow, Line, Rendering
from .planning import PLAIN, RENDERINGS, heading


MOST_COLUMNS = 50


def read_csv(text: str) -> list[Line]:
    """The rows below the headings. Raises BadFile."""
    rows = rows_of(text)
    names = [_field_of(cell) for cell in rows[0][:MOST_COLUMNS]] if rows else []
    if any(cell.strip() for row in rows for cell in row[len(names) :]):
        raise BadFile(_("There is text in a column without a heading."))
    if "source" not in names or len(set(names)) < len(names) or "" in names:
        raise BadFile(_("The first row does not have the headings of the glossary's export."))
    if len(rows) > MAX_LINES:
        raise BadFile(_("The file has too many rows: at most %(number)d.") % {"number": MAX_LINES})
    return [_line(number, dict(zip(names, map(unquoted, row), strict=False))) for number, row in enumerate(rows[1:], 2)]


def _line(number: int, cells: Mapping[str, str]) -> Line:
    fields = {name: cells[name] for name in PLAIN if name in cells}
    covered = frozenset((code, name == "forbidden") for name in RENDERINGS if name in cells for code in TARGETS)
    try:
        return Line(number, fields, list(_renderings(cells)), covered)
    except BadRow as error:
        return Line(number, fields, problem=str(error))


def _renderings(cells: Mapping[str, str]) -> Iterator[Rendering]:
    """Raises BadRow."""
    for name in RENDERINGS:
        for line in cells.get(name, "").splitlines():
            if line.strip():
                yield _rendering(line, is_forbidden=name == "forbidden")


def _rendering(line: str, *, is_forbidden: bool) -> Rendering:
    """'en: school place' -> a rendering into English. Raises BadRow."""
    code, colon, text = (part.strip() for part in line.partition(":"))
    if not colon or not text or code not in TARGETS:
        raise BadRow(_("“%(text)s” is not a rendering: write it as “en: school place”.") % {"text": line.strip()[:200]})
    return Rendering(code, text, is_forbidden)


def _field_of(cell: str) -> str:
    """The field of a heading, in whichever language of the admin the file was exported; "" if there is none."""
    written = cell.strip()
    for code, _name in settings.WAGTAILADMIN_PERMITTED_LANGUAGES:
        with translation.override(code):
            known = {heading(name): name for name in (*PLAIN, *RENDERINGS)}
        if written in known:
            return known[written]
    return written if written in (*PLAIN, *RENDERINGS) else ""
