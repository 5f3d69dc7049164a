"""`{{ value|rich }}`: rich text for the public page."""

from django import template
from django.utils.safestring import SafeString
from wagtail.rich_text import RichText

from core.rendering.rich_text import render


register = template.Library()


@register.filter
def rich(value: RichText | str | None) -> SafeString:
    """Rich text with every link in the language being read."""
    return render(value.source if isinstance(value, RichText) else value or "")
