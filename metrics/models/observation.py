from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PublishingPanel
from wagtail.models import DraftStateMixin, RevisionMixin, WorkflowMixin
from wagtail.search import index

from core.languages import SOURCE, content_language
from core.models import KeyedMixin, SourceRevisionsMixin, TranslatedMixin
from core.numbers import write_figure
from core.queries.narrow import NarrowQuerySet
from core.searching.fields import AutocompleteField, SearchField
from schools.models.honours import require_exactly_one

from .. import plausibility
from ..choices import ObservationStatus, Qualifier
from ..widgets import FigureInput
from .past_value import PastValue


class ObservationQuerySet(NarrowQuerySet):
    def with_names(self) -> "ObservationQuerySet":
        """With what says what a figure is of: one query."""
        return self.select_related(
            "metric__theme", "unit", "period", "dimension", "subject_school", "subject_organisation"
        )

    def cited(self) -> "ObservationQuerySet":
        """As pages show them that are not about figures: when they were published is said elsewhere."""
        return self.defer("first_published_at", "last_published_at")

    def with_context(self) -> "ObservationQuerySet":
        """With all that a figure shows beside its value: one query."""
        return self.with_names().select_related("source", "honour", "comparator_scope")

    def live(self) -> "ObservationQuerySet":
        return self.filter(live=True)

    def of_readable(self) -> "ObservationQuerySet":
        """Published ones whose subject readers may know of: no school that is a draft or private."""
        schools = self.model._meta.get_field("subject_school").related_model.objects.readable()
        known = models.Q(subject_school__isnull=True) | models.Q(subject_school__in=schools.values("pk"))
        return self.live().filter(known)

    def in_rows(self) -> "ObservationQuerySet":
        """Those of one metric in the order of its table, with all that a row shows."""
        return self.with_context().order_by("dimension__axis", "dimension__order", "period__end", "pk")

    def public(self) -> "ObservationQuerySet":
        """Those that readers may see: of a live metric too."""
        metrics = self.model._meta.get_field("metric").related_model.objects.live()
        return self.of_readable().filter(metric__in=metrics.values("pk"))  # without a join: it can be searched

    known_to_readers = public  # asked by core.editing.visibility


class Observation(
    SourceRevisionsMixin,
    TranslatedMixin,
    KeyedMixin,
    WorkflowMixin,
    DraftStateMixin,
    RevisionMixin,
    index.Indexed,
    models.Model,
):
    """One value of a metric, for one subject, one period and one dimension. The only place where a value is stored.

    `value` is in base units: 137000000 with unit yuan, 98.02 with unit percent. A draft may lack value, unit and source.
    Once published, a value that is replaced is kept as a PastValue with the reason for the change.
    """

    brings = ("metric", "unit", "period", "dimension", "subject_school", "subject_organisation")

    note = models.TextField(
        _("note"), blank=True, help_text=_("What a reader must know: doubts, limits, how it was counted.")
    )
    metric = models.ForeignKey("metrics.Metric", models.PROTECT, related_name="observations", verbose_name=_("metric"))
    unit = models.ForeignKey(
        "metrics.Unit", models.PROTECT, null=True, related_name="observations", verbose_name=_("unit")
    )
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
        null=True,
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
    source = models.ForeignKey(
        "metrics.Source", models.PROTECT, null=True, related_name="observations", verbose_name=_("source")
    )
    source_place = models.CharField(_("place in the source"), max_length=60, blank=True, help_text=_("A line or page."))
    derived = models.BooleanField(_("counted, not printed"), default=False)
    honour = models.ForeignKey(
        "schools.Honour", models.SET_NULL, null=True, blank=True, related_name="observations", verbose_name=_("honour")
    )
    status = models.CharField(
        _("status"), max_length=12, choices=ObservationStatus.choices, default=ObservationStatus.FINAL
    )
    change_reason = models.CharField(
        _("reason for the change"),
        max_length=300,
        blank=True,
        help_text=_("Due when a published value is changed. Readers see it beside the value that they saw before."),
    )

    objects = ObservationQuerySet.as_manager()

    panels = [
        FieldPanel("metric"),
        FieldPanel("key"),
        FieldRowPanel(
            [
                FieldPanel("value", widget=FigureInput),
                FieldPanel("unit"),
                FieldPanel("qualifier"),
                FieldPanel("printed"),
            ]
        ),
        FieldRowPanel([FieldPanel("period"), FieldPanel("dimension")]),
        MultiFieldPanel(
            [FieldPanel("subject_school"), FieldPanel("subject_organisation")], heading=_("Subject: one of the two")
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("comparator_value", widget=FigureInput), FieldPanel("comparator_printed")]),
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
        MultiFieldPanel([FieldPanel("status"), FieldPanel("change_reason")], heading=_("Status and changes")),
        PublishingPanel(),
    ]
    search_fields: ClassVar = [
        SearchField("search_text"),
        AutocompleteField("search_text"),
        index.FilterField("key"),
        index.FilterField("metric"),
        index.FilterField("period"),
        index.FilterField("dimension"),
        index.FilterField("status"),
        index.FilterField("live"),
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
            models.CheckConstraint(
                condition=Q(live=False) | Q(value__isnull=False, unit__isnull=False, source__isnull=False),
                name="observation_live_is_complete",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.metric} · {self.subject} · {self.period}: {self.display()}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep what readers saw, if this withdraws or replaces a published value."""
        if kwargs.get("update_fields") or not self.pk:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            published = self._published()
            if published and self.live:
                past = published.as_past_value() if isinstance(published, Observation) else published
                if past.settle(self.change_reason, is_changed=plausibility.is_changed(self, published)):
                    self.change_reason = ""
            elif isinstance(published, Observation):
                published.as_past_value(is_withdrawn=True).save()
            super().save(*args, **kwargs)

    @property
    def subject(self) -> models.Model:
        return self.subject_school or self.subject_organisation

    def display(self) -> str:
        """The value as readers of the current language see it: 1.37亿元, 137 million yuan; of a draft without value –."""
        if self.value is None or self.unit is None:
            return self.printed or "–"
        return write_figure(
            self.value, self.unit.forms(), content_language(), qualifier=self.qualifier, printed=self.printed
        )

    def as_past_value(self, is_withdrawn: bool = False) -> PastValue:
        """What readers see of it now, to be saved when it is withdrawn or replaced."""
        return PastValue(
            observation_id=self.pk,
            is_withdrawn=is_withdrawn,
            value=self.value,
            unit_id=self.unit_id,
            qualifier=self.qualifier,
            printed=self.printed,
        )

    def comparator_display(self) -> str:
        """The comparator's value in the same unit, or an empty string."""
        if self.comparator_value is None or self.unit is None:
            return ""
        return write_figure(
            self.comparator_value, self.unit.forms(), content_language(), printed=self.comparator_printed
        )

    @property
    def share(self) -> float | None:
        """This value as a share of its comparator, 0 to 1; None without one."""
        if self.value is None or not self.comparator_value:
            return None
        return float(self.value / self.comparator_value)

    def search_text(self) -> str:
        parts = [
            self.key,
            self.metric.name,
            self.subject,
            self.period,
            self.printed,
            self.display(),
            "" if self.value is None else self.value.normalize(),
        ]
        return " ".join(str(part) for part in parts)

    def is_in(self, code: str) -> bool:
        """A figure has no name of its own: it is in a language when its metric is."""
        return code == SOURCE or self.metric.is_in(code)

    # Rules ------------------------------------------------------------------------------------

    def clean(self) -> None:
        """What holds for drafts too. What is due before readers see it is asked for by `clean_for_publishing`."""
        super().clean()
        require_exactly_one(self, "subject_school", "subject_organisation")
        errors = {}
        if there := self._duplicate():
            errors["period"] = _duplicate_message(there)
        if self._is_percent() and self.value is not None and self.value > 100 and not self.note:
            errors["note"] = _("More than 100 percent: say in the note how that can be.")
        if self.comparator_value is not None and self.comparator_value <= 0:
            errors["comparator_value"] = _("A comparator is a total: more than nothing.")
        if self.comparator_value is not None and not self.comparator_scope_id:
            errors["comparator_scope"] = _("Say whose total the comparator is.")
        if errors:
            raise ValidationError(errors)

    def clean_for_publishing(self, draft: bool = False) -> None:
        """What must be right before readers see it; of a draft, only that it does not contradict itself.

        Raises ValidationError with a message for each field.
        """
        published = self._published()
        errors = plausibility.contradictions(self, published)
        if not draft:
            required = _("This field is required.")
            errors |= {name: required for name in ("value", "unit", "source") if getattr(self, name) is None}
            errors |= plausibility.change_errors(self, published)
        if errors:
            raise ValidationError(errors)

    def _published(self) -> "Observation | PastValue | None":
        """What readers see now; of what was withdrawn, what they saw last."""
        if not self.pk:
            return None
        live = type(self).objects.live().select_related("unit").filter(pk=self.pk).first()
        return live or self.past_values.filter(is_withdrawn=True).select_related("unit").first()

    def _is_percent(self) -> bool:
        return self.unit is not None and self.unit.kind == "percent"

    def _duplicate(self) -> Self | None:
        """Another one of the same metric, subject, period and dimension, draft or published."""
        same = {
            "metric": self.metric_id,
            "period": self.period_id,
            "dimension": self.dimension_id,
            "subject_school": self.subject_school_id,
            "subject_organisation": self.subject_organisation_id,
        }
        return type(self).objects.with_context().exclude(pk=self.pk).filter(**same).first()


def _duplicate_message(there: Observation) -> str:
    words = (
        _("This metric already has a value for the same subject, period and dimension: {key} ({display}).")
        if there.live
        else _("There is a draft already for the same metric, subject, period and dimension: {key} ({display}).")
    )
    return words.format(key=there.key, display=there.display())
