"""What a person may see in the admin: one queryset, asked by every chooser, bulk action, confirmation and report.

Who may work on a thing sees it; everybody else sees what readers see. `limits` puts this beneath Wagtail's views.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from wagtail.models import CollectionMember, DraftStateMixin
from wagtail.permissions import policy_registry

from ..models import BasePage


WORK_ON_PAGES = frozenset({"add", "change", "publish"})
WORK_ON_FILES = frozenset({"choose", "change"})
WORK_ON_RECORDS = frozenset({"add", "change", "delete", "publish", "view"})

_viewer: ContextVar[Any] = ContextVar("viewer", default=None)


def visible_to(user: models.Model, found: Any) -> Any:
    """Those rows of the queryset that this person may see. It can still be searched: that understands conditions on
    fields that the model's `search_fields` name for filtering, and no joins.

    * Pages: those below a page that the person has rights to; of all others, published ones that are not private.
    * Files: those of the collections that the person may choose from.
    * Snippets: all of a kind that the person works on; of all others, those that readers may know of: what the
      queryset's `known_to_readers()` says, else what is published, else all.
    * Anything else: nothing, unless the person works on its kind.
    """
    policy, actions = policy_registry.get_by_type(found.model), _actions(found.model)
    if issubclass(found.model, BasePage):
        mine = policy.instances_user_has_any_permission_for(user, actions)
        return found.live().public() | found.filter(pk__in=mine.values("pk"))
    if issubclass(found.model, CollectionMember):
        collections = policy.collections_user_has_any_permission_for(user, actions)
        return found.filter(collection__in=collections.values("pk"))
    return found if policy.user_has_any_permission(user, actions) else _known_to_readers(found)


def may_see(user: models.Model, obj: models.Model) -> bool:
    """The same of one object."""
    return _works_on(user, obj) or visible_to(user, type(obj)._default_manager.filter(pk=obj.pk)).exists()


def seen_among(user: models.Model, objects: list[Any]) -> list[Any]:
    """Those that the person may see, in their order: one query for each kind."""
    seen: set[tuple[type[models.Model], Any]] = set()
    for model in {type(obj) for obj in objects}:
        keys = [obj.pk for obj in objects if type(obj) is model]
        rows = visible_to(user, model._default_manager.filter(pk__in=keys))
        seen |= {(model, pk) for pk in rows.values_list("pk", flat=True)}
    return [obj for obj in objects if (type(obj), obj.pk) in seen]


# Titles ------------------------------------------------------------------------------------------


@contextmanager
def seen_by(user: models.Model) -> Iterator[None]:
    """Titles inside of this are as the person may read them."""
    token = _viewer.set(user)
    try:
        yield
    finally:
        _viewer.reset(token)


def title_seen(page: BasePage, title: str) -> str:
    """`title`, that of the draft, for those who work on the page; for others the published one, if they may see it.

    Wherever the admin names a page, it does so by this: ancestors, parents and chosen pages too.
    """
    user = _viewer.get()
    if user is None or page.is_root() or _works_on(user, page):
        return title
    return page.title if may_see(user, page) else hidden(page)


def name_seen(obj: models.Model, name: str) -> str:
    """`name`, if the person who looks may see the object."""
    user = _viewer.get()
    return name if user is None or may_see(user, obj) else hidden(obj)


def hidden(obj: models.Model) -> str:
    return _("%(kind)s that you may not see") % {"kind": obj._meta.verbose_name}


# Rules -------------------------------------------------------------------------------------------


def _works_on(user: models.Model, obj: models.Model) -> bool:
    policy = policy_registry.get_by_type(type(obj))
    return policy.user_has_any_permission_for_instance(user, _actions(type(obj)), obj)


def _actions(model: type[models.Model]) -> frozenset[str]:
    if issubclass(model, BasePage):
        return WORK_ON_PAGES
    return WORK_ON_FILES if issubclass(model, CollectionMember) else WORK_ON_RECORDS


def _known_to_readers(found: models.QuerySet) -> models.QuerySet:
    if not hasattr(found.model, "snippet_viewset"):
        return found.none()
    if hasattr(found, "known_to_readers"):
        return found.known_to_readers()
    return found.filter(live=True) if issubclass(found.model, DraftStateMixin) else found
