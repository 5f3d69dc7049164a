"""Texts about schools on their pages, in the directory and the comparison, in the reader's language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.languages import content_language
from core.models import BasePage
from core.text.chinese import HAN

from .choices import Status


if TYPE_CHECKING:
    from .models import SchoolPage

_HAN = re.compile(f"[{HAN}]")
COMMAS = re.compile(r"[,，、;；]")  # between the other names of a school


# One school ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fact:
    """One thing that may be on record of a school. Without a value it is not recorded; that is not the same as none."""

    label: str
    value: str = ""
    note: str = ""
    url: str = ""
    is_expected: bool = True  # shown as not recorded where it is empty


def record_of(school: "SchoolPage") -> list[Fact]:
    """All that may be on record, in the order of the page."""
    status = school.get_status_display() if school.status != Status.EXISTING else ""
    latitude, longitude = school.latitude, school.longitude
    is_placed = latitude is not None and longitude is not None
    return [
        Fact(_("Also called"), _(", ").join(other_names(school)), is_expected=False),
        Fact(_("Town"), str(school.town or school.area or ""), school.place_note),
        Fact(_("Urban or rural"), school.get_setting_display()),
        Fact(pgettext("school", "Status"), status, school.status_note if status else "", is_expected=False),
        Fact(_("Opened"), str(school.opened_year or ""), _opening_note(school)),
        Fact(_("Ownership"), school.get_ownership_display()),
        Fact(_("School zone"), str(school.zone or ""), school.zone.note if school.zone else ""),
        Fact(_("School group"), str(school.group or ""), _relation_to_group(school)),
        Fact(_("Catchment area"), school.catchment or "", _catchment_note(school)),
        Fact(_("Address"), school.address or ""),
        Fact(_("Telephone"), school.telephone),
        Fact(_("Website"), school.website, url=school.website),
        Fact(
            _("Coordinates"),
            f"{latitude:f}, {longitude:f}" if is_placed else "",
            "WGS 84" if is_placed else "",
            f"geo:{latitude:f},{longitude:f}" if is_placed else "",
        ),
    ]


def checked_by(school: "SchoolPage") -> str:
    """Whether and when the school itself checked its page."""
    if school.verified_on is None:
        return _("Not yet checked by the school.")
    return _("Checked by the school on {date}.").format(date=date_format(school.verified_on))


def other_names(thing: Any) -> list[str]:
    """The other names of a school or programme for readers of the language: in Chinese only the Chinese ones."""
    names = [name.strip() for name in COMMAS.split(thing.other_names or "") if name.strip()]
    is_chinese = content_language().startswith("zh")
    return [name for name in names if _HAN.search(name) or not is_chinese]


def relatives_of(school: "SchoolPage") -> list[tuple[str, list[BasePage]]]:
    """(relation, pages) with the schools that this one belongs to, belongs with, or that belong to it: one query."""
    if not school.pk:
        return []
    found = list(_related(school))

    def matching(**values: Any) -> list[BasePage]:
        return [page for page in found if all(value and getattr(page, name) == value for name, value in values.items())]

    leads = {
        "group": school.group.lead_id if school.group else None,
        "zone": school.zone.lead_id if school.zone else None,
    }
    relations = [
        (_("Campus of"), matching(pk=school.parent_campus_id)),
        (_("Campuses"), matching(parent_campus_id=school.pk)),
        (_("Other campuses"), matching(parent_campus_id=school.parent_campus_id)),
        (_("Entrusted to"), matching(pk=school.entrusted_to_id)),
        (_("Schools entrusted to it"), matching(entrusted_to_id=school.pk)),
        (_("Leads its group"), matching(pk=leads["group"])),
        (_("In the same group"), _without_lead(leads["group"], matching(group_id=school.group_id))),
        (_("In the group that it leads"), [page for page in found if _is_led(page.group, school)]),
        (_("Leads its zone"), matching(pk=leads["zone"])),
        (_("In the same zone"), _without_lead(leads["zone"], matching(zone_id=school.zone_id))),
        (_("In the zone that it leads"), [page for page in found if _is_led(page.zone, school)]),
    ]
    return [(label, pages) for label, pages in relations if pages]


def _related(school: "SchoolPage") -> models.QuerySet:
    """Schools that may be named beside this one, with the bodies that they belong to."""
    wanted = models.Q(parent_campus=school) | models.Q(entrusted_to=school)
    wanted |= models.Q(group__lead=school) | models.Q(zone__lead=school)
    above = {school.parent_campus_id, school.entrusted_to_id}
    for name in ("group", "zone"):
        body = getattr(school, name)
        if body is not None:
            wanted |= models.Q(**{name: body})
            above.add(body.lead_id)
    if school.parent_campus_id:
        wanted |= models.Q(parent_campus=school.parent_campus_id)
    wanted |= models.Q(pk__in=above - {None})
    schools = type(school).objects.readable().exclude(pk=school.pk).filter(wanted)
    return schools.select_related("group", "zone").defer_other_languages().defer("body").order_by("path")


def _without_lead(lead: int | None, pages: Iterable[BasePage]) -> list[BasePage]:
    """The pages without their lead school, which has a line of its own."""
    return [page for page in pages if page.pk != lead]


def _is_led(body: Any, school: "SchoolPage") -> bool:
    """Whether the school leads a body that it is not recorded as part of."""
    return body is not None and body.lead_id == school.pk and body.pk not in {school.group_id, school.zone_id}


def _relation_to_group(school: "SchoolPage") -> str:
    parts = [school.get_group_relation_display(), school.group.note] if school.group else []
    return " · ".join(filter(None, parts))


def _catchment_note(school: "SchoolPage") -> str:
    if not school.catchment:
        return ""
    return " · ".join(str(part) for part in (school.catchment_year, school.catchment_source) if part)


def _opening_note(school: "SchoolPage") -> str:
    return school.opened_note or (school.get_opened_basis_display() if school.opened_year else "")


# Many schools ----------------------------------------------------------------------------------


def facet_labels() -> dict[str, str]:
    """What each facet of the directory is called."""
    return {
        "stage": pgettext("facet", "Stage"),
        "town": _("Town"),
        "group": _("School group"),
        "zone": _("School zone"),
        "setting": _("Urban or rural"),
        "status": pgettext("school", "Status"),
    }


def no_year() -> str:
    return _("Year not recorded")


def comparison_labels() -> dict[str, str]:
    """The labels of the rows of a comparison, apart from those of the figures."""
    return {
        "official_name": _("Official name"),
        "stage": pgettext("facet", "Stage"),
        "status": pgettext("school", "Status"),
        "town": _("Town"),
        "setting": _("Urban or rural"),
        "opened": _("Opened"),
        "ownership": _("Ownership"),
        "group": _("School group"),
        "zone": _("School zone"),
        "checked": _("Checked by the school"),
    }


def checked_on(day: date | None) -> str:
    """When a school checked its page, in a cell of a table."""
    return date_format(day) if day else pgettext("checked by the school", "Not yet")


def directory_columns() -> dict[str, str]:
    """Heading of each column of the directory as a table, in its order."""
    return {
        "key": pgettext("data", "Key"),
        "name": pgettext("data", "Name"),
        "official_name": pgettext("data", "Official name"),
        "other_names": pgettext("data", "Other names"),
        "stage": pgettext("data", "Stage"),
        "ownership": pgettext("data", "Ownership"),
        "setting": pgettext("data", "Urban or rural"),
        "status": pgettext("data", "Status"),
        "town": pgettext("data", "Town"),
        "zone": pgettext("data", "School zone"),
        "group": pgettext("data", "School group"),
        "campus_of": pgettext("data", "Key of the school that it is a campus of"),
        "opened": pgettext("data", "Opened"),
        "address": pgettext("data", "Postal address"),
        "telephone": pgettext("data", "Telephone"),
        "website": pgettext("data", "Website"),
        "latitude": pgettext("data", "Latitude"),
        "longitude": pgettext("data", "Longitude"),
        "catchment": pgettext("data", "Catchment area"),
        "catchment_year": pgettext("data", "Year of the catchment area"),
        "verified_on": pgettext("data", "Checked by the school on"),
        "page": pgettext("data", "Page"),
    }
