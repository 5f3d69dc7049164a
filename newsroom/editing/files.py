"""Pictures and documents that readers see: whoever has uploaded one does not change it by themselves any more.

Wagtail lets people who may add files change those that they have added. In a live text that would be a change which nobody
has reviewed; it is left to those who may change all files, and each is an entry of the record.
"""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permissions import policy_registry

from .in_use import is_hidden, is_seen


CHANGES = ("change", "delete")


def install() -> None:
    stock = CollectionOwnershipPermissionPolicy.user_has_permission_for_instance

    def user_has_permission_for_instance(policy: Any, user: Any, action: str, instance: Any) -> bool:
        if not stock(policy, user, action, instance):
            return False
        if action not in CHANGES or not settings.REVIEWS_REQUIRED or user.is_superuser:
            return True
        return bool(policy._check_perm(user, ["change"], collection=instance.collection)) or not is_seen(instance)

    CollectionOwnershipPermissionPolicy.user_has_permission_for_instance = user_has_permission_for_instance


def hide_what_no_live_page_shows(document: Any, request: HttpRequest) -> None:
    """A hook (`before_serve_document`): the document goes with the pages that were withdrawn. Who chooses documents sees it
    in drafts."""
    if not settings.REVIEWS_REQUIRED or not is_hidden(document):
        return
    policy = policy_registry.get_by_type(type(document))
    if not policy.user_has_any_permission(request.user, ("choose", "change")):
        raise Http404
