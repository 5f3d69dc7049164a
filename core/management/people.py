"""People whom somebody names on the command line."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def user_named(name: str | None) -> Any:
    """The user with this username; None if no name was given. Raises CommandError."""
    if name is None:
        return None
    person = get_user_model().objects.filter(username=name).first()
    if person is None:
        raise CommandError(f"There is no user {name}.")
    return person
