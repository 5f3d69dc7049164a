"""The workbench: the source on the left, the translation on the right, segment by segment."""

import json
from collections.abc import Mapping
from typing import Any

from django.db import models, transaction
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.html import escape, strip_tags
from django.utils.translation import gettext as _
from django.views.generic import View
from wagtail.models import PreviewableMixin

from core.languages import SOURCE, TAGS, column, direction, translated_fields
from core.models import Language
from core.publishing.projection import provided_texts
from core.segments import InvalidChips, Segment, map_field, tidy
from core.text.differences import differences

from ..checks import WARNING, GlossaryTerm
from ..checks.numbers import has_grammar
from ..desk import memory, special_characters
from ..desk.chips import Chip, Chips, as_html, chips_of, with_lost_words
from ..desk.cited import cited_at_desk
from ..desk.corrections import applied_corrections
from ..desk.dismissals import JudgedFinding, judged
from ..desk.machine import Machine, may_offer
from ..desk.progress import translation_of
from ..desk.reviewing import Reviewer
from ..desk.rows import Row, SegmentStatus, rows_of
from ..desk.seen import fingerprint, fingerprints
from ..desk.unit_findings import findings, glossary
from ..exchange import FORMATS
from ..models import Original, Publication, UnitState, UnitVersion
from ..publishing.token_words import marked
from .base import DeskPage, OriginalMixin


MAX_VERSIONS = 20


class WorkbenchView(OriginalMixin, DeskPage):
    template_name = "languages/admin/workbench.html"
    header_icon = "globe"

    def get_page_title(self) -> str:
        return _("Translate into %(language)s") % {"language": self.language}

    def get_page_subtitle(self) -> str:
        return str(self.original)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        matrix = {"url": reverse("languages_matrix"), "label": _("Translations")}
        return [self.breadcrumbs_items[0], matrix, {"url": "", "label": f"{self.language} · {self.original}"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = rows_of(self.original, self.code)
        presenter = RowPresenter(self.original, self.language, rows, self.request.user)
        translation = translation_of(self.original, self.code)
        cited = cited_at_desk(self.original, self.language, self.request.user)
        return super().get_context_data(
            original=self.original,
            seen=json.dumps(fingerprints(rows)),
            language=self.language,
            translation=translation,
            rows=[presenter.context_of(row) | {"has_comments": bool(row.places & presenter.commented)} for row in rows],
            counts={status.value: sum(row.status is status for row in rows) for status in SegmentStatus},
            tag=TAGS[self.code],
            direction=direction(self.code),
            digits_only=not has_grammar(self.code),
            formats=FORMATS,
            characters=special_characters.groups(self.code),
            may_publish=self.may_publish,
            can_preview=issubclass(self.original.model, PreviewableMixin),
            cited=cited,
            lacking=[each for each in cited if not each.is_published],
            can_take_along=any(each.may_be_taken for each in cited),
            awaits_user=any(presenter.awaits_user(row) for row in rows),
            publications=Publication.objects.filter(
                translation__original=self.original, translation__language=self.code
            )
            .select_related("by")
            .defer("texts", "columns"),
        )


class RowPresenter:
    """Rows as the templates show them; what they have in common is read once."""

    def __init__(
        self, original: Original, language: Language, rows: list[Row], user: models.Model | None = None
    ) -> None:
        """With a user, also what they may do."""
        self.original, self.language, self.user = original, language, user
        self.code = language.code
        self.segments = [row.segment for row in rows]
        texts = provided_texts(language, self.segments) if language.provider else {}
        self.corrections = applied_corrections(rows, language, texts) if texts else {}
        self.automatic = texts | {path: correction.text for path, correction in self.corrections.items()}

    @cached_property
    def reviewer(self) -> Reviewer | None:
        return Reviewer(self.user, self.language) if self.user else None

    @cached_property
    def terms(self) -> list[GlossaryTerm]:
        return glossary(self.code)

    @cached_property
    def chips(self) -> Chips:
        return chips_of(self.segments, self.code)

    @cached_property
    def commented(self) -> set[str]:
        """Paths with unresolved comments."""
        found = self.original.comments.known().filter(language=self.code, resolved_at=None)
        return set(found.values_list("path", flat=True))

    def context_of(self, row: Row) -> dict[str, Any]:
        segment = row.segment
        chips = self.chips.get(segment.path, {})
        text = self.text_of(row)
        if row.earlier and segment.format == "html":
            text = with_lost_words(text, chips, row.earlier.source_text)
        wrong = findings(self.original, segment, text, self.code, self.terms, self.chips) if text else []
        found = judged(wrong, row.unit)
        is_html = segment.format == "html"
        return {
            "row": row,
            "segment": segment,
            "status": self.status_of(row),
            "source": as_html(segment.text, chips, target=False) if is_html else segment.text,
            "target": as_html(text, chips, target=True) if is_html else text,
            "chips": [(name, chip) for name, chip in chips.items()],
            "has_errors": any(each.stops_publishing for each in found),
            "findings": [self.shown_finding(each, row) for each in found],
            "may_approve": self.awaits_user(row),
            "seen": fingerprint(row),
        }

    def shown_finding(self, judged: JudgedFinding, row: Row) -> dict[str, Any]:
        """A finding with what the user may do about it: there has to be a text for this wording of the Chinese."""
        is_free = judged.finding.is_dismissible and bool(row.unit and self.reviewer)
        decides = is_free and (judged.finding.level == WARNING or self.reviewer.may_publish)
        return {
            "judged": judged,
            "level": judged.finding.level,
            "message": judged.finding.message,
            "may_dismiss": decides and not judged.is_dismissed,
            "may_ask": is_free and not decides and judged.judgement is None,
            "may_take_back": judged.is_asked or (judged.is_dismissed and decides),
        }

    def awaits_user(self, row: Row) -> bool:
        """Whether the text awaits review, and the user is one who may approve it."""
        unit = row.unit
        return bool(unit and self.reviewer and unit.state == UnitState.REVIEW and self.reviewer.may_approve(unit))

    def text_of(self, row: Row) -> str:
        """The text for the field. In an automatic language it is what readers see, unless somebody is working on this
        wording."""
        if self.language.provider and not row.unit:
            return self.automatic.get(row.segment.path, "")
        return row.text

    def status_of(self, row: Row) -> str:
        """As `Row.status`; in an automatic language also whether an earlier correction could be applied again."""
        if row.unit or not self.automatic:
            return row.status.value
        correction = self.corrections.get(row.segment.path)
        if correction and correction.lost:
            return SegmentStatus.OUTDATED.value
        return "carried" if correction and correction.is_carried else "automatic"


class SegmentView(OriginalMixin, View):
    """The panel beside a segment: suggestions, glossary, what changed, comments and history. A fragment of a page."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        path = request.GET.get("path", "")
        row = next((row for row in rows_of(self.original, self.code) if row.segment.path == path), None)
        if row is None:
            return HttpResponse(_("This segment is gone: load the page again."), status=404)
        return HttpResponse(self.panel(row))

    def panel(self, row: Row) -> str:
        segment = row.segment
        chips = chips_of([segment], self.code).get(segment.path, {})
        before = row.earlier.source_text if row.earlier else ""
        context = {
            "row": row,
            "suggestions": [
                {"suggestion": each, "shown": as_field_content(segment, each.text, chips)}
                for each in memory.suggest(
                    self.original, self.code, segment.path, row.hash, segment.text, self.request.user
                )
                if each.text != row.text
            ],
            "asks_machine": may_offer(self.code),
            "terms": [term for term in glossary(self.code) if term.source in segment.text],
            "changes": list(differences(before, segment.text)) if before else [],
            "comments": self.original.comments.known()
            .filter(language=self.code, path__in=row.places)
            .select_related("by"),
            "history": [
                {"version": version, "shown": as_field_content(segment, version.text, chips)}
                for version in self.versions(row.places)
            ],
            "language": self.language,
            "original": self.original,
            "may_add_terms": self.request.user.has_perm("languages.add_term"),
            "may_send_back": bool(row.unit and Reviewer(self.request.user, self.language).may_send_back(row.unit)),
        }
        return render_to_string("languages/admin/workbench_panel.html", context, self.request)

    def versions(self, places: set[str]) -> models.QuerySet[UnitVersion]:
        units = self.original.units.known().filter(language=self.code, path__in=places)
        found = UnitVersion.objects.filter(unit__in=units)
        return found.select_related("by")[:MAX_VERSIONS]


class MachineView(SegmentView):
    """What machines suggest for a segment. It comes after the panel, which waits for no machine. A fragment of a page."""

    @method_decorator(transaction.non_atomic_requests)  # no transaction stays open while a machine thinks
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def panel(self, row: Row) -> str:
        segment, machine = row.segment, Machine(self.code)
        found = list(machine.suggestions(segment, row.hash))
        chips = chips_of([segment], self.code).get(segment.path, {}) if found else {}
        context = {
            "suggestions": [(name, as_field_content(segment, text, chips)) for name, text in found],
            "failed": machine.failed,
            "unusable": machine.unusable,
            "language": self.language,
        }
        return render_to_string("languages/admin/workbench_machine.html", context, self.request)


def as_field_content(segment: Segment, text: str, chips: Mapping[str, Chip]) -> str:
    """A text from anywhere, converted for the field of the segment: it may come from a segment of another format."""
    return as_html(tidy(text), chips, target=True) if segment.format == "html" else escape(strip_tags(text))


class PreviewView(OriginalMixin, View):
    """The page in the target language with the texts at the desk now; missing ones are in Chinese. Words for a figure that
    are wrong are left out, as readers get the figure's own."""

    def get(self, request: HttpRequest, **_kwargs: Any) -> HttpResponse:
        obj = self.original.for_translators()
        rows = rows_of(self.original, self.code)
        presenter = RowPresenter(self.original, self.language, rows)
        texts = {row.segment.path: text for row in rows if (text := presenter.text_of(row))}
        fill_columns(obj, self.code, marked(obj, self.code, texts))
        obj.lost_corrections = sum(correction.lost for correction in presenter.corrections.values())
        obj.shown_privately = self.code
        return obj.make_preview_request(request, self.code)


def fill_columns(obj: Any, code: str, texts: Mapping[str, str]) -> None:
    """Put texts into the columns of an object that will not be saved; other segments stay Chinese."""
    for name in translated_fields(type(obj)):
        field = obj._meta.get_field(name)
        value = getattr(obj, column(name, SOURCE))
        try:
            mapped = map_field(field, value, lambda segment: texts.get(segment.path) or segment.text)
        except InvalidChips:
            mapped = value
        setattr(obj, column(name, code), mapped)
