"""The edit form of all our pages."""

import re
from datetime import datetime
from itertools import chain, count
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from ..languages import PROVISIONED, SOURCE
from ..text.slugs import slug_of


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
    """The end of the address is proposed from the title, and follows it until somebody types one or readers see it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if "slug" in self.fields:
            self.fields["slug"].required = False

    def clean_slug(self) -> str:
        """What was typed, or a proposal that is free: 'kaixue-dianli', 'kaixue-dianli-2'. A title that no address can
        spell, or of digits alone, is no name: the day is, 20261125."""
        typed, stored = self.cleaned_data.get("slug") or "", self.instance.slug
        if typed not in ("", stored):
            if _is_served_otherwise(self.parent_page, typed):
                raise ValidationError(_("This key is the address of another page of the portal."))
            return typed
        if self.instance.first_published_at or not _is_proposed(stored, self.instance.title):
            return stored
        return free_slug(self.instance, self.parent_page, self.cleaned_data.get("title") or self.instance.title)

    def get_field_updates_for_resave(self) -> list[tuple[str, str]]:
        """After an autosave the open form shows the address that the page has got."""
        updates = super().get_field_updates_for_resave()
        return [*updates, ("slug", self.instance.slug)] if "slug" in self.fields else updates


def free_slug(page: Any, parent: Any, title: str) -> str:
    """The end of an address proposed from a title, which no other page below the parent has: 'kaixue-dianli-2'."""
    proposal = _proposal(title)
    candidates = chain([proposal], (f"{proposal}-{number}" for number in count(2)))
    stored = page if page.pk else None
    available = (each for each in candidates if page._slug_is_available(each, parent, stored))
    return next(slug for slug in available if not _is_served_otherwise(parent, slug))


def _is_served_otherwise(parent: Any, slug: str) -> bool:
    """Whether a view of ours, such as the search, or a language has this address: no page is ever shown there."""
    above = parent.get_url() if parent else None
    if above is None:
        return False
    try:
        with translation.override(SOURCE):
            return (above == "/" and slug in PROVISIONED) or resolve(f"{above}{slug}/").url_name != "wagtail_serve"
    except Resolver404:
        return False


def _proposal(title: str) -> str:
    spelt = slug_of(title)
    return spelt if spelt.strip("0123456789-") else f"{timezone.localdate():%Y%m%d}"


def _is_proposed(slug: str, title: str) -> bool:
    """Whether this is what was proposed for the title, with a number or without, on whatever day."""
    bare = re.sub(r"-\d+$", "", slug)
    spelt = slug_of(title)
    return (
        not slug
        or spelt in (slug, bare)
        or (not spelt.strip("0123456789-") and re.fullmatch(r"\d{8}", bare) is not None)
    )
