"""Texts about schools on their pages, in the directory and the comparison, in the reader's language: words only."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from core.languages import content_language
from core.text import fallback
from core.text.chinese import HAN_CHARACTERS
from core.text.fallback import if_chinese
from core.text.traditional import to_traditional


_HAN = re.compile(f"[{HAN_CHARACTERS}]")
COMMAS = re.compile(r"[,，、;；]")  # between the other names of a school


# One school ------------------------------------------------------------------------------------


def checked_by(day: date | None) -> str:
    """Whether and when the school itself checked its page."""
    if day is None:
        return _("Not yet checked by the school.")
    return _("Checked by the school on {date}.").format(date=date_format(day))


def all_names(thing: Any) -> list[str]:
    """The other names of a school or programme, which are the same in all languages but for traditional characters;
    the Chinese ones know that they are Chinese where another language is read."""
    names = (name.strip() for name in COMMAS.split(thing.other_names or ""))
    written = to_traditional if content_language() == "zh-hant" else if_chinese
    return [written(name) for name in names if name]


def other_names(thing: Any) -> list[str]:
    """Those of them that readers of the language can read: in Chinese only the Chinese ones."""
    is_chinese = content_language().startswith("zh")
    return [name for name in all_names(thing) if _HAN.search(name) or not is_chinese]


def joined(names: Iterable[str]) -> str:
    return fallback.joined(_(", "), names)


def record_labels() -> dict[str, str]:
    """The labels of the facts on record of a school."""
    return {
        "other_names": _("Also called"),
        "town": _("Town"),
        "setting": _("Urban or rural"),
        "status": pgettext("school", "Status"),
        "opened": _("Opened"),
        "ownership": _("Ownership"),
        "zone": _("School zone"),
        "group": _("School group"),
        "catchment": _("Catchment area"),
        "address": _("Address"),
        "telephone": _("Telephone"),
        "website": _("Website"),
        "coordinates": _("Coordinates"),
    }


def relation_labels() -> dict[str, str]:
    """The relations of other schools to a school."""
    return {
        "campus_of": _("Campus of"),
        "campuses": _("Campuses"),
        "other_campuses": _("Other campuses"),
        "entrusted_to": _("Entrusted to"),
        "entrusted": _("Schools entrusted to it"),
        "leads_group": _("Leads its group"),
        "in_group": _("In the same group"),
        "in_led_group": _("In the group that it leads"),
        "leads_zone": _("Leads its zone"),
        "in_zone": _("In the same zone"),
        "in_led_zone": _("In the zone that it leads"),
    }


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
        "language": pgettext("data", "Language of the texts"),
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
