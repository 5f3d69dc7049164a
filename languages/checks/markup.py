"""Chips and placeholders: what stands for something else has to be there, and nothing like it may be invented."""

import re
from collections import Counter
from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from .findings import ERROR, WARNING, Finding
from .texts import Text


_PLACEHOLDER = re.compile(r"%\(\w+\)[sdf]|%[sd](?!\w)|\{\w*\}|\{\{\s*\w+\s*\}\}")
_EMPHASIS = frozenset({"b", "strong", "i", "em", "sub", "sup", "code", "s", "del", "br", "mark", "u"})


def check_chips(source: Text, target: Text) -> Iterator[Finding]:
    """Each chip of the source once, none unknown, all well nested. Bare emphasis may differ."""
    wanted = Counter(tag.chip for tag in source.tags if tag.chip)
    found = Counter(tag.chip for tag in target.tags if tag.chip)
    for chip in wanted - found:
        yield _chip_error(_("The link or mark %(chip)s of the source is missing."), chip)
    for chip in found - wanted:
        known = _("The link or mark %(chip)s is there twice.") if chip in wanted else ""
        yield _chip_error(known or _("The source has no link or mark %(chip)s."), chip)
    names = {tag.chip: tag.name for tag in source.tags if tag.chip}
    for tag in target.tags:
        if tag.chip and names.get(tag.chip, tag.name) != tag.name:
            yield _chip_error(_("The link or mark %(chip)s is of another kind than in the source."), tag.chip)
        elif not tag.chip and not tag.closing and tag.name not in _EMPHASIS:
            yield _chip_error(_("The tag %(chip)s cannot be used here."), f"<{tag.name}>")
    yield from _nesting(target)
    for start, end, chip in target.chip_spans:
        if chip in wanted and not target.plain[start:end].strip():
            yield Finding(WARNING, "chips", _("The link or mark %(chip)s has no words."), {"chip": chip})


def _nesting(target: Text) -> Iterator[Finding]:
    opened: list[str] = []
    for tag in target.tags:
        if tag.closing and (not opened or opened.pop() != tag.name):
            yield _chip_error(
                _("%(chip)s is closed where it is not open: the links and marks overlap."), f"</{tag.name}>"
            )
            return
        if not tag.closing and not tag.is_void:
            opened.append(tag.name)
    if opened:
        yield _chip_error(_("%(chip)s is not closed."), f"<{opened[-1]}>")


def _chip_error(message: str, chip: str) -> Finding:
    return Finding(ERROR, "chips", message, {"chip": chip})


def check_placeholders(source: Text, target: Text) -> Iterator[Finding]:
    """%(name)s and {name} stay as they are."""
    wanted, found = (Counter(_PLACEHOLDER.findall(text.plain)) for text in (source, target))
    for name in wanted - found:
        yield Finding(ERROR, "placeholders", _("The placeholder %(name)s of the source is missing."), {"name": name})
    for name in found - wanted:
        yield Finding(ERROR, "placeholders", _("The source has no placeholder %(name)s."), {"name": name})
