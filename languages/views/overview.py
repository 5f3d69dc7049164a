"""The languages themselves: what each still needs; starting, opening and closing one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from core.languages import TARGETS
from core.models import BasePage, Language

from ..desk import rights
from ..desk.cited import mark_citing
from ..desk.errors import DeskError
from ..desk.originals import original_of
from ..models import LanguageWork, Original
from ..publishing.readiness import readiness_of, readiness_of_all
from ..publishing.release import may_release, release, retract
from ..publishing.staleness import carry_over_all, stale_translations
from .base import DeskPage


class OverviewView(DeskPage):
    template_name = "languages/admin/overview.html"
    page_title = gettext_lazy("Languages")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            languages=readiness_of_all(),
            may_manage=rights.may_manage_languages(self.request.user),
            mine=[language.code for language in rights.languages_of(self.request.user)],
            **kwargs,
        )


class LanguageActionView(View):
    """Start a language, open it to readers, close it, or stop it."""

    def post(self, request: HttpRequest, code: str) -> HttpResponse:
        if not rights.may_manage_languages(request.user):
            raise PermissionDenied
        if code not in TARGETS:
            raise Http404
        action = {"start": self.start, "open": self.open, "close": self.close, "stop": self.stop}.get(
            request.POST.get("act", "")
        )
        if action is None:
            raise Http404
        action(get_object_or_404(Language, code=code))
        return redirect(reverse("languages_overview"))

    def start(self, language: Language) -> None:
        LanguageWork.objects.get_or_create(language=language.code, defaults={"started_by": self.request.user})
        messages.success(
            self.request,
            _("%(language)s can be translated into now. Readers do not see it yet.") % {"language": language},
        )

    def stop(self, language: Language) -> None:
        if language.is_open:
            messages.error(self.request, _("Close the language first."))
            return
        LanguageWork.objects.filter(language=language.code).delete()
        messages.success(self.request, _("%(language)s is put away. Nothing was lost.") % {"language": language})

    def open(self, language: Language) -> None:
        obstacles = readiness_of(language).obstacles
        if obstacles:
            messages.error(self.request, " ".join(obstacles))
            return
        self._set_open(language, True)
        messages.success(self.request, _("%(language)s is open to readers.") % {"language": language})

    def close(self, language: Language) -> None:
        LanguageWork.objects.get_or_create(language=language.code, defaults={"started_by": self.request.user})
        self._set_open(language, False)
        messages.success(
            self.request, _("%(language)s is closed: its addresses answer “not found”.") % {"language": language}
        )

    def _set_open(self, language: Language, is_open: bool) -> None:
        language.is_open = is_open
        language.save(update_fields=["is_open"])


class PageTranslationsView(WagtailAdminTemplateMixin, TemplateView):
    """For the editors of a page: how far its translations are, which become outdated, and whether translators see its
    draft."""

    template_name = "languages/admin/page_translations.html"
    page_title = gettext_lazy("Translations")
    header_icon = "globe"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = get_object_or_404(BasePage, pk=self.kwargs["page"]).specific
        if not may_release(self.request.user, page):
            raise PermissionDenied
        original = Original.objects.for_object(page).first()
        found = list(original.translations.select_related("assignee", "original")) if original else []
        mark_citing(found)
        translations = {row.language: row for row in found}
        return super().get_context_data(
            page=page,
            original=original,
            languages=[(language, translations.get(language.code)) for language in rights.active_languages()],
            mine=[language.code for language in rights.languages_of(self.request.user)],
            stale_translations=[each for each in stale_translations(page) if each.segments],
            has_draft=page.has_unpublished_changes or not page.live,
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        page = {"url": reverse("wagtailadmin_pages:edit", args=[self.kwargs["page"]]), "label": gettext("Page")}
        return [*super().get_breadcrumbs_items(), page, {"url": "", "label": self.get_page_title()}]


class ReleaseView(View):
    """What the editors of a page do for its translators: release the latest draft, retract it, or confirm that its
    changes have no effect on the meaning."""

    def post(self, request: HttpRequest, page: int) -> HttpResponse:
        found = get_object_or_404(BasePage, pk=page).specific
        if not may_release(request.user, found):
            raise PermissionDenied
        original = original_of(found)
        action = request.POST.get("act")
        if action == "take_back":
            retract(original)
            messages.success(request, _("Translators see the published text again."))
        elif action == "keep":
            self.carry_over(found)
        elif release(original, request.user):
            messages.success(request, _("Translators see this draft now. Later changes are not shown to them."))
        else:
            messages.warning(request, _("There is no draft that differs from what is published."))
        return redirect(reverse("languages_page_translations", args=[found.pk]))

    def carry_over(self, page: BasePage) -> None:
        try:
            kept, left = carry_over_all(page, self.request.user)
        except DeskError as error:
            messages.error(self.request, str(error))
            return
        message = ngettext(
            "%(number)d translated segment holds for the new wording, too.",
            "%(number)d translated segments hold for the new wording, too.",
            kept,
        )
        if kept or not left:
            messages.success(self.request, message % {"number": kept})
        if left:
            message = ngettext(
                "%(number)d translated segment does not fit the new wording, such as one with another number: it is left to its translators.",
                "%(number)d translated segments do not fit the new wording, such as those with another number: they are left to their translators.",
                left,
            )
            messages.warning(self.request, message % {"number": left})
