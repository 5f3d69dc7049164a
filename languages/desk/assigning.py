"""Giving out the work of translating a text."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.db import models, transaction
from django.db.models.functions import Concat
from django.utils.translation import gettext as _

from core.languages import TARGETS

from ..models import Original, Translation, TranslationStage
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


def given_out() -> models.QuerySet[Translation]:
    """What was given to somebody and is not done: not translated, not published, or left behind by the Chinese since."""
    done = models.Q(stage=TranslationStage.PUBLISHED, waiting="")
    found = Translation.objects.filter(original__in=rights.at_the_desk().values("pk")).exclude(assignee=None)
    return found.exclude(done).order_by("pk")


def givable_by(person: Any) -> models.QuerySet[Translation]:
    """Of it, what this person may give to another: of the languages that they publish, what they see."""
    seen = models.Q(pk__in=[])
    for code in TARGETS:
        if rights.may_publish(person, code):
            seen |= models.Q(language=code, original__in=rights.visible_to(person, [code]).values("pk"))
    return given_out().filter(seen)


def without_right() -> models.Q:
    """Of translations: given to somebody who may not translate into the language any more."""
    names = [
        Concat(models.Value(begin), models.OuterRef("language")) for begin in ("translate_", "publish_translation_")
    ]
    holder = models.Q(group__user=models.OuterRef("assignee")) | models.Q(user=models.OuterRef("assignee"))
    held = Permission.objects.filter(holder, codename__in=names)
    return ~models.Exists(held) & models.Q(assignee__is_superuser=False)


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
