"""Making what is missing. What exists is left alone: it belongs to the editors."""

from typing import Any

from django.db import models
from wagtail.models import DraftStateMixin, RevisionMixin

from core.models import BasePage
from schools.models import Organisation, SchoolPage

from .english import translate


def missing(model: type[models.Model], records: list[dict], name: str = "key") -> list[dict]:
    """The records that the database does not hold yet."""
    known = set(model._default_manager.values_list(name, flat=True))
    return [record for record in records if record[name] not in known]


def add(obj: models.Model, *data: Any) -> None:
    """Save a new snippet, with a first revision if it has revisions, and publish it in English."""
    if isinstance(obj, DraftStateMixin):
        obj.live = False
    obj.full_clean()
    obj.save()
    if isinstance(obj, RevisionMixin):
        revision = obj.save_revision()
        if isinstance(obj, DraftStateMixin):
            revision.publish()
    translate(obj, data)


def place(parent: BasePage, page: BasePage) -> BasePage:
    """Add a page as a draft: publishing it is another step, so that everything that follows from it happens."""
    page.live = False
    page.has_unpublished_changes = True
    return parent.add_child(instance=page)


def publish(page: BasePage, *data: Any) -> None:
    """Publish a page, in English too."""
    page.save_revision().publish()
    translate(page, data)


def by_key(model: type[models.Model], key: str | None) -> models.Model | None:
    return model._default_manager.get(key=key) if key else None


def school_or_organisation(role: str, key: str) -> dict[str, models.Model]:
    """{'holder_school': …} or {'holder_organisation': …}: keys of the two never overlap."""
    school = SchoolPage.objects.filter(key=key).first()
    return {f"{role}_school": school} if school else {f"{role}_organisation": by_key(Organisation, key)}
