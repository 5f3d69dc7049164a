"""What search engines and other programs are told about stories and programmes."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.urls import reverse

from core.metadata.addresses import page_path
from core.metadata.facts import Column, Facts, Shown, describes, feeds_of, listed, register_column
from core.metadata.json_ld import news_article, person, reference
from core.models import BasePage
from schools.models import SchoolPage

from .choices import Category, Role, StoryKind
from .labels import feed_title, newest_heading
from .models import HomePage, ProgrammeIndexPage, ProgrammePage, StoryIndexPage, StoryPage


NEWEST = 10  # stories in the site map that people read

register_column(StoryIndexPage, Column(type="政务动态", keywords=lambda context: StoryKind.labels))
register_column(ProgrammeIndexPage, Column(keywords=lambda context: Category.labels))


@describes(StoryPage)
def describe_story(page: StoryPage, shown: Shown) -> Facts:
    authors = _writers(shown.context)
    topics = tuple(str(topic) for topic in shown.context.get("topics", ()))
    node = news_article(
        url=shown.url,
        headline=page.title,
        language=shown.tag,
        published=page.first_published_at,
        publisher=shown.publisher,
        dateModified=page.last_published_at,
        alternativeHeadline=page.subtitle,
        description=page.standfirst,
        author=[person(name) for name in authors] or reference(shown.publisher),
        image=shown.image,
        articleSection=page.get_kind_display(),
        keywords=topics,
        about=[_thing(thing, shown) for thing in shown.context.get("about", ())],
        isBasedOn=page.source_url,
        correction=page.correction,
    )
    return Facts(
        kind="article",
        is_article=True,
        picture_alt=page.picture_alt or "",
        published=page.first_published_at,
        authors=authors,
        source=page.credit_line or "",
        keywords=topics,
        nodes=(node,),
    )


def _writers(context: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict(context.get("byline", ())).get(Role.WRITER.label, ()))


def _thing(page: BasePage, shown: Shown) -> dict[str, Any]:
    return {"@type": "Thing", "name": page.title, "url": shown.absolute(page.url)}


# Feeds -----------------------------------------------------------------------------------------


def _all_stories() -> tuple[str, str]:
    return feed_title(), reverse("story-feed")


@feeds_of(HomePage, StoryPage)
def feeds_of_all(page: BasePage, context: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [_all_stories()]


@feeds_of(StoryIndexPage)
def feeds_of_list(page: StoryIndexPage, context: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The feed of all stories, and that of the chosen topic."""
    topic = getattr(context.get("listing"), "chosen", {}).get("topic")
    topics = [facet.values for facet in context.get("facets", ()) if facet.name == "topic"]
    names = {value.key: str(value.label) for values in topics for value in values}
    return [
        _all_stories(),
        *([(feed_title(names[topic]), reverse("topic-feed", args=[topic]))] if topic in names else []),
    ]


@feeds_of(SchoolPage)
def feeds_of_school(page: SchoolPage, context: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(feed_title(page.title), reverse("school-feed", args=[page.slug]))]


@feeds_of(ProgrammePage)
def feeds_of_programme(page: ProgrammePage, context: Mapping[str, Any]) -> list[tuple[str, str]]:
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
