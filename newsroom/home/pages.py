"""Which pages concern one person, in parts: one query for each, whatever the site holds. Only pages that they may edit."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.models import PageLogEntry, Revision
from wagtail.permissions import policy_registry

from core.models import BasePage
from languages.desk.worklist import with_total
from metrics.showing import with_hidden_figures

from ..reviewing.authors import BEGINNING, WRITING


SHOWN = 10  # pages of each part
UNTOUCHED = timedelta(days=7)
NAMED = ("path", "depth", "draft_title", "owner", "content_type", "live", "has_unpublished_changes")
DATES = ("latest_revision_created_at", "first_published_at", "last_published_at", "expire_at")
PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


@dataclass(frozen=True)
class Found:
    """The first pages of a part, and how many there are in all."""

    pages: list[BasePage]
    total: int


@dataclass(frozen=True)
class Due:
    """What happens to a page by itself, and when."""

    page: BasePage
    at: datetime
    is_withdrawal: bool


def edits_pages(user: Any) -> bool:
    """Whether there can be pages that the person may edit."""
    return policy_registry.get_by_type(BasePage).user_has_permission(user, "change")


class PagesOf:
    """The pages of one person."""

    def __init__(self, user: Any, now: datetime | None = None) -> None:
        self.user = user
        self.now = now or timezone.now()

    def drafts(self) -> Found:
        """What the person began, or has written since it was published last, whoever saved it after; the newest first."""
        mine = models.Q(owner=self.user) | models.Q(latest_revision__user=self.user) | models.Exists(self._written)
        return _found(self._drafts.filter(mine).order_by("-latest_revision_created_at", "-pk"))

    def untouched(self) -> Found:
        """Drafts that nobody has saved for a week; what has lain longest first."""
        old = self._drafts.filter(latest_revision_created_at__lt=self.now - UNTOUCHED)
        return _found(old.order_by("latest_revision_created_at", "pk"))

    def published_today(self) -> Found:
        """What went live since midnight and still is; the newest first."""
        midnight = timezone.localtime(self.now).replace(hour=0, minute=0, second=0, microsecond=0)
        today = self._pages.filter(live=True, last_published_at__gte=midnight)
        return _found(today.order_by("-last_published_at", "-pk"))

    def with_hidden_figures(self) -> Found:
        """What is live, and shows a figure that readers do not see, or see no more; one query where there is none."""
        pages = with_hidden_figures(self._pages.order_by("-last_published_at", "-pk"))
        return Found(pages[:SHOWN], len(pages))

    def scheduled(self) -> tuple[list[Due], int]:
        """What goes live or is withdrawn next, and how many are to; the soonest first. Three queries."""
        times = _approved()
        goes_live = [Due(page, times[page.pk], is_withdrawal=False) for page in self._pages.filter(pk__in=times)]
        expires = _found(self._pages.filter(live=True, expire_at__isnull=False).order_by("expire_at", "pk"))
        due = [*goes_live, *(Due(page, page.expire_at, is_withdrawal=True) for page in expires.pages)]
        return sorted(due, key=lambda each: each.at)[:SHOWN], len(goes_live) + expires.total

    @cached_property
    def _pages(self) -> models.QuerySet:
        """Those that the person may edit, as narrow rows: an alias is edited where it is an alias of."""
        policy = policy_registry.get_by_type(BasePage)
        found = policy.instances_user_has_permission_for(self.user, "change")
        return found.filter(depth__gt=1, alias_of=None).only(*NAMED, *DATES)

    @property
    def _written(self) -> models.QuerySet:
        """The person's entries in the history of a page since it was published last."""
        since = Coalesce(models.OuterRef("last_published_at"), models.Value(BEGINNING))
        mine = PageLogEntry.objects.filter(page=models.OuterRef("pk"), user=self.user, action__in=WRITING)
        return mine.filter(timestamp__gt=since)

    @property
    def _drafts(self) -> models.QuerySet:
        return self._pages.filter(has_unpublished_changes=True)


def publishers(pages: list[BasePage]) -> dict[int, PageLogEntry]:
    """{page: the log's entry of its last publication, with its user}; one query."""
    log = PageLogEntry.objects.filter(page__in=[page.pk for page in pages], action__in=PUBLISHED)
    return {entry.page_id: entry for entry in log.select_related("user").order_by("timestamp", "pk")}


def _approved() -> dict[int, datetime]:
    """{page: when a revision of it goes live}; what else is scheduled is few, and left out here: SQLite would go through
    the revisions of all pages instead of the few with a time."""
    pages = ContentType.objects.get_for_model(BasePage).pk
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False).order_by("-approved_go_live_at")
    rows = waiting.values_list("base_content_type", "object_id", "approved_go_live_at")
    return {int(key): at for kind, key, at in rows if kind == pages}


def _found(pages: models.QuerySet) -> Found:
    return Found(*with_total(pages, SHOWN))
