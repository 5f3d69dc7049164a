"""Schools that a text names without a link to them; and their telephones, which everybody may know."""

from collections.abc import Iterable, Iterator
from functools import partial

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from modelcluster.models import get_all_child_relations
from wagtail import blocks

from core.keys import parse_keys
from core.models import BasePage
from core.publishing.checklist import Choice, Finding, Level, Mend, Offer, publish_check, shared
from core.publishing.offers import Passage, link_all, passages
from core.publishing.page_texts import parts_of
from core.publishing.text_checks import public_telephones
from core.queries.narrow import narrow_reads
from core.queries.prepared import prepared
from core.rendering.object_links import entity_data

from .models import SchoolPage
from .names import Name, names_for
from .rich_text import SchoolLinkHandler


NAMED = 5  # in the line itself


@public_telephones
def telephones_of_schools() -> Iterable[str]:
    return _telephones()


@prepared
def _telephones() -> QuerySet[SchoolPage, str]:
    return SchoolPage.objects.exclude(telephone="").order_by().values_list("telephone", flat=True)


@publish_check("schools.unlinked-names", BasePage, Level.NOTE)
def check_unlinked_names(page: BasePage) -> Iterator[Finding]:
    """The schools that the text names and that are linked nowhere in it, each where it is named first: three queries, one if
    nothing is named."""
    texts = shared(page, passages)
    if not texts or isinstance(page, SchoolPage):
        return
    offers = _offers(page, texts)
    if not offers:
        return
    told = ngettext(
        "{count} school is named and not linked: {names}.",
        "{count} schools are named and not linked: {names}.",
        len(offers),
    )
    words = [each.words for each in offers]
    shown = _(", ").join(words[:NAMED]) + ("…" if len(words) > NAMED else "")
    mend = Mend(_("Link them"), partial(link_all, page, offers))
    yield Finding(
        told.format(count=len(offers), names=shown), offers[0].place, " ".join(words), mend, offers=tuple(offers)
    )


def _offers(page: BasePage, texts: list[Passage]) -> list[Offer]:
    first: dict[int, tuple[Passage, Name]] = {}
    known = shared(page, names_for)
    for passage in texts:
        for name in known.found_in(passage.text):
            if not passage.paragraph.links_within(name.start, name.end):
                first.setdefault(name.school, (passage, name))
    for key in _linked(page) if first else ():
        first.pop(key, None)
    with narrow_reads():
        schools = {school.pk: school for school in _offered(list(first))} if first else {}
        return [
            passage.offer(name.start, name.end, [_choice(schools[key])])
            for key, (passage, name) in first.items()
            if key in schools
        ]


@prepared
def _offered(ids: Iterable[int]) -> QuerySet[SchoolPage]:
    return SchoolPage.objects.readable().select_related("town").filter(pk__in=ids)


def _choice(school: SchoolPage) -> Choice:
    data = entity_data(SchoolLinkHandler, school)
    detail = [str(each) for each in (school.get_stage_display(), school.town or school.area) if each]
    return Choice("school", data["id"], data["label"], data["url"], " · ".join(detail))


def _linked(page: BasePage) -> set[int]:
    """The schools that a page is linked to already: in its text, as a card, or beside it."""
    found: list[object] = [
        link.key
        for passage in shared(page, passages)
        for link in passage.paragraph.links
        if link.kind in ("school", "page")
    ]
    found += [part.raw for part in shared(page, parts_of) if isinstance(part.block, blocks.PageChooserBlock)]
    for relation in get_all_child_relations(type(page)):
        for field in relation.related_model._meta.fields:
            if field.related_model is SchoolPage:
                found += [getattr(row, field.attname) for row in getattr(page, relation.get_accessor_name()).all()]
    return set(parse_keys(found))
