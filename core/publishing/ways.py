"""The ways of Wagtail 8 to readers, each turned into an act (`acts`).

| Way | What it runs |
|---|---|
| button, bulk action, workflow, schedule, both APIs, a call in a shell | `PublishRevisionAction._publish_revision` |
| unpublishing, expiry, and before a live page is deleted | `UnpublishAction._unpublish_object` |
| copying, of a branch too | `CopyPageAction._copy_page`, which writes `live` itself |
| a new alias, of a branch too | `CreatePageAliasAction._create_alias` |
| aliases that follow their page | `BasePage.update_aliases`, which saves each and tells `page_published` |
| moving | `MovePageAction._move_page` |
| what has no drafts | its save, announced as `source_published` |

Reverting and converting an alias write a draft, or nothing that readers see: what comes of it is published as above.
The actions of pages derive from those of snippets, so one hook serves both.
"""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.db import transaction
from django.utils import timezone
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.delete_page import DeletePageAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_revision import PublishRevisionAction
from wagtail.actions.unpublish import UnpublishAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.log_actions import log
from wagtail.models import DraftStateMixin
from wagtail.signals import page_published

from ..locking import held_values
from ..models import BasePage
from ..rendering.remembering import remembering
from ..searching.indexing import indexed_once
from . import gate
from .acts import Act, Kind, note, performed, together
from .announcement import Step, source_published
from .checklist import sharing


A_SECOND = timedelta(seconds=1)


def install() -> None:
    """Put the gate into Wagtail's actions, once."""
    if hasattr(PublishRevisionAction._publish_revision, "__wrapped__"):
        return
    _publishing()
    _withdrawing()
    _copying()
    _aliases()
    _moving()
    _many_at_once()
    page_published.connect(_on_alias_updated, dispatch_uid="core.ways.alias")
    source_published.connect(_on_saved, Step.RECORD, dispatch_uid="core.ways.saved")


def _publishing() -> None:
    stock = PublishRevisionAction._publish_revision

    @wraps(stock)
    def publish(action: PublishRevisionAction, revision: Any, obj: Any, *args: Any, **kwargs: Any) -> None:
        is_later = bool(obj.go_live_at and obj.go_live_at > timezone.now())
        act = Act(Kind.SCHEDULE if is_later else Kind.PUBLISH, obj, action.user, revision)
        with remembering(), sharing():
            gate.check(obj)
            with performed(act), indexed_once():
                was_live, set_before = obj.live, None if is_later else _date_set_by_hand(obj)
                stock(action, revision, obj, *args, **kwargs)
                if was_live and not obj.live:  # Wagtail takes down what it does not know to be live
                    note(Kind.WITHDRAW, obj, act.user)
                if set_before:
                    data = {"first_published_at": set_before.isoformat()}
                    log(instance=obj, action="core.publish.dated", user=act.user, revision=revision, data=data)

    PublishRevisionAction._publish_revision = publish


def _date_set_by_hand(obj: Any) -> datetime | None:
    """The date of the first publication, if the system did not set it; the row is locked from here on."""
    first, last = held_values(type(obj), obj.pk, "first_published_at", "last_published_at") or (None, None)
    is_known = obj.first_published_at is None or (last and first and abs(obj.first_published_at - first) < A_SECOND)
    return None if is_known else obj.first_published_at


def _withdrawing() -> None:
    stock = UnpublishAction._unpublish_object

    @wraps(stock)
    def unpublish(action: UnpublishAction, obj: Any, *args: Any, **kwargs: Any) -> None:
        user = action.user
        with performed(Act(Kind.WITHDRAW, obj, user)) if obj.live else nullcontext():
            stock(action, obj, *args, **kwargs)

    UnpublishAction._unpublish_object = unpublish


def _copying() -> None:
    stock = CopyPageAction._copy_page

    @wraps(stock)
    def copy(action: CopyPageAction, page: BasePage, *args: Any, **kwargs: Any) -> BasePage:
        given = kwargs.get("update_attrs") or (args[1] if len(args) > 1 else None) or {}
        is_live = given.get("live", page.live and action.keep_live)
        if not is_live:
            with together():
                return stock(action, page, *args, **kwargs)
        with performed(Act(Kind.COPY, page.specific, action.user, origin=page)) as made:
            copied = stock(action, page, *args, **kwargs)
            made(copied)
        return copied

    CopyPageAction._copy_page = copy


def _aliases() -> None:
    pages: Any = BasePage
    stock_create, stock_update = CreatePageAliasAction._create_alias, pages.update_aliases

    @wraps(stock_create)
    def create(action: CreatePageAliasAction, page: BasePage, **options: Any) -> BasePage:
        if not page.live:
            with together():
                return stock_create(action, page, **options)
        with performed(Act(Kind.ALIAS, page.specific, action.user, origin=page)) as made:
            alias = stock_create(action, page, **options)
            made(alias)
        return alias

    @wraps(stock_update)
    def update(page: BasePage, **options: Any) -> None:
        with together():
            stock_update(page, **options)

    update.alters_data = True  # type: ignore[attr-defined]
    CreatePageAliasAction._create_alias, pages.update_aliases = create, update


def _on_alias_updated(sender: Any, instance: BasePage, alias: bool = False, **_kwargs: Any) -> None:
    """It is written already, in the transaction of `update_aliases`: a rule that says no undoes it."""
    if alias:
        with performed(Act(Kind.ALIAS, instance)):
            pass


def _moving() -> None:
    stock = MovePageAction._move_page

    @wraps(stock)
    def move(action: MovePageAction, page: BasePage, *args: Any, **kwargs: Any) -> None:
        with performed(Act(Kind.MOVE, page, action.user)) if page.live else transaction.atomic():
            stock(action, page, *args, **kwargs)

    MovePageAction._move_page = move


def _many_at_once() -> None:
    """What one request does to many things is recorded at its end: until then, nobody else waits for it but for those."""
    for owner, name in ((BulkAction, "form_valid"), (UnpublishPageAction, "execute"), (DeletePageAction, "execute")):
        setattr(owner, name, _together(getattr(owner, name)))


def _together(stock: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(stock)
    def act(*args: Any, **kwargs: Any) -> Any:
        with together():
            return stock(*args, **kwargs)

    return act


def _on_saved(sender: Any, instance: Any, **_kwargs: Any) -> None:
    if not issubclass(sender, DraftStateMixin):
        note(Kind.SAVE, instance)
