"""The permissions there are, and what groups have of them, read at once for whoever compares all of it with a table."""

from collections import defaultdict
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import models
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission


class Permissions:
    """What is stored when it is made. Rows that a group has on pages and on collections are lists, by the group's key."""

    def __init__(self) -> None:
        self._named = {
            (*each.content_type.natural_key(), each.codename): each
            for each in Permission.objects.select_related("content_type")
        }
        self.groups = {group.name: group for group in Group.objects.all()}
        self.on_pages = _by_group(GroupPagePermission.objects.all())
        self.on_collections = _by_group(GroupCollectionPermission.objects.all())
        self.root_collection = Collection.get_first_root_node()
        by_key = {each.pk: each for each in self._named.values()}
        self._held: dict[int, set[Permission]] = defaultdict(set)
        for group, permission in Group.permissions.through.objects.values_list("group", "permission"):
            self._held[group].add(by_key[permission])

    def named(self, label: str, codename: str) -> Permission:
        """That of a model ("app.Model"), or Permission.DoesNotExist."""
        try:
            return self._named[*label.lower().split("."), codename]
        except KeyError:
            raise Permission.DoesNotExist(f"There is no permission {codename} of {label}.") from None

    def for_action(self, label: str, action: str) -> Permission:
        return self.named(label, f"{action}_{label.lower().partition('.')[2]}")

    def held_by(self, group: Group) -> set[Permission]:
        return self._held[group.pk]


def _by_group(rows: models.QuerySet[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.group_id].append(row)
    return found
