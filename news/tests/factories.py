"""Small makers of pages for the tests."""

from itertools import count

from core.publishing.projection import project
from core.segments import extract
from news.models import ProgrammeIndexPage, ProgrammePage, StandardPage, StoryIndexPage, StoryPage
from schools.tests.factories import make_home


_numbers = count(1)


def make_index(model=StoryIndexPage, **fields):
    index = model.objects.first()
    if index is None:
        slug = model._meta.model_name.removesuffix("indexpage").replace("story", "news").replace("metricspage", "data")
        index = make_home().add_child(instance=model(**{"title": "栏目", "slug": slug, "show_in_menus": True} | fields))
        publish(index)
    return index


def make_story(*, live=True, **fields):
    number = next(_numbers)
    defaults = {"title": f"双福六小开学 {number}", "slug": f"story-{number}", "standfirst": "新校园迎来首批学生。"}
    story = make_index().add_child(instance=StoryPage(**defaults | {"live": False} | fields))
    return publish(story) if live else story


def make_programme(**fields):
    number = next(_numbers)
    defaults = {"title": f"三名工程 {number}", "slug": f"programme-{number}", "category": "teachers"}
    return publish(make_index(ProgrammeIndexPage).add_child(instance=ProgrammePage(**defaults | fields)))


def make_standard_page(**fields):
    number = next(_numbers)
    page = make_home().add_child(
        instance=StandardPage(**{"title": f"关于 {number}", "slug": f"page-{number}"} | fields)
    )
    return publish(page)


def publish(page):
    """Publish as an editor does, and read it back."""
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def translate(obj, code="en", **own):
    """Publish `obj` in a language with texts that say which segment they stand for; `own` maps paths to texts."""
    texts = {segment.path: f"[{code}] {segment.text}" for segment in extract(obj)}
    return project(obj, code, texts | own)
