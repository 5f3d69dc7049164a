"""Importing pairs of texts from a TMX file. They are suggested to translators, and nothing else becomes of them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from core.languages import TARGETS
from core.text.cleaning import clean, legal_xml
from core.text.tags import plain

from ...desk import rights
from ...desk.errors import DeskError
from ...desk.imported_memory import words_hash
from ...desk.memory import visible_units
from ...desk.texts import MAX_LENGTH
from ...models import MemoryEntry, MemoryFile, Unit
from ..budget import Budget
from ..decoding import decoded
from ..inline import hash_of
from ..safe_xml import parse
from . import tmx


CHUNK = 500  # rows asked about in one query
MAX_NAME = MemoryFile._meta.get_field("name").max_length


@dataclass(frozen=True)
class MemoryRow:
    """What becomes of a pair: `status` is 'new', 'known' or 'skipped', with the reason."""

    variant: tmx.Variant
    status: str
    reason: str = ""


@dataclass(frozen=True)
class Report:
    rows: Sequence[MemoryRow]

    @property
    def shown(self) -> list[MemoryRow]:
        return [row for row in self.rows if row.status != "known"]

    @property
    def has_changes(self) -> bool:
        return any(row.status == "new" for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        return {status: sum(row.status == status for row in self.rows) for status in ("new", "known", "skipped")}


def import_memory(
    content: bytes,
    name: str,
    user: models.Model | None,
    *,
    dry_run: bool = False,
    budget: Budget | None = None,
) -> Report:
    """Import a file, all of it or nothing; with `dry_run` only say what would happen. `name` is that of the file.

    Without a user, every language may be imported. Raises BadFile, TooMuch if the file is too large, and DeskError if
    it has no language of the user.
    """
    variants = read(content, budget or Budget())
    codes = {language.code for language in rights.languages_of(user)} if user else set(TARGETS)
    present = {variant.code for variant in variants if variant.code}
    if present and not present & codes:
        raise DeskError(_("You may not translate into the language of this file."))
    with transaction.atomic():
        report = Report(list(_planned(variants, codes, user)))
        if report.has_changes and not dry_run:
            _store(report, name, user)
    return report


def read(content: bytes, budget: Budget) -> list[tmx.Variant]:
    """Raises BadFile, TooMuch."""
    budget.take_content(content)
    return tmx.read(parse(legal_xml(decoded(content)), budget), budget)


def may_remove(user: models.Model, file: MemoryFile) -> bool:
    """Those who imported it, and those who manage all languages."""
    return file.by_id == user.pk or rights.may_manage_languages(user)


def _planned(variants: Sequence[tmx.Variant], codes: set[str], user: models.Model | None) -> Iterator[MemoryRow]:
    seen: set[tuple[str, str, str]] = set()
    for start in range(0, len(variants), CHUNK):
        chunk = variants[start : start + CHUNK]
        seen |= _known(chunk, codes, user)
        for variant in chunk:
            if problem := _problem(variant, codes):
                yield MemoryRow(variant, "skipped", problem)
            elif (key := _key(variant)) in seen:
                yield MemoryRow(variant, "known")
            else:
                seen.add(key)
                yield MemoryRow(variant, "new")


def _problem(variant: tmx.Variant, codes: set[str]) -> str:
    if variant.problem:
        return variant.problem
    if variant.code not in codes:
        return _("You may not translate into this language.")
    if max(len(variant.source), len(variant.text)) > MAX_LENGTH:
        return _("This text is too long: at most %(number)d characters.") % {"number": MAX_LENGTH}
    return ""


def _key(variant: tmx.Variant) -> tuple[str, str, str]:
    return variant.code, words_hash(variant.source), _text_hash(variant.text)


def _text_hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _known(variants: Iterable[tmx.Variant], codes: set[str], user: models.Model | None) -> set[tuple[str, str, str]]:
    """The keys of those pairs that have been imported before, or stand at the desk where the user may see them."""
    wanted = [variant for variant in variants if variant.code in codes]
    entries = MemoryEntry.objects.filter(words_hash__in={words_hash(variant.source) for variant in wanted})
    known = set(entries.values_list("language", "words_hash", "text_hash"))
    for code in {variant.code for variant in wanted}:
        mine = [variant for variant in wanted if variant.code == code]
        units = visible_units(code, user) if user else Unit.objects.known().filter(language=code)
        hashes = {digest for variant in mine for digest in _source_hashes(variant)}
        written = set(units.filter(source_hash__in=hashes).values_list("source_hash", "text"))
        for variant in mine:
            html, words = _source_hashes(variant)
            if (html, variant.text) in written or (words, plain(variant.text)) in written:
                known.add(_key(variant))
    return known


def _source_hashes(variant: tmx.Variant) -> tuple[str, str]:
    """Of the source as a segment of rich text, and as a plain one."""
    return hash_of(variant.source, "html"), hash_of(plain(variant.source), "plain")


def _store(report: Report, name: str, user: models.Model | None) -> None:
    file = MemoryFile.objects.create(name=clean(name)[:MAX_NAME] or "TMX", by=user)
    entries = (
        MemoryEntry(
            file=file,
            language=row.variant.code,
            source_text=row.variant.source,
            words_hash=words_hash(row.variant.source),
            text=row.variant.text,
            text_hash=_text_hash(row.variant.text),
        )
        for row in report.rows
        if row.status == "new"
    )
    MemoryEntry.objects.bulk_create(entries, batch_size=CHUNK, ignore_conflicts=True)
    log(instance=file, action="wagtail.create", user=user)
