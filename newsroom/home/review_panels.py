"""The panels about reviews: what somebody is to read, what was sent back to them, and where what they handed in is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from core.notices.reading import name_of

from ..reviewing.telling import edit_url
from ..work.items import Item, kind_of_thing, title_of_thing
from .panels import HomePanel, ago
from .reviews import ReviewsOf, Urgent


@dataclass(frozen=True)
class Line:
    """One text. `said` is what it is and where, `notes` what else there is to know, `reason` somebody's own words."""

    title: str
    url: str
    said: str
    when: datetime
    notes: list[str] = field(default_factory=list)
    reason: str = ""
    due: datetime | None = None

    @property
    def ago(self) -> str:
        return ago(self.when)

    @property
    def is_late(self) -> bool:
        return self.due is not None and self.due < timezone.now()


class ReviewPanel(HomePanel):
    """Lines in one order."""

    template_name = "newsroom/admin/home_reviews.html"
    list_name: ClassVar[Promise] = gettext_lazy("Work in review")

    def __init__(self, reviews: ReviewsOf) -> None:
        self.reviews = reviews

    def concerns(self) -> bool:
        """Whether the person gets it at all, be it empty."""
        raise NotImplementedError

    def lines(self) -> tuple[list[Line], int]:
        raise NotImplementedError

    @property
    def list_url(self) -> str:
        """Where all of them are; "" for those who may not see that list."""
        if not self.reviews.sees_the_work:
            return ""
        return f"{reverse('work_in_review')}?{urlencode(self.listed_as())}"

    def listed_as(self) -> dict[str, Any]:
        """The filters of the list that leave what this panel shows."""
        return {}

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        lines, total = self.lines()
        return {"panel": self, "lines": lines, "more": max(total - len(lines), 0)}


class WaitingPanel(ReviewPanel):
    name = "waiting-for-me"
    order = 10
    heading = gettext_lazy("Waiting for me")
    empty = gettext_lazy(
        "You have nothing to review. What comes to a step of yours appears here, and the bell tells you."
    )

    def concerns(self) -> bool:
        return self.reviews.is_reviewer or bool(self.reviews.waiting.total)

    def lines(self) -> tuple[list[Line], int]:
        found = self.reviews.waiting
        return [_waiting(each, self.reviews.user) for each in found.items], found.total

    def listed_as(self) -> dict[str, Any]:
        return {"person": self.reviews.user.pk}


class SentBackPanel(ReviewPanel):
    name = "sent-back-to-me"
    order = 20
    heading = gettext_lazy("Sent back to me")
    empty = gettext_lazy(
        "Nothing was sent back to you. What a reviewer sends back appears here with the reason: change it and submit it again."
    )

    def concerns(self) -> bool:
        writes = self.reviews.sees_the_work and not self.reviews.is_reviewer
        return writes or bool(self.reviews.sent_back.total)

    def lines(self) -> tuple[list[Line], int]:
        found = self.reviews.sent_back
        return [_sent_back(each) for each in found.items], found.total

    def listed_as(self) -> dict[str, Any]:
        return {"state": "sent_back", "requested_by": self.reviews.user.pk}


class UrgentPanel(ReviewPanel):
    name = "urgent-without-review"
    order = 30
    heading = gettext_lazy("Urgent without review")
    empty = gettext_lazy("None. What is published urgently stands here until its reviews are made.")
    list_name = gettext_lazy("Exceptions")

    def concerns(self) -> bool:
        return self.reviews.is_final_reviewer or bool(self.reviews.urgent[1])

    def lines(self) -> tuple[list[Line], int]:
        found, total = self.reviews.urgent
        return [_urgent(each) for each in found], total

    @property
    def list_url(self) -> str:
        return f"{reverse('publishing_exceptions')}?kind=open" if self.reviews.sees_the_work else ""


class HandedInPanel(ReviewPanel):
    name = "handed-in"
    order = 40
    heading = gettext_lazy("Handed in by me")
    empty = gettext_lazy("Nothing of yours is being reviewed. Submit a draft, and it stands here until it is live.")

    def concerns(self) -> bool:
        writes = self.reviews.sees_the_work and not self.reviews.is_reviewer
        return writes or bool(self.reviews.handed_in.total)

    def lines(self) -> tuple[list[Line], int]:
        found = self.reviews.handed_in
        return [_handed_in(each) for each in found.items], found.total

    def listed_as(self) -> dict[str, Any]:
        return {"requested_by": self.reviews.user.pk}


PANELS = (WaitingPanel, SentBackPanel, UrgentPanel, HandedInPanel)


def panels_of(user: Any) -> Iterator[ReviewPanel]:
    """Those that concern the person."""
    if settings.REVIEWS_REQUIRED:
        reviews = ReviewsOf(user)
        yield from (panel for panel in (kind(reviews) for kind in PANELS) if panel.concerns())


def _waiting(item: Item, user: Any) -> Line:
    said = [item.kind, item.step, *([_("Given to you")] if item.state.assignee_id == user.pk else [])]
    notes = [_("Handed in by {name}").format(name=item.handed_in_by), *_read_by(item)]
    if item.state.is_confirmation:
        notes.append(_("The last step was approved with corrections: one more person reads them."))
    return Line(item.title, item.url, " · ".join(said), item.since, notes, due=item.due)


def _sent_back(item: Item) -> Line:
    by = pgettext("review", "Sent back by {name}").format(name=item.decided_by or name_of(None))
    return Line(item.title, item.url, f"{item.kind} · {item.step}", item.since, [by], item.comment)


def _urgent(each: Urgent) -> Line:
    allowance = each.allowance
    name = allowance.by.get("name") or allowance.by.get("account", "")
    return Line(
        title=title_of_thing(each.obj),
        url=edit_url(each.obj),
        said=kind_of_thing(each.obj),
        when=allowance.used_at,
        notes=[_("Published urgently by {name}").format(name=name)],
        reason=allowance.reason,
        due=allowance.due,
    )


def _handed_in(item: Item) -> Line:
    who = _("With {who}").format(who=item.who) if item.state.assignee_id else item.who
    notes = [who, *_read_by(item)]
    return Line(item.title, item.url, f"{item.kind} · {item.step}", item.since, notes, due=item.due)


def _read_by(item: Item) -> list[str]:
    return [_("Being read by {names}").format(names=item.being_read_by)] if item.readers else []
