"""What is on record of a school, and which schools it has to do with."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from django.db import models

from core.models import BasePage
from core.queries.prepared import prepared
from core.text import fallback

from ..choices import Status
from ..labels import joined, other_names, record_labels, relation_labels


@dataclass(frozen=True)
class Fact:
    """One thing that may be on record of a school. Without a value it is not recorded; that is not the same as none."""

    value: str = ""
    note: str = ""
    url: str = ""
    is_expected: bool = True  # shown as not recorded where it is empty
    label: str = ""
    is_ltr: bool = False  # read from left to right in every language: a number to call, an address in the net


class RecordMixin(models.Model):
    """For the school's page, whose fields these are."""

    class Meta:
        abstract = True

    def record(self) -> list[Fact]:
        """All that may be on record, in the order of the page."""
        status = self.get_status_display() if self.status != Status.EXISTING else ""
        labels = record_labels()
        facts = {
            "other_names": Fact(joined(other_names(self)), is_expected=False),
            "town": Fact(str(self.town or self.area or ""), self.place_note),
            "setting": Fact(self.get_setting_display()),
            "status": Fact(status, self.status_note if status else "", is_expected=False),
            "opened": Fact(str(self.opened_year or ""), self._opening_note()),
            "ownership": Fact(self.get_ownership_display()),
            "zone": Fact(str(self.zone or ""), self.zone.note if self.zone else ""),
            "group": Fact(str(self.group or ""), self._relation_to_group()),
            "catchment": Fact(self.catchment or "", self._catchment_note()),
            "address": Fact(self.address or ""),
            "telephone": Fact(self.telephone, is_ltr=True),
            "website": Fact(self.website, url=self.website),
            "coordinates": self._coordinates(),
        }
        return [replace(facts[name], label=label) for name, label in labels.items()]

    def relatives(self) -> list[tuple[str, list[BasePage]]]:
        """(relation, pages) with the schools that this one belongs to, belongs with, or that belong to it: one query."""
        if not self.pk:
            return []
        bodies = [body for body in (self.group, self.zone) if body]
        above = {self.parent_campus_id, self.entrusted_to_id, *(body.lead_id for body in bodies)} - {None}
        belongs = (self.group_id or 0, self.zone_id or 0, self.parent_campus_id or 0)
        found = list(_related_schools(type(self), self.pk, *belongs, sorted(above)))

        def matching(**values: Any) -> list[BasePage]:
            wanted = values.items()
            return [page for page in found if all(value and getattr(page, name) == value for name, value in wanted)]

        leads = {
            "group": self.group.lead_id if self.group else None,
            "zone": self.zone.lead_id if self.zone else None,
        }
        labels = relation_labels()
        relations = {
            "campus_of": matching(pk=self.parent_campus_id),
            "campuses": matching(parent_campus_id=self.pk),
            "other_campuses": matching(parent_campus_id=self.parent_campus_id),
            "entrusted_to": matching(pk=self.entrusted_to_id),
            "entrusted": matching(entrusted_to_id=self.pk),
            "leads_group": matching(pk=leads["group"]),
            "in_group": _without_lead(leads["group"], matching(group_id=self.group_id)),
            "in_led_group": [page for page in found if self._is_led(page.group)],
            "leads_zone": matching(pk=leads["zone"]),
            "in_zone": _without_lead(leads["zone"], matching(zone_id=self.zone_id)),
            "in_led_zone": [page for page in found if self._is_led(page.zone)],
        }
        return [(labels[name], pages) for name, pages in relations.items() if pages]

    def _is_led(self, body: Any) -> bool:
        """Whether the school leads a body that it is not recorded as part of."""
        return body is not None and body.lead_id == self.pk and body.pk not in {self.group_id, self.zone_id}

    def _coordinates(self) -> Fact:
        latitude, longitude = self.latitude, self.longitude
        if latitude is None or longitude is None:
            return Fact()
        return Fact(f"{latitude:f}, {longitude:f}", "WGS 84", f"geo:{latitude:f},{longitude:f}")

    def _relation_to_group(self) -> str:
        parts = [self.get_group_relation_display(), self.group.note] if self.group else []
        return fallback.joined(" · ", filter(None, parts))

    def _catchment_note(self) -> str:
        if not self.catchment:
            return ""
        return fallback.joined(" · ", filter(None, (self.catchment_year, self.catchment_source)))

    def _opening_note(self) -> str:
        return self.opened_note or (self.get_opened_basis_display() if self.opened_year else "")


@prepared
def _related_schools(model: Any, school: int, group: int, zone: int, campus: int, above: list[int]) -> models.QuerySet:
    """Schools that may be named beside this one, with the bodies that they belong to.

    `group`, `zone`, `campus`: the keys of the bodies and of the main campus that it belongs to, 0 for none; `above`:
    of the schools that lead it.
    """
    wanted = models.Q(parent_campus=school) | models.Q(entrusted_to=school)
    wanted |= models.Q(group__lead=school) | models.Q(zone__lead=school)
    wanted |= models.Q(group=group) | models.Q(zone=zone) | models.Q(parent_campus=campus) | models.Q(pk__in=above)
    schools = model.objects.readable().exclude(pk=school).filter(wanted)
    return schools.select_related("group", "zone").defer("body").order_by("path")


def _without_lead(lead: int | None, pages: Iterable[BasePage]) -> list[BasePage]:
    """The pages without their lead school, which has a line of its own."""
    return [page for page in pages if page.pk != lead]
