"""Figures in public templates."""

import re
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.db.models import Model
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from ..open_data.spreadsheets import plain_number
from ..text.fallback import part


# 57; 1 200,5; and, as Japanese and Korean write, 1億3700万: the powers between its digits belong to the number.
NUMBER = re.compile(r"\d(?:[\d.,\u00a0\u202f]*\d)?(?:(?:[億万兆억만조] ?\d+)+[万만]?)?")
MOST = 2048  # figures, each in one language, whose HTML each process remembers

register = template.Library()

register.filter(plain_number)


@register.simple_tag
def figure_parts(observation: Model) -> dict[str, str]:
    """A figure's display in three pieces, so that its number can be set large: 约 | 57 | 亩."""
    text = observation.display()
    found = NUMBER.search(text)
    if found is None:
        return {"before": "", "number": text, "after": ""}
    before, after = part(text, 0, found.start()), part(text, found.end(), len(text))
    return {"before": before, "number": found.group(), "after": after}


@register.simple_tag
def figure(observation: Any, show_subject: bool = False) -> SafeString:
    """A figure set large, with what it is of; its metric, period and subject are loaded. It stands in a `<dl>`."""
    metric, dimension = observation.metric, observation.dimension
    said: dict[str, Any] = figure_parts(observation) | {
        "theme": metric.theme.key,
        "name": metric.name,
        "part": "" if dimension.is_total else dimension.label,
        "url": metric.get_absolute_url(),
        "value": plain_number(observation.value),
        "subject": observation.subject if show_subject else "",
        "period": observation.period.label,
    }
    made = _figure.__wrapped__ if settings.DEBUG else _figure  # a template that is being worked on changes
    return made(tuple((name, conditional_escape(str(value))) for name, value in said.items()))


@lru_cache(MOST)
def _figure(said: tuple[tuple[str, SafeString], ...]) -> SafeString:
    """What it says is escaped: texts that are equal may not be in the same language, their HTML says in which."""
    return render_to_string("components/figure.html", dict(said))


@register.filter
def per_mille(value: float) -> int:
    """A share as thousandths, for the width of a bar."""
    return min(1000, max(0, round(value * 1000)))
