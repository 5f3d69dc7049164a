"""What search engines and other programs are told about stories and programmes."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse

from core.metadata.addresses import page_path
from core.metadata.facts import Column, Facts, Shown, describes, feeds_of, listed, register_column
from core.metadata.json_ld import news_article, person, reference
from core.metadata.subject import Feed
from core.models import BasePage
from schools.models import SchoolPage

from .choices import Category, StoryKind
from .labels import feed_title, newest_heading
from .models import HomePage, ProgrammeIndexPage, ProgrammePage, StoryIndexPage, StoryPage
from .models.story import StorySubject


NEWEST = 10  # stories in the site map that people read

register_column(StoryIndexPage, Column(type="政务动态", keywords=lambda: StoryKind.labels))
register_column(ProgrammeIndexPage, Column(keywords=lambda: Category.labels))


@describes(StorySubject)
def describe_story(subject: StorySubject, shown: Shown) -> Facts:
    page = subject.page
    node = news_article(
        url=shown.url,
        headline=page.title,
        language=shown.tag,
        published=page.first_published_at,
        publisher=shown.publisher,
        dateModified=page.last_published_at,
        alternativeHeadline=page.subtitle,
        description=page.standfirst,
        author=[person(name) for name in subject.writers] or reference(shown.publisher),
        image=shown.image,
        articleSection=page.get_kind_display(),
        keywords=subject.topics,
        about=[_thing(thing, shown) for thing in subject.about],
        isBasedOn=page.source_url,
        correction=page.correction,
    )
    return Facts(
        kind="article",
        is_article=True,
        picture_alt=page.picture_alt or "",
        published=page.first_published_at,
        authors=subject.writers,
        source=page.credit_line or "",
        keywords=subject.topics,
        nodes=(node,),
    )


def _thing(page: BasePage, shown: Shown) -> dict[str, Any]:
    return {"@type": "Thing", "name": str(page), "url": shown.absolute(page.url)}


# Feeds -----------------------------------------------------------------------------------------


@feeds_of(HomePage, StoryPage, StoryIndexPage)
def feed_of_all(page: BasePage) -> list[Feed]:
    return [(feed_title(), reverse("story-feed"))]


@feeds_of(SchoolPage)
def feed_of_school(page: SchoolPage) -> list[Feed]:
    return [(feed_title(page.title), reverse("school-feed", args=[page.slug]))]


@feeds_of(ProgrammePage)
def feed_of_programme(page: ProgrammePage) -> list[Feed]:
    return [(feed_title(page.title), reverse("programme-feed", args=[page.slug]))]


# The site map that people read -----------------------------------------------------------------

Links = Iterator[tuple[str, Iterable[tuple[str, str]]]]


@listed(StoryIndexPage)
def list_stories(section: BasePage, home: BasePage, language: str) -> Links:
    """The newest few; the list itself has the others."""
    found = StoryPage.objects.child_of(section).for_listing(language)[:NEWEST]
    yield newest_heading(), [(page.title, page_path(page, home, language)) for page in found]


@listed(ProgrammeIndexPage)
def list_programmes(section: BasePage, home: BasePage, language: str) -> Links:
    """All programmes by category: one query."""
    by_category: dict[str, list[tuple[str, str]]] = {}
    for page in ProgrammePage.objects.child_of(section).for_listing().in_language(language):
        by_category.setdefault(page.get_category_display(), []).append((page.title, page_path(page, home, language)))
    yield from by_category.items()
