"""What awaits one translator, in all the languages that they translate into: one query for each part."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.models import Language, Notice
from core.notices import mentioning

from ..models import Translation, TranslationStage, Unit, UnitState
from . import notice_kinds, rights


UNFINISHED = (TranslationStage.MISSING, TranslationStage.DRAFT)
WAITING = (TranslationStage.REVIEW, TranslationStage.READY)
MENTIONS = (notice_kinds.MENTIONED.id, mentioning.MENTIONED.id)


@dataclass(frozen=True)
class Part:
    """A part of somebody's work: `place` is where in the workbench its rows begin, `empty` what is said of none."""

    name: str
    title: Promise
    empty: Promise
    place: str
    rows: models.QuerySet


class Worklist:
    """The work of one person. Rows are translations, in the order in which they are to be done."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self.languages = rights.languages_of(user)

    def parts(self) -> list[Part]:
        return [
            Part(
                "mine",
                pgettext_lazy("worklist", "Mine"),
                _("Nothing is given to you or begun by you. Choose a text under Texts and progress."),
                ":open",
                self.mine(),
            ),
            Part(
                "sent_back",
                pgettext_lazy("worklist", "Sent back to me"),
                _("Nothing was sent back to you."),
                ":open",
                self.sent_back(),
            ),
            Part(
                "review",
                pgettext_lazy("worklist", "To review"),
                _("Nothing awaits your review. What others hand in appears here."),
                ":review",
                self.to_review(),
            ),
            Part(
                "changed",
                pgettext_lazy("worklist", "Changed since I translated it"),
                _("The Chinese of what you translated is as it was."),
                ":outdated",
                self.changed(),
            ),
        ]

    def part(self, name: str) -> Part | None:
        return next((part for part in self.parts() if part.name == name), None)

    def mentions(self) -> models.QuerySet[Notice]:
        """Unread ones, the newest first."""
        return self.user.notices.unread().filter(kind__in=MENTIONS).select_related("actor")

    def mine(self) -> models.QuerySet[Translation]:
        """Given to the person; or begun by them, and given to nobody else; of what is published, where they have drafts
        since. Not what was sent back to them, and not what the Chinese has left behind since they did it: those are
        parts of their own."""
        by_hand = [language for language in self.languages if not language.provider]
        given = models.Q(assignee=self.user)
        begun = models.Q(models.Exists(self._units().exclude(text="")), assignee=None)
        is_open = models.Q(stage__in=[*UNFINISHED, *WAITING])
        others = models.Q(stage=TranslationStage.OUTDATED) & ~models.Exists(self._units(state=UnitState.APPROVED))
        drafts = self._drafts().exclude(text="").filter(updated_at__gt=models.OuterRef("publication__at"))
        pursued = models.Q(models.Exists(drafts), stage=TranslationStage.PUBLISHED) & (given | models.Q(assignee=None))
        found = self._translations(by_hand).filter((given | begun) & is_open | given & others | pursued)
        found = found.exclude(models.Exists(self._sent_back()))
        to_do = models.Case(models.When(stage__in=WAITING, then=1), default=0)
        return found.order_by(to_do, models.F("updated_at").desc(nulls_first=True), "pk")

    def sent_back(self) -> models.QuerySet[Translation]:
        """With texts of the person's that a reviewer has sent back; the newest first. `place` and `reason` are those of the
        first of them."""
        first = self._sent_back().order_by("sent_back_at", "pk")
        parts = {"place": "path", "reason": "sent_back_reason", "sent_back_at": "sent_back_at"}
        columns = {name: models.Subquery(first.values(source)[:1]) for name, source in parts.items()}
        found = self._translations(self.languages).filter(models.Exists(self._sent_back()))
        return found.annotate(**columns).order_by("-sent_back_at", "pk")

    def _sent_back(self) -> models.QuerySet[Unit]:
        return self._drafts().exclude(sent_back_reason="")

    def _drafts(self) -> models.QuerySet[Unit]:
        """Not those of earlier wordings, for which something else was written since."""
        same = {name: models.OuterRef(name) for name in ("original", "language", "path")}
        later = Unit.objects.filter(**same, pk__gt=models.OuterRef("pk"))
        return self._units(state=UnitState.DRAFT).exclude(models.Exists(later))

    def to_review(self) -> models.QuerySet[Translation]:
        """With texts of others that the person may approve; what has waited longest first. A translator may approve what a
        publisher has made of their text."""
        mine = [row for row in self.languages if not row.review_required or rights.may_publish(self.user, row.code)]
        handed_in = Unit.objects.known().filter(**_OF_ROW, state=UnitState.REVIEW).exclude(author=self.user)
        is_theirs = models.Q(language__in=[row.code for row in mine]) & models.Q(models.Exists(handed_in))
        corrected = models.Q(models.Exists(handed_in.filter(corrected_author=self.user)))
        found = self._translations(self.languages).filter(is_theirs | corrected, handed_in__gt=0)
        return found.order_by(models.F("updated_at").asc(nulls_first=True), "pk")

    def changed(self) -> models.QuerySet[Translation]:
        """Published with texts of the person's, and left behind by the Chinese since."""
        by_hand = [language for language in self.languages if not language.provider]
        found = self._translations(by_hand).filter(
            models.Exists(self._units(state=UnitState.APPROVED)), stage=TranslationStage.OUTDATED
        )
        return found.order_by(models.F("original__changed_at").desc(nulls_last=True), "pk")

    def _units(self, **fields: Any) -> models.QuerySet[Unit]:
        """The person's own texts in the row's translation."""
        return Unit.objects.known().filter(**_OF_ROW, author=self.user, **fields)

    def _translations(self, languages: Sequence[Language]) -> models.QuerySet[Translation]:
        """Those that the person may see, with the date that is shown of each."""
        seen = models.Q(pk__in=[])
        for language in languages:
            visible = rights.visible_to(self.user, [language.code])
            seen |= models.Q(language=language.code, original__in=visible.values("pk"))
        found = Translation.objects.filter(seen).select_related("original__content_type")
        return found.annotate(when=Coalesce("updated_at", "original__changed_at"))


_OF_ROW = {"original": models.OuterRef("original"), "language": models.OuterRef("language")}


def with_total(rows: models.QuerySet, limit: int) -> tuple[list[Any], int]:
    """The first rows, and how many there are, in one query."""
    counted = rows.annotate(total_number=models.Window(models.Count("*")))
    found = list(counted[:limit])
    return found, found[0].total_number if found else 0
