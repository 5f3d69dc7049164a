from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.languages import content_language
from core.models import TranslatedMixin
from core.numbers import write_figure
from core.queries.prepared import prepared

from ..choices import Qualifier


class PastValue(TranslatedMixin, models.Model):
    """A value that readers saw until it was replaced, and why it was. Written by `Observation.save`, never edited."""

    observation = models.ForeignKey(
        "metrics.Observation", models.CASCADE, related_name="past_values", verbose_name=_("observation")
    )
    reason = models.CharField(_("reason for the change"), max_length=300, blank=True)
    value = models.DecimalField(_("value"), max_digits=20, decimal_places=4)
    unit = models.ForeignKey("metrics.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.choices)
    printed = models.CharField(_("as printed"), max_length=60, blank=True)
    replaced_at = models.DateTimeField(_("replaced at"), auto_now_add=True)
    is_withdrawn = models.BooleanField(default=False, editable=False)
    """Of an observation that is not published any more: the value that readers saw last. It stays if another one is
    published, and goes if the same one is."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["observation"], condition=models.Q(is_withdrawn=True), name="past_value_withdrawn_once"
            )
        ]
        ordering: ClassVar = ["-replaced_at", "-pk"]
        verbose_name = _("past value")
        verbose_name_plural = _("past values")

    def __str__(self) -> str:
        return f"{self.observation} ← {self.display()}"

    def settle(self, reason: str, is_changed: bool) -> bool:
        """Another value is published now: keep this one with the reason. Of the same one again nothing is kept."""
        self.reason, self.is_withdrawn = reason, False
        if is_changed:
            self.save()
        elif self.pk:
            self.delete()
        return is_changed

    def display(self) -> str:
        """The value as readers of the current language saw it."""
        forms = self.unit.forms()
        return write_figure(self.value, forms, content_language(), qualifier=self.qualifier, printed=self.printed)


def with_past_values(observations: Iterable[Any]) -> list[Any]:
    """These observations, each with its past values at hand in `past_values`: one query."""
    found = list(observations)
    values = defaultdict(list)
    for past in _of_observations([each.pk for each in found]) if found else ():
        values[past.observation_id].append(past)
    for each in found:
        each._prefetched_objects_cache = {"past_values": values[each.pk]}
    return found


@prepared
def _of_observations(ids: Iterable[int]) -> models.QuerySet[PastValue]:
    return PastValue.objects.filter(observation__in=ids).select_related("unit")
