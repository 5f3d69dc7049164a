"""When something happened, as pages write it. A list names twenty moments, and spelling out a date is slow."""

from datetime import datetime
from functools import lru_cache

from django.utils import dateformat, formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


FOR_PROGRAMS = "Y-m-d\\TH:i:sO"
MOST = 4096  # moments that each process remembers


def time_element(moment: datetime | None) -> SafeString:
    """The day in the language and the time zone of the page, and for programs the second; '' without a moment."""
    if moment is None:
        return mark_safe("")
    return _element(moment, timezone.get_current_timezone_name(), translation.get_language())


@lru_cache(MOST)
def _element(moment: datetime, zone: str, language: str | None) -> SafeString:
    """The same moment is another hour in another zone, so what decides is named in the arguments."""
    local = timezone.template_localtime(moment)
    return format_html(
        '<time datetime="{}">{}</time>',
        dateformat.format(local, FOR_PROGRAMS),
        formats.date_format(local, "DATE_FORMAT"),
    )
