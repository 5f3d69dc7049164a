"""Topics, contributors and stories. The stories stand in the data in the order in which they are published."""

from news.choices import Role
from news.models import Contributor, StoryIndexPage, StoryPage, Topic
from news.models.topics import StoryContributor

from . import images
from .blocks import stream
from .records import load, load_stories, zh
from .rows import add, by_key, missing, place, publish


TEXTS = ("title", "standfirst", "kicker", "subtitle", "picture_caption")


def add_stories() -> None:
    site = load("site")
    for record in missing(Topic, site["topics"]):
        add(Topic(key=record["key"], name=zh(record["name"]), description=zh(record["description"])), record)
    for record in missing(Contributor, site["contributors"]):
        add(Contributor(key=record["key"], name=zh(record["name"])), record)
    index = StoryIndexPage.objects.get()
    for record in missing(StoryPage, load_stories(), "slug"):
        story = place(index, _story(record, zh(site["credit_line"])))
        publish(story, record, site["credit_line"], site["pictures"])


def _story(record: dict, credit_line: str) -> StoryPage:
    picture = images.find(record["picture"])
    story = StoryPage(
        slug=record["slug"],
        kind=record["kind"],
        **{name: zh(record[name]) for name in TEXTS},
        credit_line=credit_line,
        picture=picture,
        picture_alt=picture.description,
        body=stream(record["slug"], record["body"]),
    )
    desk = Contributor.objects.get(key=load("site")["contributors"][0]["key"])
    story.byline = [StoryContributor(contributor=desk, role=Role.WRITER, sort_order=0)]
    story.topics = [by_key(Topic, key) for key in record["topics"]]
    return story
