"""Accounts for each role, for trying the portal out: two where one person reviews what another did."""

import os

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from core.languages import SOURCE
from core.models import User


PASSWORD_VARIABLE = "DEMO_PASSWORD"  # noqa: S105
DEFAULT_PASSWORD = "demo-only"  # noqa: S105
ADMIN = "admin"
TRANSLATOR, PUBLISHER = "translator-en", "publisher-en"
ACCOUNTS = {
    ADMIN: [],
    "reporter": ["Reporters"],
    "reviewer1": ["First review"],
    "reviewer2": ["Second review"],
    "reviewer3": ["Final review"],
    "reviewer4": ["First review"],
    "reviewer5": ["Second review"],
    "reviewer6": ["Final review"],
    "data": ["Data officers"],
    "data2": ["Data officers"],
    TRANSLATOR: ["Translators (en)"],
    PUBLISHER: ["Translation publishers (en)"],
    "translator-zh-hant": ["Translators (zh-hant)"],
}


def add_accounts() -> set[str]:
    """Needs the groups of `sync_roles`. An existing account keeps its password and its groups. Returns the new ones."""
    password = make_password(os.environ.get(PASSWORD_VARIABLE) or DEFAULT_PASSWORD)
    known = set(User.objects.values_list("username", flat=True))
    new = {username: groups for username, groups in ACCOUNTS.items() if username not in known}
    for username, groups in new.items():
        _add(username, groups, password)
    return set(new)


def _add(username: str, groups: list[str], password: str) -> None:
    is_admin = username == ADMIN
    # Wagtail's account page asks for both names; a demo has roles, no people.
    names = {"first_name": username, "last_name": "演示"}
    user = User(username=username, **names, email=f"{username}@example.org", password=password)
    user.is_staff = user.is_superuser = is_admin
    user.save()
    user.groups.set([Group.objects.get(name=name) for name in groups])
    UserProfile.objects.create(user=user, preferred_language=SOURCE)
