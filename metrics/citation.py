"""How to cite a metric, and under which licence it may be used."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from core.models import PortalSettings

from .labels import citation_parts
from .models import Metric, Observation


def licence() -> str | None:
    """The licence of all figures; None as long as the portal states none."""
    return None


def portal_name(request: HttpRequest) -> str:
    return str(PortalSettings.for_request(request).name)


def last_changed(metric: Metric, observations: Sequence[Observation]) -> datetime | None:
    """When the metric or one of its values was last published; None if that is not on record.

    `observations` should have `latest_revision` loaded.
    """
    known = [metric.last_published_at, *(o.latest_revision and o.latest_revision.created_at for o in observations)]
    return max(filter(None, known), default=None)


def citation(metric: Metric, observations: Sequence[Observation], request: HttpRequest) -> str:
    """Title, period, portal, sources, date of the last change and address, in the language being read."""
    changed = last_changed(metric, observations)
    facts = {
        "title": metric.name,
        "portal": portal_name(request),
        "period": "; ".join(dict.fromkeys(str(o.period) for o in observations)),
        "source": "; ".join(dict.fromkeys(_source(o) for o in observations)),
        "changed": date_format(timezone.localtime(changed)) if changed else "",
    }
    return " ".join([*citation_parts(facts), request.build_absolute_uri(metric.get_absolute_url())])


def _source(observation: Observation) -> str:
    source = observation.source
    return ", ".join(str(part) for part in (source.authors, source.title, source.publisher) if part)
