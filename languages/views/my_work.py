"""What awaits a translator: on the first page of the admin, and in full at the desk."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.forms import Media
from django.http import Http404, HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.ui.components import Component

from core.notices.reading import shown

from ..desk import rights
from ..desk.telling import workbench_at
from ..desk.worklist import Part, Worklist, with_total
from .base import DeskPage


FIRST = 5  # rows of each part
PER_PAGE = 50


def parts_of(worklist: Worklist) -> list[dict[str, Any]]:
    """The parts as the templates show them: the first rows of each, and how many there are."""
    found = []
    for part in worklist.parts():
        rows, total = with_total(part.rows, FIRST)
        found.append({"part": part, "rows": rows_of(part, rows), "total": total, "more": max(total - len(rows), 0)})
    return found


def rows_of(part: Part, translations: Any) -> list[dict[str, Any]]:
    names = dict(settings.LANGUAGES)
    return [
        {
            "translation": each,
            "original": each.original,
            "language": names[each.language],
            "code": each.language,
            "url": workbench_at(each.original, each.language, getattr(each, "place", "") or part.place),
            "when": when(part, each),
        }
        for each in translations
    ]


def when(part: Part, translation: Any) -> Any:
    """The date that matters there."""
    if part.name == "changed":
        return translation.original.changed_at
    return translation.sent_back_at if part.name == "sent_back" else translation.when


def work_of(user: Any) -> dict[str, Any]:
    """All parts, and the mentions that were not read yet."""
    worklist = Worklist(user)
    mentions, total = with_total(worklist.mentions(), FIRST)
    return {
        "parts": parts_of(worklist),
        "mentions": shown(user, mentions),
        "mentioned": total,
        "languages": worklist.languages,
        "several": len(worklist.languages) > 1,
    }


class MyWorkView(DeskPage):
    """All parts; or one of them in full, where `section` names it."""

    template_name = "languages/admin/my_work.html"
    page_title = _("My work")
    header_icon = "user"

    @cached_property
    def part(self) -> Part | None:
        name = self.request.GET.get("section")
        if not name:
            return None
        part = Worklist(self.request.user).part(name)
        if part is None:
            raise Http404
        return part

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.part is None:
            return super().get_context_data(**work_of(self.request.user), **kwargs)
        page = Paginator(self.part.rows, PER_PAGE).get_page(self.request.GET.get("p"))
        rows = rows_of(self.part, page.object_list)
        return super().get_context_data(part=self.part, page_obj=page, rows=rows, **kwargs)


class MyWorkPanel(Component):
    """On the first page of the admin, above what Wagtail shows there."""

    name = "my_translations"
    template_name = "languages/admin/home_panel.html"
    order = 50

    @property
    def media(self) -> Media:
        return Media(css={"all": [versioned_static("css/admin/desk.css")]})

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        request = parent_context["request"]
        return {"request": request, "csrf_token": parent_context["csrf_token"], **work_of(request.user)}


def is_translator(request: HttpRequest) -> bool:
    """Whether somebody has been given a language, or a text: a superuser may do everything, and is none for that."""
    user = request.user
    if not user.is_superuser:
        return bool(rights.languages_of(user))
    return rights.is_given_a_language(user) or rights.translates(user)
