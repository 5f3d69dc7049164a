"""How to cite a metric, and under which licence it may be used."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from core.models import PortalSettings
from core.text.fallback import joined

from .labels import citation_words, licence_words, source_words
from .models.metric import Metric
from .models.observation import Observation


class Licence(NamedTuple):
    name: str
    url: str


def licence(request: HttpRequest) -> Licence | None:
    """The licence of all figures, in the language being read; None as long as the portal states none."""
    portal = PortalSettings.for_request(request)
    return Licence(portal.licence_name, portal.licence_url) if portal.licence_name else None


def terms(request: HttpRequest) -> dict[str, str | None]:
    """What every answer for programs says of the licence."""
    stated = licence(request)
    return {
        "licence": stated.name if stated else None,
        "licence_url": stated.url or None if stated else None,
        "licence_note": licence_words(stated.name if stated else None),
    }


def portal_name(request: HttpRequest) -> str:
    return str(PortalSettings.for_request(request).name)


def last_changed(metric: Metric, observations: Sequence[Observation]) -> datetime | None:
    """When the metric or one of its values was last published; None if that is not on record."""
    known = [metric.last_published_at, *(observation.last_published_at for observation in observations)]
    return max(filter(None, known), default=None)


def citation(metric: Metric, observations: Sequence[Observation], request: HttpRequest) -> str:
    """Title, period, portal, sources, date of the last change, licence and address, in the language being read."""
    changed, stated = last_changed(metric, observations), licence(request)
    facts = {
        "title": metric.name,
        "portal": portal_name(request),
        "period": joined("; ", dict.fromkeys(str(o.period) for o in observations)),
        "source": joined("; ", dict.fromkeys(_source(o) for o in observations)),
        "changed": date_format(timezone.localtime(changed)) if changed else "",
        "licence": stated.name if stated else "",
    }
    return joined(" ", (citation_words(facts), request.build_absolute_uri(metric.get_absolute_url())))


def _source(observation: Observation) -> str:
    source = observation.source
    return source_words([str(part) for part in (source.authors, source.title, source.publisher) if part])
