"""What went live by the word of one person, and which warnings were ticked: out of the record, with the reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import django_filters
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from ..models import Allowance, Entry
from ..record.naming import Thing
from ..reviewing.telling import edit_url
from .items import kind_of_thing, things, title_of_thing
from .rights import entries_seen_by
from .tables import Link, LinkedTitle, Ticks, Time, Words, WorkReport


URGENT, CORRECTION, EMBEDDED = Entry.Kind.URGENT, Entry.Kind.CORRECTION, Entry.Kind.EMBEDDED
RELEASED = models.Q(details__has_key="released")  # shown again as it was: what was ticked stands at its publication
TICKED = models.Q(details__has_key="ticks") & ~RELEASED
OF_FILES = models.Q(details__changed__icontains=get_image_model()._meta.label_lower) | models.Q(
    details__changed__icontains=get_document_model()._meta.label_lower
)
NOBODYS = models.Q(kind=EMBEDDED, approvals=[]) & OF_FILES  # they have no review of their own
NOT_REVIEWED = models.Exists(
    Allowance.objects.without_review()
    .order_by()
    .filter(
        model=models.OuterRef("model"),
        object_id=models.OuterRef("object_id"),
        content_hash=models.OuterRef("content_hash"),
    )
)
KINDS = {
    "urgent": (Entry.Kind(URGENT).label, models.Q(kind=URGENT)),
    "open": (gettext_lazy("Urgent, not reviewed yet"), models.Q(kind=URGENT) & NOT_REVIEWED),
    "correction": (Entry.Kind(CORRECTION).label, models.Q(kind=CORRECTION)),
    "ticked": (gettext_lazy("Published with warnings"), TICKED),
    "embedded": (gettext_lazy("Picture or file changed, not reviewed"), NOBODYS),
}


@dataclass(frozen=True)
class Exceptional:
    """One entry of the record. `obj` is what it is about, if that is still there."""

    entry: Entry
    obj: Any = None
    allowance: Allowance | None = None

    @property
    def pk(self) -> int:
        return self.entry.number

    number = pk

    @property
    def title(self) -> str:
        if self.obj is not None and self.kind_of_snippet:
            return title_of_thing(self.obj)  # the record has the key of a figure
        return self.entry.title

    @property
    def kind_of_snippet(self) -> bool:
        return not hasattr(self.obj, "url_path")

    @property
    def url(self) -> str:
        return edit_url(self.obj) if self.obj is not None else ""

    @property
    def kind(self) -> str:
        return kind_of_thing(self.obj) if self.obj is not None else ""

    @property
    def standing(self) -> str:
        if self.entry.kind == EMBEDDED:
            return str(KINDS["embedded"][0])
        is_own = self.entry.kind in (URGENT, CORRECTION)
        return str(Entry.Kind(self.entry.kind).label) if is_own else _("Published with warnings")

    @property
    def act(self) -> str:
        """What was done, as a sheet says it."""
        return _("Shown again after it was withdrawn") if self.is_released else self.entry.get_kind_display()

    @property
    def is_released(self) -> bool:
        return "released" in self.entry.details

    @property
    def at(self) -> datetime:
        return self.entry.at

    @property
    def by(self) -> str:
        return self.entry.by.get("name") or self.entry.by.get("account", "")

    @property
    def reason(self) -> str:
        return self.entry.reason

    @property
    def ticks(self) -> list[dict[str, str]]:
        """Each a warning, with the reason for which it was ticked, and by whom."""
        return self.entry.details.get("ticks", [])

    @property
    def ticked(self) -> str:
        """All of them in one cell of a spreadsheet."""
        line = _("{warning}: {reason} ({name})")
        return "\n".join(
            line.format(warning=each["warning"], reason=each["reason"], name=each.get("by", "")) for each in self.ticks
        )

    @property
    def reviews(self) -> str:
        """Of what was urgent: until when its reviews are due, or when they were made."""
        if self.allowance is None:
            return ""
        if self.allowance.reviewed_at:
            return _("made {date}").format(date=_said(self.allowance.reviewed_at))
        due = _said(self.allowance.due) if self.allowance.due else ""
        return _("overdue since {date}").format(date=due) if self.is_late else _("due {date}").format(date=due)

    @property
    def is_late(self) -> bool:
        allowance = self.allowance
        return bool(allowance and not allowance.reviewed_at and allowance.due and allowance.due < timezone.now())

    @property
    def sheet_url(self) -> str:
        return reverse("review_sheet", args=[self.entry.number])


def _said(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def exceptional(entries: Iterable[Entry]) -> list[Exceptional]:
    """In their order: one query for what was urgent, one for pages, and one for each model of snippets."""
    rows = list(entries)
    objects = things(Thing(each.model, each.object_id) for each in rows if each.object_id)
    urgent = [each.content_hash for each in rows if each.kind == URGENT]
    found = Allowance.objects.filter(kind=Allowance.Kind.URGENT, used_at__isnull=False, content_hash__in=urgent)
    allowances = {
        (each.model, each.object_id, each.content_hash): each for each in found.defer("before").order_by("pk")
    }
    return [
        Exceptional(
            entry=each,
            obj=objects.get(Thing(each.model, each.object_id or 0)),
            allowance=allowances.get((each.model, each.object_id or 0, each.content_hash))
            if each.kind == URGENT
            else None,
        )
        for each in rows
    ]


class ExceptionFilters(WagtailFilterSet):
    kind = django_filters.ChoiceFilter(
        label=gettext_lazy("Kind of exception"),
        choices=[(name, label) for name, (label, _q) in KINDS.items()],
        method="of_kind",
    )
    at = django_filters.DateFromToRangeFilter(label=pgettext_lazy("story", "Published"), widget=DateRangePickerWidget)

    class Meta:
        model = Entry
        fields: ClassVar = []

    def of_kind(self, entries: models.QuerySet, _name: str, value: str) -> models.QuerySet:
        return entries.filter(KINDS[value][1])


class PublishingExceptionsView(WorkReport):
    """The newest first."""

    page_title = gettext_lazy("Exceptions")
    header_icon = "warning"
    index_url_name = "publishing_exceptions"
    index_results_url_name = "publishing_exceptions_results"
    filterset_class = ExceptionFilters
    is_searchable = True
    search_fields: ClassVar = ["title"]
    default_ordering = ("-number",)
    empty = gettext_lazy(
        "None. What is published urgently, what mends a typing error, what went live with warnings, and pictures and files that"
        " were changed where readers see them are listed here."
    )
    columns: ClassVar = [
        LinkedTitle("title", label=gettext_lazy("Title")),
        Words("standing", label=gettext_lazy("Kind of exception")),
        Time("at", label=pgettext_lazy("story", "Published"), sort_key="number"),
        Words("by", label=gettext_lazy("Person")),
        Words("reason", label=gettext_lazy("Reason")),
        Ticks("ticks", label=gettext_lazy("Warnings that were ticked")),
        Words("reviews", label=gettext_lazy("Reviews"), marks_late=True),
        Link("sheet_url", label=gettext_lazy("Review sheet")),
    ]
    export_headings: ClassVar = {
        "number": gettext_lazy("Number in the record"),
        "title": gettext_lazy("Title"),
        "kind": gettext_lazy("Type"),
        "standing": gettext_lazy("Kind of exception"),
        "at": pgettext_lazy("story", "Published"),
        "by": gettext_lazy("Person"),
        "reason": gettext_lazy("Reason"),
        "ticked": gettext_lazy("Warnings that were ticked"),
        "reviews": gettext_lazy("Reviews"),
    }
    list_export: ClassVar = list(export_headings)

    def get_filename(self) -> str:
        return "publishing-exceptions"

    def get_base_queryset(self) -> models.QuerySet[Entry]:
        which = models.Q(kind__in=[URGENT, CORRECTION]) | TICKED | NOBODYS
        return entries_seen_by(self.request.user).filter(which)

    def decorated(self, rows: Any) -> list[Exceptional]:
        return exceptional(rows)
