"""How the record and approvals name a row. Models import this: it imports nothing that waits for them."""

from typing import NamedTuple

from django.db import models


class Thing(NamedTuple):
    """The names of a row, as entries have them."""

    model: str
    key: int


def thing_of(obj: models.Model) -> Thing:
    """A page by its own type, also if it is at hand as a base page."""
    model = getattr(obj, "specific_class", None) or type(obj)
    return Thing(model._meta.label_lower, obj.pk)
