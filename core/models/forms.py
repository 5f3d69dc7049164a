"""The edit form of all our pages."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.admin.forms import WagtailAdminPageForm

from ..keys import is_digits


class ScheduleFormMixin:
    """Before Wagtail's form: what has expired can be edited. Its past time stays in a draft, and goes when it is published
    again; only a newly typed time has to be in the future."""

    cleaned_data: dict[str, Any]
    instance: Any
    is_deferred_validation: bool
    expired_at: datetime | None = None  # of what has expired, while its time is left as it is

    def clean_expire_at(self) -> datetime | None:
        typed, stored = self.cleaned_data["expire_at"], self.instance.expire_at
        if typed and stored and typed < timezone.now() and _minute(typed) == _minute(stored):
            self.expired_at = stored
            return None
        return typed

    def _post_clean(self) -> None:
        if self.expired_at and self.is_deferred_validation:
            self.cleaned_data["expire_at"] = self.expired_at
        super()._post_clean()


def _minute(moment: datetime) -> datetime:
    """As the form shows it: without seconds."""
    return moment.replace(second=0, microsecond=0)


class PortalPageForm(ScheduleFormMixin, WagtailAdminPageForm):
    """A Chinese title gives no slug, and must not keep anybody from saving: the day and a number do."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """What was typed; on a new page without a word in it, a slug that is free: 20261125, 20261125-2."""
        typed = self.cleaned_data.get("slug") or slugify(self.cleaned_data.get("title") or "")
        if self.instance.pk or not (typed == "" or is_digits(typed)):
            return typed or self.instance.slug
        day = f"{timezone.localdate():%Y%m%d}"
        candidates = (f"{day}-{number}" if number > 1 else day for number in range(1, 1000))
        return next(slug for slug in candidates if self.instance._slug_is_available(slug, self.parent_page))
