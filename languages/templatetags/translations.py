"""What readers of a translation are told about it."""

from typing import Any

from django import template
from django.db.models import Case, F, Subquery, When

from core.languages import SOURCE, content_language
from core.models import BasePage, Language

from ..models import Original, Publication


SECTION_DEPTH = 3  # pages down to here list other pages and have no text of their own

register = template.Library()


@register.inclusion_tag("components/translation_note.html", takes_context=True)
def translation_note(context: template.Context, page: Any) -> dict[str, Any]:
    """Which source a translated page follows, whether that has changed since, and whether a machine wrote it."""
    code = content_language()
    is_text = isinstance(page, BasePage) and page.depth > SECTION_DEPTH
    if not is_text or code == SOURCE or context.get("shown_in") != code:
        return {}
    return _told(page, code)


def _told(page: BasePage, code: str) -> dict[str, Any]:
    """The publication that readers see now, in one query."""
    originals = Original.objects.for_object(page).values("pk")
    shown = Publication.objects.filter(
        pk=F("translation__publication_id"), translation__original__in=originals, translation__language=code
    )
    follows = Case(When(fingerprint=F("translation__original__fingerprint"), then=False), default=True)
    shown = shown.annotate(is_outdated=follows)
    parts = {name: Subquery(shown.values(name)[:1]) for name in ("source_date", "is_outdated", "machine_made")}
    told = Language.objects.filter(code=code).values("provider", **parts).get()
    lost = getattr(page, "lost_corrections", 0)  # in the preview of the desk
    return told | {"is_automatic": bool(told["provider"]), "lost_corrections": lost}
