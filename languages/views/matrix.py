"""Everything that can be translated, with its progress by language."""

from collections import OrderedDict
from datetime import timedelta
from typing import Any, ClassVar

import django_filters
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models.functions import Length
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.reports import ReportView

from core.keys import parse_key, parse_keys
from core.models import BasePage, Language
from core.open_data.spreadsheets import neutral

from ..desk import rights
from ..desk.assigning import assign
from ..desk.cited import mark_citing, untranslated
from ..desk.errors import DeskError
from ..desk.filling import Filled, fill
from ..desk.machine import Machine
from ..desk.originals import translatable_models
from ..exchange import FORMATS, export_response
from ..models import Original, Translation, TranslationStage
from ..models.translations import Progress
from ..publishing.publish import cites_untranslated, publish


SECTION_DEPTH = 3
AGES = (7, 30, 90)
MAX_BULK = 200


def desk_languages(request: HttpRequest) -> list[Language]:
    """The languages that the user translates into, read once per request."""
    if not hasattr(request, "desk_languages"):
        request.desk_languages = rights.languages_of(request.user)
    return request.desk_languages


def desk_people(request: HttpRequest) -> list[Any]:
    """The people who translate into the user's languages, read once per request."""
    if not hasattr(request, "desk_people"):
        request.desk_people = list(rights.translators_of([row.code for row in desk_languages(request)]))
    return request.desk_people


class MatrixFilterSet(WagtailFilterSet):
    """State, assignee and age are those of the language chosen; without one, of any language."""

    language = django_filters.ChoiceFilter(label=_("Language"), method="unfiltered")
    stage = django_filters.MultipleChoiceFilter(
        label=_("State"), choices=TranslationStage.choices, method="by_translation"
    )
    section = django_filters.ChoiceFilter(label=_("Section"), method="in_section")
    content_type = django_filters.ChoiceFilter(label=_("Type"))
    assignee = django_filters.ChoiceFilter(label=_("Assignee"), method="by_translation")
    age = django_filters.ChoiceFilter(
        label=_("Chinese changed"),
        choices=[(days, _("In the last %(days)d days") % {"days": days}) for days in AGES],
        method="changed_recently",
    )

    class Meta:
        model = Original
        fields: ClassVar = ["language", "stage", "section", "content_type", "assignee", "age"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["language"].extra["choices"] = [(row.code, str(row)) for row in desk_languages(self.request)]
        sections = rights.visible_to(self.request.user).alias(length=Length("path"))
        sections = sections.filter(length=SECTION_DEPTH * BasePage.steplen).order_by("path")
        self.filters["section"].extra["choices"] = list(sections.values_list("path", "title"))
        kinds = ContentType.objects.get_for_models(*translatable_models()).items()
        self.filters["content_type"].extra["choices"] = [(kind.pk, model._meta.verbose_name) for model, kind in kinds]
        self.filters["assignee"].extra["choices"] = [(person.pk, str(person)) for person in desk_people(self.request)]

    def unfiltered(self, originals: models.QuerySet, _name: str, _value: str) -> models.QuerySet:
        return originals

    def by_translation(self, originals: models.QuerySet, name: str, value: Any) -> models.QuerySet:
        if not value:
            return originals
        chosen = self.form.cleaned_data.get("language")
        translations = Translation.objects.filter(original=models.OuterRef("pk"))
        if chosen:
            translations = translations.filter(language=chosen)
        if name == "assignee":
            return originals.filter(models.Exists(translations.filter(assignee=value)))
        wanted = models.Q(models.Exists(translations.filter(models.Q(stage__in=value) | models.Q(waiting__in=value))))
        if TranslationStage.MISSING in value:
            wanted |= ~models.Exists(translations)
        return originals.filter(wanted)

    def in_section(self, originals: models.QuerySet, _name: str, path: str) -> models.QuerySet:
        return originals.filter(path__startswith=path)

    def changed_recently(self, originals: models.QuerySet, _name: str, days: str) -> models.QuerySet:
        return originals.filter(changed_at__gte=timezone.now() - timedelta(days=int(days)))


class ChosenColumn(Column):
    cell_template_name = "languages/admin/cells/checkbox.html"
    header_template_name = "languages/admin/cells/checkbox_header.html"


class OriginalColumn(Column):
    cell_template_name = "languages/admin/cells/original.html"


class LanguageColumn(Column):
    """The cell of one language: a link to the workbench that says how far the translation is."""

    cell_template_name = "languages/admin/cells/language.html"

    def __init__(self, language: Language) -> None:
        super().__init__(language.code, label=str(language))
        self.language = language

    def get_cell_context_data(self, instance: Original, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        translation = instance.by_language.get(self.language.code)
        context.update(language=self.language, translation=translation, stage=stage_of(self.language, translation))
        context["progress"] = translation.progress if translation and not self.language.provider else None
        return context


def stage_of(language: Language, translation: Translation | None) -> TranslationStage:
    if language.provider:
        return TranslationStage("published")
    return TranslationStage(translation.stage) if translation else TranslationStage("missing")


class MatrixView(ReportView):
    model = Original
    template_name = "languages/admin/matrix.html"
    results_template_name = "languages/admin/matrix_results.html"
    filterset_class = MatrixFilterSet
    index_url_name = "languages_matrix"
    index_results_url_name = "languages_matrix_results"
    page_title = _("Texts and progress")
    header_icon = "globe"
    default_ordering = (models.Case(models.When(path="", then=1), default=0), "path", "content_type_id", "object_id")
    export_filename = "translations"
    export_headings: ClassVar = {
        "title": _("Title"),
        "kind": _("Type"),
        "total": _("Segments"),
        "changed_at": _("Chinese changed"),
    }
    search_fields: ClassVar = ["title"]
    is_searchable = True

    @method_decorator(transaction.non_atomic_requests)  # it only reads
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not rights.may_use_desk(request):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> models.QuerySet[Original]:
        return rights.visible_to(self.request.user).select_related("content_type").order_by(*self.default_ordering)

    def get_filtered_queryset(self) -> models.QuerySet[Original]:
        found = super().get_filtered_queryset()
        return found.filter(title__icontains=self.search_query) if self.search_query else found

    @cached_property
    def languages(self) -> list[Language]:
        chosen = self.request.GET.get("language")
        rows = desk_languages(self.request)
        return [row for row in rows if row.code == chosen] or rows

    @cached_property
    def columns(self) -> list[Column]:
        return [
            ChosenColumn("chosen", label=""),
            OriginalColumn("title", label=_("Page or text")),
            *map(LanguageColumn, self.languages),
        ]

    def get_table(self, object_list: Any) -> Any:
        rows = with_translations(object_list)
        codes = {language.code for language in self.languages}
        mark_citing(each for row in rows for code, each in row.by_language.items() if code in codes)
        return super().get_table(rows)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        people = [person for person in desk_people(self.request) if person.is_active]
        return context | {"languages": self.languages, "people": people, "formats": FORMATS}

    # Export

    @property
    def list_export(self) -> list[str]:
        return ["title", "kind", "total", "changed_at", *(language.code for language in self.languages)]

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return with_translations(object_list) if self.is_export else object_list

    def to_row_dict(self, item: Original) -> OrderedDict:
        cells = {language.code: self._cell_text(language, item) for language in self.languages}
        kind = item.kind
        row = {"title": neutral(item.title), "kind": kind, "total": item.total, "changed_at": item.changed_at}
        return OrderedDict(row | cells)

    @staticmethod
    def _cell_text(language: Language, item: Original) -> str:
        translation = item.by_language.get(language.code)
        reached = translation.progress if translation else Progress(item.total)
        stage = stage_of(language, translation).label
        if language.provider:
            return stage
        waiting = [translation.get_waiting_display()] if translation and translation.waiting else []
        handed_in = [gettext("%(n)d %% handed in") % {"n": reached.percent_handed_in}] if reached.handed_in else []
        return " · ".join([f"{stage} ({reached.percent} %)", *handed_in, *waiting])


def with_translations(originals: Any) -> list[Original]:
    """Each with its translations by language: one query for all."""
    rows = list(originals)
    found = Translation.objects.filter(original__in=[row.pk for row in rows]).select_related("assignee")
    by_original: dict[int, dict[str, Translation]] = {}
    for translation in found:
        by_original.setdefault(translation.original_id, {})[translation.language] = translation
    for row in rows:
        row.by_language = by_original.get(row.pk, {})
        for translation in row.by_language.values():
            translation.original = row
    return rows


class BulkView(View):
    """One action on the selected texts, in one language. Reports what was done and what was not, and why.

    Each text is a transaction of its own, so nobody has to wait for all of them.
    """

    @method_decorator(transaction.non_atomic_requests)
    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().dispatch(*args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        code = request.POST.get("language", "")
        language = next((row for row in rights.languages_of(request.user) if row.code == code), None)
        if language is None:
            raise PermissionDenied
        self.language = language
        chosen = parse_keys(request.POST.getlist("original"))[:MAX_BULK]
        originals = list(
            rights.visible_to(request.user, [code]).filter(pk__in=chosen).select_related("content_type", "released")
        )
        action = request.POST.get("act", "")
        if not originals:
            messages.warning(request, gettext("Tick the texts first."))
        elif action == "export":
            return export_response(originals, code, request.POST.get("format", "xliff"))
        elif action in self.ACTIONS:
            self.run(request, action, originals, code)
        return redirect(
            request.POST.get("next")
            if _is_matrix_address(request.POST.get("next", ""))
            else reverse("languages_matrix")
        )

    def run(self, request: HttpRequest, action: str, originals: list[Original], code: str) -> None:
        done, problems = 0, []
        self.filled, self.machine, self.published = Filled(), Machine(code), []
        for original in originals:
            try:
                self.ACTIONS[action](self, original, code)
                done += 1
            except DeskError as error:
                problems.append(f"{original}: {error}")
        message = ngettext("Done for %(n)d text.", "Done for %(n)d texts.", done) % {"n": done}
        if done:
            messages.success(request, message)
        if self.filled.count:
            messages.success(request, self.filled.summary())
        self.warn_of_cited(code)
        for problem in self.filled.problems():
            messages.warning(request, problem)
        for problem in problems[:20]:
            messages.error(request, problem)

    def assign(self, original: Original, code: str) -> None:
        chosen = parse_key(self.request.POST.get("assignee"))
        person = get_user_model().objects.filter(pk=chosen).first()
        assign(original, code, person, self.request.user)

    def pretranslate(self, original: Original, code: str) -> None:
        self.filled += fill(original, self.language, self.request.user, self.machine)

    def publish(self, original: Original, code: str) -> None:
        if not rights.may_publish(self.request.user, code):
            raise PermissionDenied
        publish(original, code, self.request.user)
        self.published.append(original)

    def warn_of_cited(self, code: str) -> None:
        """What was published and cites things in Chinese: nobody was asked."""
        cited = untranslated((original, code) for original in self.published)
        for original in self.published:
            if found := cited.get((original.pk, code)):
                messages.warning(self.request, f"{original}: {cites_untranslated(found)}")

    ACTIONS: ClassVar = {"assign": assign, "pretranslate": pretranslate, "publish": publish}


def _is_matrix_address(address: str) -> bool:
    return address.startswith(reverse("languages_matrix"))
