"""The panels of the first page of the admin. Each says what to do where there is nothing to show."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.forms import Media
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.templatetags.wagtailadmin_tags import user_display_name
from wagtail.admin.ui.components import Component

from core.editing.self_check import what_is_wrong
from core.models import BasePage

from .pages import SHOWN, Due, Found, PagesOf, publishers


@dataclass(frozen=True)
class Row:
    """A line about one page: `said` is what there is to know of it, `when` the date that matters."""

    title: str
    url: str
    said: str
    when: datetime
    is_late: bool = False

    @property
    def ago(self) -> str:
        return ago(self.when)


def ago(when: datetime) -> str:
    """In its largest unit only: 3 days ago."""
    if timezone.now() - when < timedelta(minutes=1):
        return _("just now")
    return _("{time} ago").format(time=timesince(when, depth=1))


class HomePanel(Component):
    """`name` is also its anchor."""

    name: ClassVar[str]
    heading: ClassVar[Promise]
    empty: ClassVar[Promise | property]

    @property
    def media(self) -> Media:
        return Media(css={"all": [versioned_static("css/admin/home.css")]})


class PagesPanel(HomePanel):
    """Pages in one order."""

    template_name = "newsroom/admin/home_pages.html"
    of_drafts: ClassVar[bool] = True  # which says how long ago they were saved, and leads to more of them
    date_format: ClassVar[str] = "SHORT_DATETIME_FORMAT"  # else

    @property
    def more_url(self) -> str:
        return f"{reverse('story_pages:index')}{'?has_unpublished_changes=true' if self.of_drafts else ''}"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        rows, total = self.rows(PagesOf(parent_context["request"].user))
        more = max(total - len(rows), 0)
        return {"panel": self, "rows": rows, "more": more}

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        raise NotImplementedError


class DraftsPanel(PagesPanel):
    name = "my-drafts"
    order = 60
    heading = gettext_lazy("My drafts")
    empty = gettext_lazy(
        "You have no drafts. Open a story and work on it: what you save stays here until it is published."
    )

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        found = pages.drafts()
        return [_row(page, _draft(page), page.latest_revision_created_at) for page in found.pages], found.total


class ScheduledPanel(PagesPanel):
    name = "scheduled"
    order = 70
    of_drafts = False
    heading = pgettext_lazy("panel", "Scheduled")

    @property
    def empty(self) -> str:
        if not settings.REVIEWS_REQUIRED:
            return _(
                "Nothing is scheduled. To have a page go live or expire by itself, set the time in its panel Status, and publish it."
            )
        return _(
            "Nothing is scheduled. To have a page go live or expire by itself, set the time in its panel Status, and submit it."
            " It waits for its time once all have approved it."
        )

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        due, total = pages.scheduled()
        return [_row(each.page, _act(each), each.at, is_late=each.at < pages.now) for each in due], total


class TodayPanel(PagesPanel):
    name = "live-today"
    order = 80
    of_drafts = False
    date_format = "TIME_FORMAT"
    heading = gettext_lazy("Live today")
    empty = gettext_lazy("Nothing was published today. What goes live appears here, with who published it.")

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        found = pages.published_today()
        entries = publishers(found.pages)
        rows = [_row(page, _publication(entries.get(page.pk), page), page.last_published_at) for page in found.pages]
        return rows, found.total


class UntouchedPanel(PagesPanel):
    name = "untouched"
    order = 90
    heading = gettext_lazy("Drafts that nobody has touched for a week")
    empty = gettext_lazy("None: every draft was saved within a week. What lies longer appears here.")

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        found = pages.untouched()
        return [_row(page, _draft(page), page.latest_revision_created_at) for page in found.pages], found.total


class HiddenFiguresPanel(PagesPanel):
    """Only where there are any."""

    name = "hidden-figures"
    order = 50
    of_drafts = False
    date_format = "SHORT_DATE_FORMAT"
    heading = gettext_lazy("Live, with figures that are not published")

    def __init__(self, found: Found) -> None:
        self.found = found

    def rows(self, pages: PagesOf) -> tuple[list[Row], int]:
        said = [_("Remove the link or the block, or let the figure be published again")]
        return [_row(page, said, page.last_published_at) for page in self.found.pages], self.found.total


PAGE_PANELS = (DraftsPanel, ScheduledPanel, TodayPanel, UntouchedPanel)


class SelfCheckPanel(HomePanel):
    """Only what is wrong; all of it is one link away."""

    name = "self-check"
    order = 100
    template_name = "newsroom/admin/home_self_check.html"
    heading = gettext_lazy("Self-check")
    empty = gettext_lazy("Nothing is wrong with the site. What is missing or needs attention appears here.")

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        found = what_is_wrong(self.request)
        return {"panel": self, "findings": found[:SHOWN], "more": max(len(found) - SHOWN, 0)}


class NothingPanel(HomePanel):
    """For those whom no other panel concerns."""

    name = "nothing"
    order = 110
    template_name = "newsroom/admin/home_nothing.html"
    heading = gettext_lazy("Nothing waits for you")
    empty = gettext_lazy(
        "What you work on is in the menu, and the guides say how. Notices tell you when you are needed."
    )

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        return {"panel": self}


def _row(page: BasePage, said: Iterable[str], when: datetime, *, is_late: bool = False) -> Row:
    return Row(
        title=page.get_admin_display_title(),
        url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
        said=" · ".join([capfirst(str(page.page_type_display_name)), *said]),
        when=when,
        is_late=is_late,
    )


def _draft(page: BasePage) -> list[str]:
    return [_("Changes to a published page") if page.live else _("Not published yet")]


def _act(due: Due) -> list[str]:
    return [_("Expires") if due.is_withdrawal else _("Goes live")]


def _publication(entry: Any, page: BasePage) -> list[str]:
    """Whether readers saw it before, and who published it."""
    first = timezone.localtime(page.first_published_at or page.last_published_at).date()
    is_new = first == timezone.localtime(page.last_published_at).date()
    kind = pgettext("publication", "New") if is_new else pgettext("publication", "Updated")
    return [kind, _by(entry)]


def _by(entry: Any) -> str:
    if entry is not None and entry.user:
        return _("by {name}").format(name=user_display_name(entry.user))
    is_scheduled = entry is not None and entry.action.endswith(".scheduled")
    return _("by its schedule") if is_scheduled else _("by the system")
