from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from core.languages import SOURCE, content_language
from core.models import KeyedMixin, SourceRevisionsMixin, TranslatedMixin
from core.numbers import write_figure
from core.searching.fields import AutocompleteField, SearchField
from schools.models.honours import one_of

from ..choices import ObservationStatus, Qualifier


if TYPE_CHECKING:
    from .metric import Metric


class ObservationQuerySet(models.QuerySet):
    def with_context(self) -> "ObservationQuerySet":
        """With all that a figure shows beside its value: one query."""
        return self.select_related(
            "metric",
            "metric__theme",
            "unit",
            "period",
            "dimension",
            "source",
            "honour",
            "subject_school",
            "subject_organisation",
        )

    def of_readable(self) -> "ObservationQuerySet":
        """Those whose subject readers may know of: no school that is a draft or private."""
        schools = self.model._meta.get_field("subject_school").related_model.objects.readable()
        return self.filter(models.Q(subject_school__isnull=True) | models.Q(subject_school__in=schools.values("pk")))

    def public(self) -> "ObservationQuerySet":
        """Those that readers may see: of a live metric too."""
        return self.of_readable().filter(metric__live=True)

    def by_metric(self, metrics: set[str]) -> "list[Metric]":
        """These live metrics, each with its rows in `known_observations`: one query for all of them."""
        rows = self.public().with_context().filter(metric__in=metrics)
        ordered = rows.order_by("metric_id", "dimension__order", "period__end", "pk")
        found = []
        for _pk, group in groupby(ordered, key=lambda row: row.metric_id):
            observations = list(group)
            observations[0].metric.known_observations = observations
            found.append(observations[0].metric)
        return found


class Observation(SourceRevisionsMixin, TranslatedMixin, KeyedMixin, RevisionMixin, index.Indexed, models.Model):
    """One value of a metric, for one subject, one period and one dimension. The only place where a value stands.

    `value` is in base units: 137000000 with unit yuan, 98.02 with unit percent.
    """

    note = models.TextField(
        _("note"), blank=True, help_text=_("What a reader must know: doubts, limits, how it was counted.")
    )
    metric = models.ForeignKey("metrics.Metric", models.PROTECT, related_name="observations", verbose_name=_("metric"))
    unit = models.ForeignKey("metrics.Unit", models.PROTECT, related_name="observations", verbose_name=_("unit"))
    period = models.ForeignKey("metrics.Period", models.PROTECT, related_name="observations", verbose_name=_("period"))
    dimension = models.ForeignKey(
        "metrics.Dimension", models.PROTECT, related_name="observations", verbose_name=_("dimension")
    )
    subject_school = models.ForeignKey(
        "schools.SchoolPage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("subject: school"),
    )
    subject_organisation = models.ForeignKey(
        "schools.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="observations",
        verbose_name=_("subject: organisation"),
    )
    value = models.DecimalField(
        _("value"),
        max_digits=20,
        decimal_places=4,
        help_text=_("In base units: 137000000 for 1.37亿元, 98.02 for 98.02%."),
    )
    qualifier = models.CharField(_("qualifier"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    printed = models.CharField(
        _("as printed"), max_length=60, blank=True, help_text=_("The source's own form: 1.37亿元")
    )
    comparator_value = models.DecimalField(_("comparator"), max_digits=20, decimal_places=4, null=True, blank=True)
    comparator_scope = models.ForeignKey(
        "schools.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("comparator's scope"),
    )
    comparator_printed = models.CharField(_("comparator as printed"), max_length=60, blank=True)
    source = models.ForeignKey("metrics.Source", models.PROTECT, related_name="observations", verbose_name=_("source"))
    source_place = models.CharField(_("place in the source"), max_length=60, blank=True, help_text=_("A line or page."))
    derived = models.BooleanField(_("counted, not printed"), default=False)
    honour = models.ForeignKey(
        "schools.Honour", models.SET_NULL, null=True, blank=True, related_name="observations", verbose_name=_("honour")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=ObservationStatus.choices, default=ObservationStatus.FINAL
    )

    objects = ObservationQuerySet.as_manager()

    panels = [
        FieldPanel("metric"),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("value"), FieldPanel("unit"), FieldPanel("qualifier"), FieldPanel("printed")]),
        FieldRowPanel([FieldPanel("period"), FieldPanel("dimension")]),
        MultiFieldPanel(
            [FieldPanel("subject_school"), FieldPanel("subject_organisation")], heading=_("Subject: one of the two")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("comparator_value"), FieldPanel("comparator_printed")]),
                FieldPanel("comparator_scope"),
            ],
            heading=_("Comparator"),
        ),
        MultiFieldPanel(
            [FieldPanel("source"), FieldRowPanel([FieldPanel("source_place"), FieldPanel("derived")])],
            heading=_("Source"),
        ),
        FieldPanel("honour"),
        FieldPanel("note"),
        FieldPanel("status"),
    ]
    search_fields: ClassVar = [
        SearchField("search_text"),
        AutocompleteField("search_text"),
        index.FilterField("key"),
        index.FilterField("metric"),
        index.FilterField("period"),
        index.FilterField("dimension"),
        index.FilterField("status"),
        index.FilterField("subject_school"),
        index.FilterField("subject_organisation"),
    ]

    class Meta:
        ordering: ClassVar = ["metric__theme__order", "metric__order", "key"]
        verbose_name = _("observation")
        verbose_name_plural = _("observations")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(subject_school__isnull=True) ^ Q(subject_organisation__isnull=True),
                name="observation_one_subject",
            ),
            models.UniqueConstraint(
                fields=["metric", "subject_school", "period", "dimension"],
                condition=Q(subject_school__isnull=False),
                name="observation_unique_of_school",
            ),
            models.UniqueConstraint(
                fields=["metric", "subject_organisation", "period", "dimension"],
                condition=Q(subject_organisation__isnull=False),
                name="observation_unique_of_organisation",
            ),
            models.CheckConstraint(
                condition=Q(comparator_value__isnull=True) | Q(comparator_scope__isnull=False),
                name="observation_comparator_has_scope",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} · {self.subject} · {self.period}: {self.display()}"

    @property
    def subject(self) -> models.Model:
        return self.subject_school or self.subject_organisation

    def display(self) -> str:
        """The value as readers of the current language see it: 1.37亿元, 137 million yuan."""
        return write_figure(
            self.value, self.unit.forms(), content_language(), qualifier=self.qualifier, printed=self.printed
        )

    def comparator_display(self) -> str:
        """The comparator's value in the same unit, or an empty string."""
        if self.comparator_value is None:
            return ""
        return write_figure(
            self.comparator_value, self.unit.forms(), content_language(), printed=self.comparator_printed
        )

    @property
    def share(self) -> float | None:
        """This value as a share of its comparator, 0 to 1; None without one."""
        return float(self.value / self.comparator_value) if self.comparator_value else None

    def search_text(self) -> str:
        parts = [
            self.key,
            self.metric.name,
            self.subject,
            self.period,
            self.printed,
            self.display(),
            self.value.normalize(),
        ]
        return " ".join(str(part) for part in parts)

    def is_in(self, code: str) -> bool:
        """A figure has no name of its own: it is in a language when its metric is."""
        return code == SOURCE or self.metric.is_in(code)

    def clean(self) -> None:
        super().clean()
        one_of(self, "subject_school", "subject_organisation")
        errors = {}
        if self._is_duplicate():
            errors["period"] = _("This metric already has a value for the same subject, period and dimension.")
        if self._is_percent() and self.value is not None and self.value > 100 and not self.note:
            errors["note"] = _("More than 100 percent: say in the note how that can be.")
        if self.comparator_value is not None and self.comparator_value <= 0:
            errors["comparator_value"] = _("A comparator is a total: more than nothing.")
        if self.comparator_value is not None and not self.comparator_scope_id:
            errors["comparator_scope"] = _("Say whose total the comparator is.")
        if errors:
            raise ValidationError(errors)

    def _is_percent(self) -> bool:
        return bool(self.unit_id) and self.unit.kind == "percent"

    def _is_duplicate(self) -> bool:
        return (
            type(self)
            .objects.exclude(pk=self.pk)
            .filter(
                metric=self.metric_id,
                period=self.period_id,
                dimension=self.dimension_id,
                subject_school=self.subject_school_id,
                subject_organisation=self.subject_organisation_id,
            )
            .exists()
        )
