"""Withdrawing pages, and bringing them back."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import Revision

from core.locking import held
from core.models import BasePage
from core.publishing.acts import Act, Kind, NotPublishable, explained, reasons, together
from core.publishing.canonical import contents, hashes
from core.publishing.digest import digest

from ..models import Withdrawal
from ..record.naming import thing_of
from ..record.things import title_of


_released: ContextVar[int | None] = ContextVar("page_being_released", default=None)


class NotWithdrawn(ValidationError):
    """Somebody else has released it, or published it, meanwhile."""

    def __init__(self) -> None:
        super().__init__(_("This page is no longer withdrawn."))


def withdraw(
    pages: Iterable[BasePage],
    *,
    user: Any,
    kind: str,
    reason: str,
    replacement: BasePage | None = None,
    with_below: bool = False,
) -> list[Withdrawal]:
    """Take live pages from readers, in one transaction, with their aliases; `with_below`, what is live below them too.

    Returns those of the pages themselves; none for one that was not live any more. Raises NotPublishable (of
    `core.publishing.acts`) if the rules refuse.
    """
    said = {"withdrawn": kind} | ({"replacement": replacement.url_path} if replacement else {})
    made = []
    with together(), explained(reason, **said):
        for page in sorted(pages, key=lambda page: page.pk):
            values = {"kind": kind, "reason": reason, "replacement": replacement, "by": user, "at": timezone.now()}
            own = _withdraw(page.pk, values)
            if own:
                made.append(own)
            for key in _live_below(page) if with_below else ():
                _withdraw(key, values | {"along_with": own})
    return made


def _live_below(page: BasePage) -> list[int]:
    below = page.get_descendants().live().filter(alias_of=None)
    return list(below.order_by("pk").values_list("pk", flat=True))


def _withdraw(key: int, values: dict[str, Any]) -> Withdrawal | None:
    """The row is locked before it is read: what somebody else published meanwhile is withdrawn with the rest."""
    held(BasePage, key)
    page = BasePage.objects.get(pk=key).specific
    if not page.live:
        return None
    aliases = list(_live_aliases(page))
    content, seen = page.serializable_data(), contents([page])[0]
    own = Withdrawal(**_named(page), **values, content=content, content_hash=digest(seen), seen=seen)
    UnpublishPageAction(page, user=values["by"], log_action=False).execute(skip_permission_checks=True)
    log(
        instance=page,
        action="newsroom.withdrawn",
        user=values["by"],
        data={"reason": own.reason, **own.said()},
    )
    own.save()
    values = values | {"along_with": own}
    Withdrawal.objects.bulk_create([Withdrawal(**_named(alias), **values) for alias in aliases])
    return own


def _live_aliases(page: BasePage) -> Iterator[BasePage]:
    for alias in page.aliases.filter(live=True):
        yield alias
        yield from _live_aliases(alias)


def _named(page: BasePage) -> dict[str, Any]:
    model = thing_of(page).model
    return {"page_id": page.pk, "model": model, "title": title_of(page), "url_path": page.url_path}


def release(withdrawal: Withdrawal, *, user: Any, reason: str, with_below: bool = False) -> None:
    """Show a page again exactly as it was live. Drafts that were written since stay drafts.

    Raises NotWithdrawn, and NotPublishable if what was live is refused now.
    """
    with together():
        _release(withdrawal, user, reason)
        for each in withdrawal.below.in_effect().exclude(content=None).order_by("pk") if with_below else ():
            with _named_if_refused(each):
                _release(each, user, reason)


@contextmanager
def _named_if_refused(withdrawal: Withdrawal) -> Iterator[None]:
    """Whoever releases several is told which of them stands against it."""
    try:
        yield
    except NotPublishable as error:
        said = _("“{title}” cannot return, so nothing was released: {problem}")
        raise NotPublishable(said.format(title=withdrawal.title, problem=reasons(error))) from error


def _release(withdrawal: Withdrawal, user: Any, reason: str) -> None:
    page = _locked(withdrawal)
    dates = {"first_published_at": page.first_published_at, "last_published_at": page.last_published_at}
    with explained(reason, released=withdrawal.kind, withdrawn_at=withdrawal.at.isoformat()), _releasing(page.pk):
        _revision_of(page, withdrawal).publish(user=user, log_action=False, skip_permission_checks=True)
    same = models.Q(pk=page.pk) | models.Q(alias_of=page.pk)
    models.QuerySet(BasePage).filter(same).update(**dates)  # nothing was changed: readers are told of no update
    log(instance=page, action="newsroom.released", user=user, data={"reason": reason})


def _locked(withdrawal: Withdrawal) -> BasePage:
    """The page, which nobody else publishes or withdraws until the transaction ends."""
    if withdrawal.page_id is None:
        raise NotWithdrawn
    held(BasePage, withdrawal.page_id)
    if not Withdrawal.objects.in_effect().filter(pk=withdrawal.pk).exists():
        raise NotWithdrawn
    return BasePage.objects.get(pk=withdrawal.page_id).specific


def _revision_of(page: BasePage, withdrawal: Withdrawal) -> Revision:
    """A revision of what was live, by nobody: who releases it has written nothing. A draft that says something else stays the
    newest."""
    restored = page.with_content_json(dict(withdrawal.content or {}))
    if restored.go_live_at and restored.go_live_at > timezone.now():
        restored.go_live_at = None
    draft = page.get_latest_revision()
    if draft is None or hashes([draft.as_object()])[0].has(withdrawal.content_hash):
        return restored.save_revision(changed=False, clean=False)
    return Revision.objects.create(
        content_object=restored,
        base_content_type=restored.get_base_content_type(),
        created_at=_before(draft.created_at),
        object_str=str(restored),
        content=restored.serializable_data(),
    )


def _before(moment: datetime) -> datetime:
    return moment - timedelta(microseconds=1)


@contextmanager
def _releasing(key: int) -> Iterator[None]:
    token = _released.set(key)
    try:
        yield
    finally:
        _released.reset(token)


def is_being_released(key: int) -> bool:
    return _released.get() == key


def open_to_new_version(withdrawal: Withdrawal, *, user: Any, reason: str) -> None:
    """A corrected version may be published by the ordinary way; until then readers find what they do now.

    Raises NotWithdrawn.
    """
    with together():
        page = _locked(withdrawal)
        Withdrawal.objects.filter(pk=withdrawal.pk).update(opened_at=timezone.now(), opened_by=user)
        log(instance=page, action="newsroom.withdrawal.opened", user=user, data={"reason": reason})


def end(acts: Iterable[Act]) -> None:
    """A recorder of `core.publishing.acts`: what is published again is withdrawn no more, nor is what was before at its
    address."""
    for act in acts:
        if act.kind in (Kind.PUBLISH, Kind.ALIAS, Kind.COPY) and isinstance(act.obj, BasePage):
            there = models.Q(page=act.key) | models.Q(url_path=act.obj.url_path)
            if over := list(Withdrawal.objects.in_effect().filter(there).values_list("pk", flat=True)):
                Withdrawal.objects.filter(pk__in=over).update(ended_at=timezone.now(), ended_by=act.user)
