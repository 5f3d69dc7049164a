"""What search engines and other programs are told about schools."""

from collections.abc import Iterable, Iterator

from core.metadata.addresses import page_path
from core.metadata.facts import Column, Facts, Shown, describes, listed, register_column
from core.metadata.json_ld import Node, school
from core.models import BasePage

from .choices import Stage
from .labels import all_names
from .models import SchoolIndexPage, SchoolPage
from .models.pages import SchoolSubject


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
        alternateName=[page.official_name, *all_names(page)],
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
    """All schools by stage, those in Chinese only by their Chinese names: one query."""
    found = SchoolPage.objects.child_of(section).for_listing()
    by_stage: dict[str, list[tuple[str, str]]] = {}
    for page in found:
        by_stage.setdefault(page.get_stage_display(), []).append((str(page), page_path(page, home, language)))
    yield from by_stage.items()
