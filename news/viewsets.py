"""The admin of what is published."""

from collections.abc import Iterable
from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.ui.tables import Column, DateColumn, Table
from wagtail.admin.ui.tables.pages import BulkActionsColumn, PageStatusColumn, PageTitleColumn
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from core.editing.viewsets import PortalPageIndexView, PortalPageListingViewSet, PortalSnippetViewSet

from .models import Contributor, ProgrammePage, StoryPage, Topic


KEY = Column("key", label=_("Key"))
BULK = BulkActionsColumn("bulk_actions")
TITLE = PageTitleColumn("title", label=_("Title"), sort_key="title", classname="title")
UPDATED = DateColumn("latest_revision_created_at", label=_("Updated"), sort_key="latest_revision_created_at")
STATE = PageStatusColumn("status", label=_("Status"), sort_key="live")


class StoryIndexView(PortalPageIndexView):
    def get_table(self, object_list: Iterable[StoryPage]) -> Table:
        """With the names of all topics, read in one query for the whole list."""
        topics: dict[int, list[str]] = {}
        rows = StoryPage.topics.through.objects.filter(storypage__in=[story.pk for story in object_list])
        for row in rows.select_related("topic").order_by("topic__key"):
            topics.setdefault(row.storypage_id, []).append(str(row.topic))
        for story in object_list:
            story.topic_names = ", ".join(topics.get(story.pk, []))
        return super().get_table(object_list)


class StoryListing(PortalPageListingViewSet):
    model = StoryPage
    index_view_class = StoryIndexView
    name = "story_pages"
    icon = "doc-full-inverse"
    menu_label = _("Stories")
    columns: ClassVar = [
        BULK,
        TITLE,
        Column("kind", label=_("Kind"), accessor="get_kind_display", sort_key="kind"),
        Column("topic_names", label=_("Topics")),
        DateColumn("first_published_at", label=pgettext_lazy("story", "Published"), sort_key="first_published_at"),
        UPDATED,
        STATE,
    ]
    list_filter: ClassVar = ["kind", "topics", "live", "has_unpublished_changes"]


class ProgrammeListing(PortalPageListingViewSet):
    model = ProgrammePage
    name = "programme_pages"
    icon = "clipboard-list"
    menu_label = _("Programmes")
    columns: ClassVar = [
        BULK,
        TITLE,
        Column("category", label=_("Category"), accessor="get_category_display", sort_key="category"),
        Column("level", label=_("Level"), accessor="get_level_display", sort_key="level"),
        UPDATED,
        STATE,
    ]
    list_filter: ClassVar = ["category", "level", "live"]


class TopicViewSet(PortalSnippetViewSet):
    model = Topic
    icon = "tag"
    list_display: ClassVar = ["name", "key"]
    chooser_columns: ClassVar = [KEY]


class ContributorViewSet(PortalSnippetViewSet):
    model = Contributor
    icon = "user"
    list_display: ClassVar = ["name", "key"]
    chooser_columns: ClassVar = [KEY]


class NewsroomGroup(SnippetViewSetGroup):
    items = (StoryListing, ProgrammeListing, TopicViewSet, ContributorViewSet)
    menu_label = _("Newsroom")
    menu_icon = "doc-full-inverse"
    menu_name = "newsroom"
    menu_order = 200
