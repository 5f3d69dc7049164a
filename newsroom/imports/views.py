"""The screen on which a file and what becomes of it stand side by side, and the one that takes it back."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.keys import parse_key
from core.locking import held
from core.notices.reading import name_of

from ..importing.document import unpacked
from ..importing.reader import ImportRefused
from ..models import StoryImport
from .editing import NotPossible, join, rename, split
from .kinds import LABELS, LETTERS, MOVES
from .making import make_draft
from .mending import mend
from .moving import put_back
from .parts import Choices
from .rights import may_change, may_see
from .showing import Shower, counted, report
from .standing import AT_ONCE, Standing, page_of
from .storing import as_it_came, choices_of, keep_parts
from .undoing import undo, why_not


KINDS = "kind-"  # what names of fields begin with
CHANGES = {"join": join, "mend": mend}


class OfImport(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one import. What it is made of stands in `stored`."""

    header_icon = "upload"
    http_method_names = ("get", "post")
    is_main = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_see(request.user, self.stored) or (request.method == "POST" and not self.may_change):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def stored(self) -> StoryImport:
        found: StoryImport = get_object_or_404(
            StoryImport.objects.select_related("page", "onto", "by"), pk=self.kwargs["pk"]
        )
        return found

    @cached_property
    def may_change(self) -> bool:
        return may_change(self.request.user, self.stored)

    def get_page_subtitle(self) -> str:
        return self.stored.name

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = {"url": reverse("import_story"), "label": _("Import a story")}
        own = {"url": reverse("story_import", args=[self.stored.pk]), "label": self.stored.name}
        here = [own | {"url": ""}] if self.is_main else [own, {"url": "", "label": self.get_page_title()}]
        return [*super().get_breadcrumbs_items(), above, *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"stored": self.stored, "may_change": self.may_change}


class StoryImportView(OfImport):
    """Each part of the file beside what it becomes. Every button sends all kinds of the page along."""

    template_name = "newsroom/admin/story_import.html"
    page_title = gettext_lazy("Check an import")
    is_main = True

    @cached_property
    def choices(self) -> Choices:
        return choices_of(self.stored)

    @cached_property
    def number(self) -> int:
        """Of the page that is shown, from 1."""
        return min(max(parse_key(self.request.GET.get("p")) or 1, 1), self._last_page())

    def _last_page(self) -> int:
        return page_of(max(0, len(self.choices.parts) - 1))

    @cached_property
    def standing(self) -> Standing | None:
        """Of what is no draft yet, as things are: asked for when nothing is changed any more. What is broken in a draft is said
        in the list beside its form."""
        return Standing(self.choices, self.number) if self.stored.is_open else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        first = (self.number - 1) * AT_ONCE
        shower = Shower(self.stored, self.choices, self.standing)
        own = {
            "rows": shower.rows(first, first + AT_ONCE),
            "number": self.number,
            "pages": range(1, self._last_page() + 1),
            "standing": self.standing,
            "legend": [(letter, LABELS[kind]) for kind, letter in LETTERS.items()],
            "moves": MOVES,
            "same": [(each, name_of(each.by) if each.by else "") for each in self._same_file()],
            "may_edit": self.may_change and self.stored.is_open,
            "why_not_undone": "" if self.stored.is_open else why_not(self.stored),
        }
        return super().get_context_data(**kwargs) | self.report() | own

    def _same_file(self) -> list[StoryImport]:
        found = StoryImport.objects.in_short().same_file(self.stored).select_related("by", "page")
        return list(found[:3])

    def report(self) -> dict[str, Any]:
        """What was met in the file, and what becomes of it as things are."""
        document = self.choices.document
        if self.standing:
            findings = [*document.findings, *self.standing.fields.findings]
        else:
            findings = unpacked(self.stored.made.get("findings", []))
        recognised = self.standing.recognised if self.standing else None
        return {
            "report": report(findings, document),
            "counts": counted(self.choices.parts),
            "recognised": recognised,
        }

    # What is done -----------------------------------------------------------------------------

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        held(StoryImport, self.stored.pk)
        self.stored.refresh_from_db(fields=["parts", "state"])
        if not self.stored.is_open:
            messages.warning(request, _("This file has become a draft already."))
            return redirect("story_import", self.stored.pk)
        kinds = {name.removeprefix(KINDS): value for name, value in request.POST.items() if name.startswith(KINDS)}
        changed, refused = rename(self.choices, kinds)
        act, _colon, rest = request.POST.get("act", "save").partition(":")
        place = ""
        try:
            place = self._change(act, rest)
        except NotPossible:
            messages.warning(request, _("This part was changed meanwhile: look at it again."))
        keep_parts(self.stored, self.choices)
        if request.headers.get("X-Requested-With") == "XMLHttpRequest":
            return self._said(changed, refused)
        if refused:
            self._say_refused(len(refused))
        if act == "make":
            return self._make()
        if act == "compare" and self.stored.onto:
            return redirect("story_import_compare", self.stored.pk)
        if act == "save":
            messages.success(request, _("Your choices are saved."))
        return redirect(self._address(place))

    def _say_refused(self, count: int) -> None:
        said = ngettext(
            "{number} choice was not taken: that part was split, joined or cannot be that.",
            "{number} choices were not taken: those parts were split, joined or cannot be that.",
            count,
        )
        messages.warning(self.request, said.format(number=count))

    def _change(self, act: str, rest: str) -> str:
        """The key of the part that was changed; "" of none. Raises NotPossible."""
        if act == "split":
            key, _colon, at = rest.rpartition(":")
            return split(self.choices, key, parse_key(at) or 0)
        if act in CHANGES:
            return CHANGES[act](self.choices, rest)
        if act == "reset":
            self.choices = as_it_came(self.stored)
        elif act == "put-back":
            put_back(self.choices)
        return ""

    def _address(self, key: str) -> str:
        """Of the page with this part; of the page that was shown."""
        number = self.number
        if key:
            place = next(place for place, part in enumerate(self.choices.parts) if part.key == key)
            number = page_of(place)
        address = reverse("story_import", args=[self.stored.pk])
        return f"{address}{f'?p={number}' if number > 1 else ''}{f'#part-{key}' if key else ''}"

    def _said(self, changed: list[str], refused: list[str]) -> JsonResponse:
        """To the script that saves while somebody chooses: what the changed parts become, what is broken now, and the
        report."""
        shower = Shower(self.stored, self.choices, self.standing)
        places = [number for number, part in enumerate(self.choices.parts) if part.key in changed]
        broken = self.standing.broken_here if self.standing else {}
        own = {"standing": self.standing, "may_edit": self.may_change}
        answer = {
            "rows": {row.key: self._rendered("becomes", {"row": row}) for row in map(shower.row, places)},
            "marks": {key: self._rendered("marks", own | {"broken": found}) for key, found in broken.items()},
            "broken": self._rendered("broken", own),
            "report": self._rendered("report", self.report()),
            "refused": refused,
        }
        return JsonResponse(answer)

    def _rendered(self, name: str, context: dict[str, Any]) -> str:
        return render_to_string(f"newsroom/admin/import_{name}.html", context, self.request)

    def _make(self) -> HttpResponse:
        try:
            draft = make_draft(self.stored, self.request.user)
        except (ImportRefused, PermissionDenied) as refused:
            messages.error(self.request, str(refused) or _("You may not do this."))
            return redirect("story_import", self.stored.pk)
        back = messages.button(reverse("story_import", args=[self.stored.pk]), _("What became of the file"))
        said = _("The draft “{title}” was made. Look through the list before publishing, beside the form.")
        messages.success(self.request, said.format(title=draft.fields.title), buttons=[back])
        return redirect("wagtailadmin_pages:edit", draft.page.pk if draft.page else 0)


class StoryImportUndoView(OfImport):
    """Asks first. A file that is no draft yet is thrown away."""

    template_name = "newsroom/admin/import_undo.html"

    def get_page_title(self) -> str:
        return _("Throw away") if self.stored.is_open else pgettext("import", "Take back")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = {"reason": "" if self.stored.is_open else why_not(self.stored), "made": self.stored.made}
        return super().get_context_data(**kwargs) | own

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.stored.is_open:
            self.stored.delete()
            messages.success(request, _("“{file}” was thrown away.").format(file=self.stored.name))
            return redirect("import_story")
        try:
            pictures = undo(self.stored, request.user)
        except (ImportRefused, PermissionDenied) as refused:
            reason = str(refused) or _("You may not delete this draft.")
            messages.error(request, _("Nothing was taken back. {reason}").format(reason=reason))
            return redirect("story_import", self.stored.pk)
        said = ngettext(
            "The import was taken back, with {number} picture.",
            "The import was taken back, with {number} pictures.",
            pictures,
        )
        messages.success(request, said.format(number=pictures))
        return redirect("story_import", self.stored.pk)
