"""Going back to an earlier publication: first the difference is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages

from core.keys import parse_key
from core.languages import TAGS
from core.publishing.projection import segments_of
from core.segments import Segment
from core.text.differences import Piece, differences

from ..desk.chips import chips_of, expand_tokens
from ..desk.errors import DeskError
from ..desk.seen import ChangedMeanwhile
from ..models import Publication
from ..publishing.rollback import Return, planned_return, roll_back
from .base import DeskPage, OriginalMixin


@dataclass(frozen=True)
class Change:
    """A text that readers would see otherwise, for the first time, or no more."""

    label: str
    pieces: list[Piece]
    is_stale: bool


class RollBackView(OriginalMixin, DeskPage):
    """For publishers. 409 with the difference as it is now, if that is not the one that was shown."""

    template_name = "languages/admin/rollback.html"
    header_icon = "history"

    def get_page_title(self) -> str:
        return _("Go back to an earlier publication")

    def get_page_subtitle(self) -> str:
        return f"{self.language} · {self.original}"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        workbench = {"url": self.workbench, "label": f"{self.language} · {self.original}"}
        return [self.breadcrumbs_items[0], workbench, {"url": "", "label": self.get_page_title()}]

    @property
    def workbench(self) -> str:
        return reverse("languages_workbench", args=[self.original.pk, self.code])

    @cached_property
    def publication(self) -> Publication:
        given = self.request.POST if self.request.method == "POST" else self.request.GET
        own = Publication.objects.filter(translation__original=self.original, translation__language=self.code)
        return get_object_or_404(own.select_related("translation", "by"), pk=parse_key(given.get("publication")))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.raise_for_others()
        if self.publication.pk == self.publication.translation.publication_id:
            return redirect(self.workbench)
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        self.raise_for_others()
        try:
            roll_back(self.publication, request.user, seen=request.POST.get("seen", ""))
        except ChangedMeanwhile as error:
            return self.render_to_response(self.get_context_data(problem=error), status=409)
        except DeskError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The earlier translation is published again."))
        return redirect(self.workbench)

    def raise_for_others(self) -> None:
        if not self.may_publish:
            raise PermissionDenied

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        live = self.original.live()
        plan = planned_return(self.publication, live)
        before, after = (segments_of(live, columns) for columns in (plan.now, plan.columns))
        changes = list(self.changes(before, after, plan))
        return super().get_context_data(
            original=self.original,
            language=self.language,
            tag=TAGS[self.code],
            publication=self.publication,
            plan=plan,
            changes=changes,
            unchanged=len({segment.path for segment in (*before, *after)}) - len(changes),
            is_withdrawn=not before,
            workbench=self.workbench,
            problem=kwargs.get("problem"),
        )

    def changes(self, before: list[Segment], after: list[Segment], plan: Return) -> Iterator[Change]:
        """In the order in which readers would see them; at the end, what they would see no more."""
        now, then = self.words_of(before), self.words_of(after)
        for segment in after:
            words = then[segment.path]
            if words != now.get(segment.path):
                pieces = list(differences(now.get(segment.path, ""), words)) if now else [Piece("same", words)]
                yield Change(segment.label, pieces, segment.path in plan.stale)
        for segment in before:
            if segment.path not in then:
                yield Change(segment.label, [Piece("gone", now[segment.path])], is_stale=False)

    def words_of(self, segments: list[Segment]) -> dict[str, str]:
        """{path: text} with the words that readers see in place of tokens."""
        chips = chips_of(segments, self.code)
        return {segment.path: expand_tokens(segment.text, chips.get(segment.path, {})) for segment in segments}
