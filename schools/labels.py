"""What a school's page says of its record, in the reader's language."""

from typing import TYPE_CHECKING

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.models import BasePage


if TYPE_CHECKING:
    from .models import SchoolPage


def record_of(school: "SchoolPage") -> list[tuple[str, str, str]]:
    """(label, value, note) of what may be on record; an empty value is one that is not."""
    return [
        (_("Town"), str(school.town or school.area or ""), school.place_note),
        (_("Opened"), str(school.opened_year or ""), _how_opening_is_known(school)),
        (_("Ownership"), school.get_ownership_display(), ""),
        (_("School zone"), str(school.zone or ""), ""),
        (_("School group"), str(school.group or ""), school.get_group_relation_display()),
        (_("Catchment area"), school.catchment or "", school.catchment_source),
        (_("Address"), school.address or "", ""),
        (_("Telephone"), school.telephone, ""),
        (_("Checked by the school"), date_format(school.verified_on) if school.verified_on else "", ""),
    ]


def relatives_of(school: "SchoolPage") -> list[tuple[str, list[BasePage]]]:
    """(relation, pages) with the schools that this one belongs to or that belong to it: one query."""
    above = {school.parent_campus_id, school.entrusted_to_id} - {None}
    wanted = models.Q(pk__in=above) | models.Q(pk__in=school.campuses.values("pk"))
    found = list(BasePage.objects.readable().filter(wanted).order_by("path")) if school.pk else []
    relations = [
        (_("Campus of"), [page for page in found if page.pk == school.parent_campus_id]),
        (_("Campuses"), [page for page in found if page.pk not in above]),
        (_("Entrusted to"), [page for page in found if page.pk == school.entrusted_to_id]),
    ]
    return [(label, pages) for label, pages in relations if pages]


def _how_opening_is_known(school: "SchoolPage") -> str:
    return school.opened_note or (school.get_opened_basis_display() if school.opened_year else "")
