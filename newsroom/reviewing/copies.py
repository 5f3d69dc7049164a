"""Copies and aliases that are live at once: they show what readers see already, at another address."""

from typing import Any

from core.publishing.canonical import contents


ADDRESS = "slug"  # differs, and nothing else


def is_same_as_live(copy: Any, origin: Any) -> bool:
    """Whether a page says what its origin shows to readers."""
    model = origin.specific_class or type(origin)
    live = model._base_manager.filter(pk=origin.pk, live=True).first()
    if live is None:
        return False
    copied, shown = contents([copy.specific])[0], contents([live])[0]
    return _without_address(copied) == _without_address(shown)


def _without_address(said: dict[str, Any]) -> dict[str, Any]:
    return said | {"fields": {name: value for name, value in said["fields"].items() if name != ADDRESS}}
