"""Links from the admin to the part of a guide that tells more."""

from django import template
from django.urls import reverse


register = template.Library()


@register.inclusion_tag("core/admin/guide_link.html")
def guide_link(guide: str, anchor: str) -> dict[str, str]:
    """`{% guide_link "translators" "checks" %}`; the anchor is that of the English heading."""
    return {"url": f"{reverse('guide', args=[guide])}#{anchor}"}
