"""`apply`: a story out of a document, as a draft in the news. All of it or nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permissions import policy_registry

from core.languages import source_columns
from core.models import PortalImage
from core.models.forms import free_slug
from core.text.slugs import slug_of
from news.models import Contributor, StoryIndexPage, StoryPage
from news.models.topics import StoryContributor

from .document import Finding, Outcome
from .library import Library, pictures_of
from .met import Met
from .reader import ImportRefused
from .story import CAPTION, Fields, Story, fold
from .stream import stream


CREDIT_LINE, NAME, KEY = 120, 80, 80  # characters that the fields hold
ALT = 250
MAY_IMPORT = "newsroom.add_storyimport"


@dataclass
class Draft:
    """What an import has made, and all that was noted, that of the reader first. `page` is None if it was only tried.
    `pictures` and `contributors` are the keys of those that were added, `files` the names of what was stored for them."""

    page: StoryPage | None
    fields: Fields
    findings: list[Finding]
    pictures: list[int] = field(default_factory=list)
    contributors: list[int] = field(default_factory=list)
    files: list[str] = field(default_factory=list)


def try_out(story: Story) -> Draft:
    """What `apply` would make, with nothing written."""
    fields = fold(story)
    library = Library(story.document)
    for picture in {each.file: each for each in pictures_of(fields)}.values():
        library.is_whole(picture)
    return Draft(None, fields, [*story.document.findings, *fields.findings, *library.findings])


def apply(story: Story, user: Any = None) -> Draft:
    """A draft in the news, with its pictures in the library and the names of its byline. Raises ImportRefused without a news
    section, PermissionDenied if the user may not write there. Without a user, as a command does, nothing is asked.

    If anything fails, nothing is left: neither rows nor files.
    """
    index = StoryIndexPage.objects.order_by("path").first()
    if index is None:
        raise ImportRefused(_("There is no news section yet: add the page for news first."))
    fields = fold(story)
    check_rights(user, bool(pictures_of(fields)))
    if user is not None and not index.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied(NOT_THEIRS)
    library, names = Library(story.document, user), Names()
    with transaction.atomic(), library.all_or_nothing(), source_columns():
        page = _make(index, fields, library, names, user)
    findings = [*story.document.findings, *fields.findings, *library.findings, *names.findings]
    return Draft(page, fields, findings, library.added, names.added, library.files)


NOT_THEIRS = gettext_lazy("Only those who may write stories import them.")


def check_rights(user: Any, has_pictures: bool) -> None:
    """Raises PermissionDenied if somebody may not import what has pictures or none."""
    if user is None:
        return
    may_add_pictures = policy_registry.get_by_type(PortalImage).user_has_permission
    if not user.has_perm(MAY_IMPORT) or (has_pictures and not may_add_pictures(user, "add")):
        raise PermissionDenied(NOT_THEIRS)


def _make(index: StoryIndexPage, fields: Fields, library: Library, names: "Names", user: Any) -> StoryPage:
    library.add(pictures_of(fields), fields.title)
    lead = fields.lead if fields.lead and fields.lead.file in library.keys else None
    page = StoryPage(
        title=fields.title,
        kicker=fields.kicker,
        subtitle=fields.subtitle,
        standfirst=fields.standfirst,
        credit_line=fields.byline.source[:CREDIT_LINE],
        picture_id=library.keys[lead.file] if lead else None,
        picture_caption=lead.caption[:CAPTION] if lead else "",
        picture_alt=lead.alt[:ALT] if lead else "",
        body=stream(fields.body, library.keys),
        live=False,
        has_unpublished_changes=True,
        owner=user,
    )
    page.byline = byline_of_people(fields.byline.people, names)
    page.slug = free_slug(page, index, page.title)
    index.add_child(instance=page)
    page.save_revision(user=user, log_action=True, clean=False)
    return page


def byline_of_people(people: Iterable[Sequence[str]], names: "Names") -> list[StoryContributor]:
    """`people` are (role, name)."""
    return [
        StoryContributor(contributor=names.contributor(name), role=role, sort_order=place)
        for place, (role, name) in enumerate(people)
    ]


class Names:
    """Those of a byline. `added` are the keys of those that the portal did not know."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.added: list[int] = []

    def contributor(self, name: str) -> Contributor:
        """The one of that name; a new one, which is noted, if there is none."""
        name = name[:NAME]
        found = Contributor.objects.filter(name=name).order_by("pk").first()
        if found:
            return found
        base = slug_of(name)[:KEY] or "contributor"
        keys = chain([base], (f"{base[: KEY - 6]}-{number}" for number in count(2)))
        key = next(each for each in keys if not Contributor.objects.filter(key=each).exists())
        made = Contributor.objects.create(key=key, name=name)
        self.findings.append(Finding(str(Met.NEW_NAME), Outcome.CHANGED, name))
        self.added.append(made.pk)
        return made
