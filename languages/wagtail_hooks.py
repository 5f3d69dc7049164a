from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, include, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.snippets.models import register_snippet

from core.editing.guides.registry import Guide, register_guide

from . import log_entries, urls
from .desk import rights
from .publishing.staleness import stale_translations
from .views.my_work import MyWorkPanel, is_translator
from .viewsets import PhraseViewSet, SectionLimitViewSet, TermViewSet


register_snippet(TermViewSet)
register_snippet(PhraseViewSet)
register_snippet(SectionLimitViewSet)
register_guide(
    Guide(
        name="translators",
        title=_("Translators' guide"),
        description=_("Translating, reviewing and publishing a language; glossary, memory and files."),
        files={"zh-hans": "zh/translators.md", "en": "translators.md"},
        concerns=rights.may_use_desk,
        order=200,
    )
)


class DeskMenuItem(SubmenuMenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rights.may_use_desk(request) and super().is_shown(request)


@hooks.register("register_admin_urls")
def register_urls() -> list[URLPattern | URLResolver]:
    return [path("", include(urls))]


@hooks.register("register_admin_menu_item")
def register_menu_item() -> MenuItem:
    items = [
        MenuItem(_("My work"), reverse("languages_my_work"), name="my-work", icon_name="user", order=0),
        MenuItem(_("Texts and progress"), reverse("languages_matrix"), name="translations", icon_name="tasks", order=1),
        MenuItem(_("Languages"), reverse("languages_overview"), name="desk-languages", icon_name="globe", order=2),
        MenuItem(_("Import"), reverse("languages_import"), name="desk-import", icon_name="upload", order=3),
        MenuItem(
            _("Translation memory"), reverse("languages_memory"), name="desk-memory", icon_name="history", order=4
        ),
    ]
    return DeskMenuItem(_("Translations"), Menu(None, items=items), name="desk", icon_name="globe", order=230)


@hooks.register("construct_homepage_panels")
def show_my_work(request: HttpRequest, panels: list[Any]) -> None:
    if is_translator(request):
        panels.append(MyWorkPanel())


@hooks.register("register_log_actions")
def register_actions(actions: LogActionRegistry) -> None:
    log_entries.register(actions)


@hooks.register("register_page_header_buttons")
def add_translations_button(page: Any, user: Any, view_name: str, next_url: str | None = None) -> Iterator[Button]:
    """In the editor: how many translations become outdated with the draft."""
    if view_name != "edit" or not page.pk or page.depth <= 1:
        return
    left_behind = sum(bool(each.segments) for each in stale_translations(page))
    label = ngettext("Translations: %(n)d will age", "Translations: %(n)d will age", left_behind) % {"n": left_behind}
    address = reverse("languages_page_translations", args=[page.pk])
    yield Button(label if left_behind else _("Translations"), address, icon_name="globe", priority=5)


@hooks.register("after_publish_page")
def name_outdated_translations(request: HttpRequest, page: Any) -> None:
    """Tell which translations follow an earlier text now."""
    names = [f"{each.language} ({len(each.segments)})" for each in stale_translations(page) if each.segments]
    if names:
        message = _("These translations follow an earlier text now (segments to do): %(languages)s.")
        messages.info(request, message % {"languages": ", ".join(names)})
