"""What is asked before a figure or a metric is taken from readers: who does it sees what shows it."""

from typing import Any

from django.db import models
from django.urls import reverse
from wagtail.permissions import policy_registry
from wagtail.snippets.views.snippets import UnpublishView

from core.editing.visibility import visible_to
from core.models import BasePage

from .models import Metric, Observation
from .showing import Showing, pages_showing


SHOWN = 50  # pages that are named


class ShowingUnpublishView(UnpublishView):
    """With the live pages that would show it no more. Those that the person may not know of are only counted."""

    template_name = "metrics/admin/unpublish.html"

    def shown_by(self) -> tuple[models.QuerySet, models.QuerySet]:
        """(the figures that go, the metrics whose charts change)."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = pages_showing(*self.shown_by())
        known = visible_to(self.request.user, BasePage.objects.filter(pk__in=[each.page.pk for each in found]))
        keys = set(known.values_list("pk", flat=True)) if found else set()
        seen = [each for each in found if each.page.pk in keys]
        shown = [{"page": each.page, "is_named": each.is_named, "url": self._url(each)} for each in seen[:SHOWN]]
        return super().get_context_data(**kwargs) | {"shown_in": shown, "more": len(found) - len(shown)}

    def _url(self, each: Showing) -> str:
        """Its form, for those who may edit it."""
        policy = policy_registry.get_by_type(BasePage)
        may_edit = policy.user_has_permission_for_instance(self.request.user, "change", each.page)
        return reverse("wagtailadmin_pages:edit", args=[each.page.pk]) if may_edit else each.page.get_url() or ""


class ObservationUnpublishView(ShowingUnpublishView):
    def shown_by(self) -> tuple[models.QuerySet, models.QuerySet]:
        return Observation.objects.filter(pk=self.object.pk), Metric.objects.filter(pk=self.object.metric_id)


class MetricUnpublishView(ShowingUnpublishView):
    def shown_by(self) -> tuple[models.QuerySet, models.QuerySet]:
        return Observation.objects.filter(metric=self.object), Metric.objects.filter(pk=self.object.pk)
