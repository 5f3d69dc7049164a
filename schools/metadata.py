"""What search engines and other programs are told about schools."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.metadata.addresses import page_path
from core.metadata.facts import Column, Facts, Shown, describes, listed, register_column
from core.metadata.json_ld import Node, school
from core.models import BasePage

from .choices import Stage
from .labels import all_names
from .models import SchoolIndexPage, SchoolPage
from .models.pages import SchoolSubject
from .names import without_years


LISTED = 40  # schools of one stage in the site map for people: nobody reads hundreds
KINDS = {
    Stage.KINDERGARTEN: "Preschool",
    Stage.PRIMARY: "ElementarySchool",
    Stage.JUNIOR: "MiddleSchool",
    Stage.SENIOR: "HighSchool",
    Stage.INSTITUTION: "EducationalOrganization",
}  # of all others schema.org has no more exact word than School

register_column(SchoolIndexPage, Column(keywords=lambda: Stage.labels))


@describes(SchoolSubject)
def describe_school(subject: SchoolSubject, shown: Shown) -> Facts:
    page = subject.page
    node = school(
        kind=KINDS.get(Stage(page.stage), "School"),
        url=shown.url,
        name=page.title,
        alternateName=[page.official_name, *map(without_years, all_names(page))],
        description=page.standfirst,
        foundingDate=page.opened_year and str(page.opened_year),
        address=_address(page),
        geo=_place(page),
        telephone=page.telephone,
        sameAs=page.website,
        image=shown.image,
        award=[honour.name for honour in subject.honours],
    )
    return Facts(keywords=(page.get_stage_display(), str(page.town or page.area or "")), nodes=(node,))


def _address(page: SchoolPage) -> Node:
    """Only what is on record; a town alone is an address too."""
    known = {"streetAddress": page.address, "addressLocality": str(page.town or page.area or "")}
    return {"@type": "PostalAddress"} | known if any(known.values()) else {}


def _place(page: SchoolPage) -> Node:
    if page.latitude is None or page.longitude is None:
        return {}
    return {"@type": "GeoCoordinates", "latitude": float(page.latitude), "longitude": float(page.longitude)}


@listed(SchoolIndexPage)
def list_schools(section: BasePage, home: BasePage, language: str) -> Iterator[tuple[str, Iterable[tuple[str, str]]]]:
    """The schools by stage, those in Chinese only by their Chinese names: one query. Of a stage with very many the first,
    and the way to all of them."""
    in_stage: dict[str, Any] = {"partition_by": [F("stage")]}
    found = SchoolPage.objects.child_of(section).for_listing()
    counted = found.annotate(
        place=Window(RowNumber(), order_by=F("path").asc(), **in_stage), among=Window(Count("pk"), **in_stage)
    )
    directory = page_path(section, home, language)
    for stage, schools in groupby(counted.filter(place__lte=LISTED), key=attrgetter("stage")):
        listed_here = list(schools)
        links = [(str(page), page_path(page, home, language)) for page in listed_here]
        if (among := listed_here[0].among) > LISTED:
            links.append((f"{_('All schools')} ({number_format(among)})", f"{directory}?stage={stage}"))
        yield listed_here[0].get_stage_display(), links
