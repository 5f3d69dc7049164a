"""Importing the glossary.

A term in the file becomes what the file says of it; what the file does not say, and terms that it does not have, are left
as they are. A wrong row stops the whole file.
"""

from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.text.cleaning import legal_xml

from ...desk import rights
from ..budget import PLANNING_RENDERING, PLANNING_TERM, STORING_TERM, Budget
from ..decoding import decoded
from ..errors import BadFile
from ..safe_xml import parse
from .csv_file import read_csv
from .lines import Line
from .planning import TermRow, planned
from .tbx import read_tbx


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


def import_glossary(
    content: bytes, user: models.Model | None, *, dry_run: bool = False, budget: Budget | None = None
) -> Report:
    """Import a file, all of it or nothing; nothing if a row is wrong.

    Raises BadFile, TooMuch if the file asks for more work than `budget` allows.
    """
    budget = budget or Budget()
    lines = read(content, budget)
    budget.take_work(sum(PLANNING_TERM + PLANNING_RENDERING * len(line.renderings) for line in lines))
    with transaction.atomic():
        report = Report(planned(lines))
        budget.take_work(STORING_TERM * len(report.shown))
        if not (dry_run or report.is_wrong):
            for row in report.shown:
                row.term.save()
                log(instance=row.term, action="wagtail.create" if row.status == "new" else "wagtail.edit", user=user)
    return report


def read(content: bytes, budget: Budget) -> list[Line]:
    """A file of either format, told by what is in it. Raises BadFile, TooMuch."""
    budget.take_content(content)
    try:
        text = decoded(content)
    except BadFile:
        raise BadFile(_("The file is not UTF-8. Save it as “CSV UTF-8”.")) from None
    if text.lstrip().startswith("<"):
        return read_tbx(parse(legal_xml(text), budget))
    return read_csv(text)
