"""One account for each role, for trying the portal out."""

import os

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from wagtail.users.models import UserProfile

from core.languages import SOURCE
from core.models import User


PASSWORD_VARIABLE = "DEMO_PASSWORD"  # noqa: S105
DEFAULT_PASSWORD = "demo-only"  # noqa: S105
ADMIN = "admin"
ACCOUNTS = {
    ADMIN: [],
    "reporter": ["Reporters"],
    "reviewer1": ["First review"],
    "reviewer2": ["Second review"],
    "reviewer3": ["Final review"],
    "data": ["Data officers"],
    "translator-en": ["Translators (en)"],
    "translator-zh-hant": ["Translators (zh-hant)"],
}


def add_accounts() -> None:
    """Needs the groups of `sync_roles`. An existing account keeps its password and its groups."""
    password = make_password(os.environ.get(PASSWORD_VARIABLE) or DEFAULT_PASSWORD)
    known = set(User.objects.values_list("username", flat=True))
    for username, groups in ACCOUNTS.items():
        if username not in known:
            _add(username, groups, password)


def _add(username: str, groups: list[str], password: str) -> None:
    is_admin = username == ADMIN
    # Wagtail's account page asks for both names; a demo has roles, no people.
    names = {"first_name": username, "last_name": "演示"}
    user = User(username=username, **names, email=f"{username}@example.org", password=password)
    user.is_staff = user.is_superuser = is_admin
    user.save()
    user.groups.set([Group.objects.get(name=name) for name in groups])
    UserProfile.objects.create(user=user, preferred_language=SOURCE)
