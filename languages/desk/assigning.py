"""Giving out the work of translating a text."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction
from django.utils.translation import gettext as _

from ..models import Original, Translation
from . import rights, telling
from .errors import DeskError


@transaction.atomic
def assign(original: Original, code: str, person: Any, by: models.Model) -> None:
    """Give a text to somebody, who is told; None gives it to nobody. Raises DeskError."""
    if person != by and not rights.may_publish(by, code):
        raise DeskError(_("Those who publish this language give out its work; you may take it yourself."))
    if person and not rights.may_translate(person, code):
        raise DeskError(_("%(name)s may not translate into this language.") % {"name": person})
    if person and not rights.visible_to(person, [code]).filter(pk=original.pk).exists():
        raise DeskError(_("%(name)s may not see this text.") % {"name": person})
    found = Translation.objects.filter(original=original, language=code)
    before = found.values_list("assignee", flat=True).first()
    Translation.objects.update_or_create(original=original, language=code, defaults={"assignee": person})
    if person and person.pk != before:
        telling.assigned(original, code, person, by)


@transaction.atomic
def take(originals: Sequence[Original], code: str, person: Any) -> list[Original]:
    """Those of these texts that were given to nobody are the person's now; returns them. Raises DeskError."""
    if not rights.may_translate(person, code):
        raise DeskError(_("%(name)s may not translate into this language.") % {"name": person})
    seen = rights.visible_to(person, [code]).filter(pk__in=[each.pk for each in originals])
    keys = list(seen.order_by("pk").values_list("pk", flat=True))
    Translation.objects.bulk_create(
        [Translation(original_id=key, language=code) for key in keys], ignore_conflicts=True
    )
    free = Translation.objects.filter(original__in=keys, language=code, assignee=None).order_by("pk")
    rows = dict(free.select_for_update(of=("self",), no_key=True).values_list("pk", "original"))
    Translation.objects.filter(pk__in=rows).update(assignee=person)
    return [each for each in originals if each.pk in rows.values()]
