"""What becomes of each term of a file. Nothing is written here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from ...models import Term, TermTarget
from ...models.glossary import Subject
from .lines import MAX_RENDERINGS, BadRow, Line


RENDERINGS = {"allowed": "Renderings", "forbidden": "Forbidden"}  # their headings, as the listing has them
PLAIN = ("source", "subject", "do_not_translate", "note", "place")
TRUE, FALSE = {"true", "1", "yes", "是"}, {"false", "0", "no", "", "否"}


@dataclass
class TermRow:
    """What becomes of a term: `status` is 'new', 'changed', 'unchanged' or 'wrong'."""

    number: int
    term: Term
    status: str = "unchanged"
    changes: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def planned(lines: Sequence[Line]) -> list[TermRow]:
    known = {term.source: term for term in Term.objects.prefetch_related("targets")}
    seen: set[str] = set()
    rows = []
    for line in lines:
        source = line.fields.get("source", "")
        row = TermRow(line.number, known.get(source) or Term(source=source))
        try:
            if line.problem:
                raise BadRow(line.problem)
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


def heading(name: str) -> str:
    """The heading of a field's column in the listing's export."""
    return _(RENDERINGS[name]) if name in RENDERINGS else str(capfirst(Term._meta.get_field(name).verbose_name))


def _plan(row: TermRow, line: Line) -> None:
    """Raises BadRow, ValidationError."""
    term, is_new, fields = row.term, row.term.pk is None, line.fields
    before = _described(term)
    for name in ("note", "place"):
        setattr(term, name, fields.get(name, getattr(term, name)))
    if "subject" in fields:
        term.subject = _subject(fields["subject"])
    if "do_not_translate" in fields:
        term.do_not_translate = _truth(fields["do_not_translate"])
    if line.covered:
        term.targets = list(_targets(term, line))
    _validate(term)
    after = _described(term)
    changed = [name for name in after if after[name] != before[name]]
    row.changes = [f"{heading(name)}: {before[name] or '–'} → {after[name] or '–'}" for name in changed]
    row.status = "new" if is_new else "changed" if row.changes else "unchanged"


def _described(term: Term) -> dict[str, str]:
    """What a file can change of a term. In which order its languages stand is no matter of anybody's."""
    renderings = {
        name: _by_language(text) for name, text in (("allowed", term.allowed()), ("forbidden", term.forbidden()))
    }
    fields = {name: str(getattr(term, name)) for name in ("subject", "do_not_translate", "note", "place")}
    return {name: text.replace("\n", "; ") for name, text in (renderings | fields).items()}


def _by_language(lines: str) -> str:
    return "\n".join(sorted(lines.split("\n"), key=lambda line: line.partition(":")[0]))


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


def _targets(term: Term, line: Line) -> Iterator[TermTarget]:
    """The renderings that the file lists, and those of what it does not cover. Raises BadRow."""
    if len(line.renderings) > MAX_RENDERINGS:
        raise BadRow(_("This term has too many renderings: at most %(number)d.") % {"number": MAX_RENDERINGS})
    known = {(each.language, each.text.lower()): each for each in term.targets.all()}
    listed = [(each.language, each.text, each.is_forbidden, each.note) for each in line.renderings]
    kept = [
        (each.language, each.text, each.forbidden, each.note)
        for each in known.values()
        if (each.language, each.forbidden) not in line.covered
    ]
    for place, (code, text, is_forbidden, note) in enumerate(sorted([*kept, *listed], key=lambda each: each[2])):
        target = known.get((code, text.lower())) or TermTarget(language=code, note=note)
        target.text, target.forbidden, target.sort_order = text, is_forbidden, place
        yield target


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
