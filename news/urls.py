from django.urls import URLPattern, path

from . import feeds
from .feeds import feed


# Names with dots need patterns of their own: Wagtail's never matches them.
urlpatterns: list[URLPattern] = [
    path("news/feed.xml", feed(feeds.StoryFeed), name="story-feed"),
    path("news/topic/<slug:key>/feed.xml", feed(feeds.TopicFeed), name="topic-feed"),
    path("schools/<slug:key>/feed.xml", feed(feeds.SchoolFeed), name="school-feed"),
    path("programmes/<slug:key>/feed.xml", feed(feeds.ProgrammeFeed), name="programme-feed"),
]
