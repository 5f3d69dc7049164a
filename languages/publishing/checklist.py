"""What an editor is told of translations before a page is published."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.languages import SOURCE
from core.models import BasePage, Language
from core.publishing.checklist import Finding, Level, publish_check

from .staleness import stale_in


@publish_check("languages.will-age", BasePage, Level.NOTE)
def check_translations(page: BasePage) -> Iterator[Finding]:
    """Published translations that do not say what the draft says: two queries, one if there are none."""
    for stale in stale_in(page) if page.pk else ():
        if number := len(stale.segments):
            told = ngettext(
                "The translation into {language} will age: {count} segment is new or changed.",
                "The translation into {language} will age: {count} segments are new or changed.",
                number,
            )
            yield Finding(told.format(language=stale.language, count=number), about=stale.language.code)


@publish_check("languages.untranslated", BasePage, Level.NOTE)
def check_untranslated(page: BasePage) -> Iterator[Finding]:
    """Open languages that people translate into, whose readers will see Chinese: one query."""
    languages = Language.objects.open().filter(provider="").exclude(code=SOURCE)
    missing = [each for each in languages if not page.is_in(each.code)]
    if missing:
        names = _(", ").join(map(str, missing))
        told = _("There is no translation yet into: {languages}. Its readers will see the Chinese.")
        yield Finding(told.format(languages=names), about=" ".join(each.code for each in missing))
