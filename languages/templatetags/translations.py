"""What a reader of a translation is told about it."""

from typing import Any

from django import template

from core.languages import SOURCE, content_language
from core.models import BasePage, Language

from ..models import Original, Translation


SECTION_DEPTH = 3  # pages down to here list other pages: they are no text of their own

register = template.Library()


@register.inclusion_tag("components/translation_note.html", takes_context=True)
def translation_note(context: template.Context, page: Any) -> dict[str, Any]:
    """Which source a translated page follows, whether that has changed since, and whether a machine wrote it."""
    code = content_language()
    is_text = isinstance(page, BasePage) and page.depth > SECTION_DEPTH
    if not is_text or code == SOURCE or context.get("shown_in") != code:
        return {}
    originals = Original.objects.for_object(page)
    found = Translation.objects.filter(original__in=originals, language=code).select_related("publication", "original")
    translation = found.first()
    if translation is None or translation.publication is None:
        return {"is_automatic": Language.objects.filter(code=code).exclude(provider="").exists()}
    publication = translation.publication
    return {
        "source_date": publication.source_date,
        "is_outdated": publication.fingerprint != translation.original.fingerprint,
        "machine_made": publication.machine_made,
    }
