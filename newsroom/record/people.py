"""People as the record keeps them: by name and role, since accounts go."""

from typing import Any


def person_of(user: Any) -> dict[str, Any]:
    return {
        "name": user.get_full_name(),
        "account": user.get_username(),
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "superuser": user.is_superuser,
    }
