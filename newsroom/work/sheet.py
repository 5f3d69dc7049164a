"""One entry of the record as a sheet (审签单): what was published, who approved it and when, and the seals, to be printed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.forms import Media, Script
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.roles import title

from ..models import Allowance, Entry
from ..models.record import BEGINNING
from ..record.naming import thing_of
from ..reviewing.kinds import kind_of, name_of_step, needs
from ..reviewing.workflows import Shown
from .exceptions import Exceptional, exceptional
from .rights import entries_seen_by, may_edit


BESIDE = 20  # other entries of the same thing that are led to


@dataclass(frozen=True)
class Signature:
    """By whom, in which capacity, and of what."""

    step: str
    name: str
    account: str
    roles: str
    content_hash: str
    at: datetime | None = None
    comment: str = ""


def signatures(entry: Entry) -> Iterator[Signature]:
    """Approvals in their order; or the one person by whose word it went live."""
    for each in entry.approvals:
        yield Signature(
            step=_step(entry, each),
            name=each.get("name") or each.get("account", ""),
            account=each.get("account", ""),
            roles=", ".join(title(name) for name in each.get("roles", [])),
            content_hash=each.get("hash", ""),
            at=datetime.fromisoformat(each["at"]) if each.get("at") else None,
            comment=each.get("comment", ""),
        )


def _step(entry: Entry, said: dict[str, Any]) -> str:
    """As it is called where the kind of content has as many steps as now; a number that it has not is only a number."""
    if "step" not in said:
        return str(Allowance.Kind(said["kind"]).label) if said.get("kind") in Allowance.Kind.values else ""
    kind = _kind(entry)
    steps = needs(kind).steps if kind else 0
    if said["step"] > steps:
        return _("Step {number}").format(number=said["step"])
    return str(Shown(name_of_step(said["step"], steps)))


def _kind(entry: Entry) -> str:
    try:
        return kind_of(apps.get_model(entry.model))
    except (LookupError, ValueError):
        return ""


def is_intact(entry: Entry) -> bool:
    """Whether it says what it was sealed with, and follows the entry before it. All of the record: `verify_record`."""
    before = models.QuerySet(Entry).filter(number=entry.number - 1).values_list("hash", flat=True).first()
    return entry.sealed() == entry.hash and entry.previous_hash == (before or BEGINNING)


def sheet_url_of(obj: Any) -> str:
    """Of the newest entry about it; "" if there is none."""
    thing = thing_of(obj)
    entries = models.QuerySet(Entry).filter(model=thing.model, object_id=thing.key)
    number = entries.order_by("-number").values_list("number", flat=True).first()
    return reverse("review_sheet", args=[number]) if number else ""


class ReviewSheetView(WagtailAdminTemplateMixin, TemplateView):
    """For those who may edit what it is about. What they may not see is not found."""

    template_name = "newsroom/admin/sheet.html"
    page_title = gettext_lazy("Review sheet")
    header_icon = "clipboard-list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.seen = entries_seen_by(request.user)
        self.entry = get_object_or_404(self.seen, pk=self.kwargs["number"])
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def act(self) -> Exceptional:
        return exceptional([self.entry])[0]

    def get_page_subtitle(self) -> str:
        return self.act.title

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        of = {"url": self._edit_url, "label": self.act.title}
        return [*super().get_breadcrumbs_items(), of, {"url": "", "label": self.get_page_title()}]

    @property
    def _edit_url(self) -> str:
        obj = self.act.obj
        return self.act.url if obj is not None and may_edit(self.request.user, obj) else ""

    def _approved_as(self) -> Entry | None:
        """The entry whose approvals a page that is shown again rests on."""
        entry = self.entry
        if entry.approvals or not self.act.is_released:
            return None
        same = self.seen.filter(model=entry.model, object_id=entry.object_id, content_hash=entry.content_hash)
        return same.filter(number__lt=entry.number).exclude(approvals=[]).order_by("-number").first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entry = self.entry
        others = self.seen.filter(model=entry.model, object_id=entry.object_id).exclude(pk=entry.pk)
        own = {
            "entry": entry,
            "act": self.act,
            "roles": ", ".join(title(name) for name in entry.by.get("roles", [])),
            "signatures": list(signatures(entry)),
            "approved_as": self._approved_as(),
            "is_intact": is_intact(entry),
            "others": others.defer("approvals", "details").order_by("-number")[:BESIDE],
            "media": Media(
                css={"all": [versioned_static("css/admin/sheet.css")]},
                js=[Script(versioned_static("js/admin/print.js"), defer=True)],
            ),
        }
        return super().get_context_data(**kwargs) | own
