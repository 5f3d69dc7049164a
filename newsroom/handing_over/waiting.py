"""What waits for one person alone: a few queries, however much there is.

Reviews and translations wait for whoever they were given to, and nobody else finds them in a list of their own; a page that
somebody has locked is edited by nobody else. Of each, only what whoever looks may give to others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from core.languages import TARGETS
from core.models import BasePage
from core.notices.reading import name_of
from languages.desk import assigning as desk
from languages.desk import rights
from languages.desk.telling import workbench_at

from ..models import ReviewState, ReviewTask
from ..reviewing import queries
from ..reviewing.assigning import givable_by, publishable_snippets
from ..reviewing.telling import edit_url
from ..work.items import items_of, kind_of_thing, narrow


AT_ONCE = 200  # things of each sort that are shown, and given, together
REVIEW, TRANSLATION, LOCK = "review", "translation", "lock"
SORTS: dict[str, Promise] = {
    REVIEW: gettext_lazy("Reviews"),
    TRANSLATION: gettext_lazy("Translations"),
    LOCK: gettext_lazy("Locked pages"),
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for somebody. `row` is a ReviewState, a Translation or a page; `said` what it is and where."""

    sort: str
    row: Any
    title: str
    url: str
    said: str
    since: datetime | None = None
    due: datetime | None = None

    @property
    def value(self) -> str:
        """What the form calls it."""
        return f"{self.sort}-{self.row.pk}"


@dataclass
class Person:
    """Somebody for whom something waits: {sort: how much}, and whether some of it waits in vain, since their account is
    closed or they have lost the right to it."""

    user: Any
    counts: dict[str, int] = field(default_factory=dict)
    is_stuck: bool = False

    @property
    def name(self) -> str:
        return name_of(self.user)

    @property
    def said(self) -> list[tuple[Promise, int]]:
        return [(SORTS[sort], count) for sort, count in self.counts.items()]


def may_hand_over(user: Any) -> bool:
    """Those who may publish anything at all: pages, what else is reviewed, or translations."""
    policy = policy_registry.get_by_type(BasePage)
    may_publish = policy.user_has_permission(user, "publish") or bool(publishable_snippets(user))
    return may_publish or any(rights.may_publish(user, code) for code in TARGETS)


# What there is -----------------------------------------------------------------------------------------
#
# A viewer of None is the self-check, which looks at everything.


def _reviews(viewer: Any) -> models.QuerySet[ReviewState]:
    found = givable_by(viewer) if viewer else queries.waiting()
    return narrow(found.exclude(assignee=None)).order_by(models.F("due").asc(nulls_last=True), "started_at", "pk")


def _translations(viewer: Any) -> models.QuerySet:
    found = desk.givable_by(viewer) if viewer else desk.given_out()
    return found.select_related("original__content_type", "assignee").order_by("language", "pk")


def _locks(viewer: Any) -> models.QuerySet:
    policy = policy_registry.get_by_type(BasePage)
    pages = policy.instances_user_has_permission_for(viewer, "unlock") if viewer else BasePage.objects.all()
    found: models.QuerySet = pages.filter(locked=True).exclude(locked_by=None).order_by("locked_at", "pk")
    return found


def _loses_review() -> models.Q:
    """Of steps: given to somebody who does not take it any more."""
    theirs = ReviewTask.objects.filter(groups__user=models.OuterRef("assignee"))
    own = models.Exists(theirs.filter(pk=models.OuterRef("task")))
    any_step = models.Exists(theirs.filter(kind=models.OuterRef("task__reviewtask__kind")))
    return ~own & ~(models.Q(is_confirmation=True) & any_step)


@dataclass(frozen=True)
class _Sort:
    rows: Callable[[Any], models.QuerySet]
    holder: str
    has_lost_it: Callable[[], models.Q] = models.Q  # besides those whose account is closed


_SORTS = {
    REVIEW: _Sort(_reviews, "assignee", _loses_review),
    TRANSLATION: _Sort(_translations, "assignee", desk.without_right),
    LOCK: _Sort(_locks, "locked_by"),
}


# Of whom -----------------------------------------------------------------------------------------------


def people_with_work(viewer: Any) -> list[Person]:
    """Those for whom something waits that the viewer may give to others; first those for whom it waits in vain. A query for
    each sort, and one for the people."""
    counted = {name: _counts(sort, sort.rows(viewer)) for name, sort in _SORTS.items()}
    users = get_user_model().objects.in_bulk({key for rows in counted.values() for key in rows})
    people = {key: Person(user, is_stuck=not user.is_active) for key, user in users.items()}
    for name, rows in counted.items():
        for key, (total, lost) in rows.items():
            people[key].counts[name] = total
            people[key].is_stuck |= bool(lost)
    return sorted(people.values(), key=lambda each: (not each.is_stuck, each.user.is_active, each.name))


def _counts(sort: _Sort, rows: models.QuerySet) -> dict[int, tuple[int, int]]:
    """{person: (how much waits for them, how much of it in vain)}"""
    lost = models.Count("pk", filter=sort.has_lost_it()) if sort.has_lost_it() else models.Value(0)
    plain = models.QuerySet(rows.model).filter(pk__in=rows.order_by().values("pk")).order_by()
    grouped = plain.values_list(sort.holder).annotate(total=models.Count("pk"), lost=lost)
    return {key: (total, in_vain) for key, total, in_vain in grouped}


def waiting_in_vain() -> list[Person]:
    return [each for each in people_with_work(None) if each.is_stuck]


def waiting_for_person(person: Any, viewer: Any) -> tuple[list[Waiting], int]:
    """What waits for somebody, the first of each sort, and how much there is besides."""
    found: list[Waiting] = []
    more = 0
    for name, sort in _SORTS.items():
        rows = sort.rows(viewer).filter(**{sort.holder: person})
        first = list(rows[: AT_ONCE + 1])
        if len(first) > AT_ONCE:
            more += rows.count() - AT_ONCE
        found += _SHOWN[name](first[:AT_ONCE])
    return found, more


# How it is shown ---------------------------------------------------------------------------------------


def _shown_reviews(rows: list[ReviewState]) -> Iterator[Waiting]:
    for item in items_of(rows):
        yield Waiting(REVIEW, item.state, item.title, item.url, f"{item.kind} · {item.step}", item.since, item.due)


def _shown_translations(rows: list[Any]) -> Iterator[Waiting]:
    names = dict(settings.LANGUAGES)
    for row in rows:
        said = f"{row.original.kind} · {_('Translation: {language}').format(language=names[row.language])}"
        url = workbench_at(row.original, row.language, ":open")
        yield Waiting(TRANSLATION, row, str(row.original), url, said, row.updated_at)


def _shown_locks(rows: list[BasePage]) -> Iterator[Waiting]:
    ContentType.objects.get_for_models(*{row.specific_class for row in rows if row.specific_class})
    for row in rows:
        title = row.get_admin_display_title()
        yield Waiting(LOCK, row, title, edit_url(row), f"{kind_of_thing(row)} · {_('Locked')}", row.locked_at)


_SHOWN: dict[str, Callable[[Any], Iterator[Waiting]]] = {
    REVIEW: _shown_reviews,
    TRANSLATION: _shown_translations,
    LOCK: _shown_locks,
}
