"""What a figure is measured in, when, and of which part."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from core.languages import content_language, source_columns
from core.models import KeyedMixin, TranslatedMixin
from core.numbers import UnitForms, plural_forms, standard_forms
from core.searching.fields import translated_search_fields
from core.text.fallback import FallbackText

from ..choices import PeriodKind, UnitKind


class Theme(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """A chapter of the figures; its key is also the name of its tint."""

    name = models.CharField(_("name"), max_length=80)
    description = models.TextField(_("description"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [FieldPanel("name"), FieldPanel("key"), FieldPanel("description"), FieldPanel("order")]
    search_fields: ClassVar = [*translated_search_fields("name", autocomplete=True)]

    class Meta:
        ordering: ClassVar = ["order", "key"]
        verbose_name = _("theme")
        verbose_name_plural = _("themes")

    def __str__(self) -> str:
        return self.name or self.key


class Unit(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """A unit of measurement. Values are stored in base units: yuan, never 万元."""

    symbol = models.CharField(
        _("symbol"),
        max_length=120,
        help_text=_(
            "As written after a number. In languages with plurals all forms, separated by “|”: school | schools"
        ),
    )
    kind = models.CharField(_("kind"), max_length=10, choices=UnitKind.choices, default=UnitKind.COUNT)
    square_metres = models.DecimalField(
        _("square metres"),
        max_digits=18,
        decimal_places=10,
        null=True,
        blank=True,
        help_text=_("For units of area: how many square metres one is. 1 mu is 2000/3 m²."),
    )
    note = models.TextField(_("note"), blank=True)

    panels = [
        FieldPanel("symbol"),
        FieldPanel("key"),
        FieldPanel("kind"),
        FieldPanel("square_metres"),
        FieldPanel("note"),
    ]
    search_fields: ClassVar = [*translated_search_fields("symbol", autocomplete=True), index.FilterField("kind")]

    class Meta:
        ordering: ClassVar = ["key"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")

    def __str__(self) -> str:
        with source_columns():
            return f"{self.symbol} ({self.key})"

    @staticmethod
    def check_translation(name: str, text: str, language: str) -> None:
        """Asked by the translators' desk. Raises ValueError if figures could not be written with the text."""
        if name == "symbol":
            plural_forms(text, language)

    def clean(self) -> None:
        super().clean()
        try:
            plural_forms(self.symbol or "", content_language())
        except ValueError as error:
            raise ValidationError({"symbol": str(error)}) from error

    def forms(self) -> UnitForms:
        """This unit in the language being read."""
        return UnitForms(kind=self.kind, symbol=self.shown_symbol, square_metres=self.square_metres)

    @property
    def shown_symbol(self) -> str:
        """The symbol in the language being read. One that is not translated is said as `standard_forms` has it, else in
        Chinese."""
        symbol = self.symbol or ""
        known = standard_forms(symbol, content_language()) if isinstance(symbol, FallbackText) else None
        return symbol if known is None else known


class Period(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """When a figure holds; `basis` says whether the source prints the dates or they were inferred."""

    label = models.CharField(_("label"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=PeriodKind.choices)
    start = models.DateField(_("first day"), null=True, blank=True)
    end = models.DateField(_("last day"), null=True, blank=True)
    basis = models.TextField(_("how the dates are known"), blank=True)

    panels = [
        FieldPanel("label"),
        FieldPanel("key"),
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("basis"),
    ]
    search_fields: ClassVar = [*translated_search_fields("label", autocomplete=True), index.FilterField("kind")]

    class Meta:
        ordering: ClassVar = ["-end", "-start", "key"]
        verbose_name = _("period")
        verbose_name_plural = _("periods")
        constraints: ClassVar = [models.CheckConstraint(condition=Q(end__gte=F("start")), name="period_dates_in_order")]

    def __str__(self) -> str:
        return self.label or self.key

    def clean(self) -> None:
        super().clean()
        if self.start and self.end and self.start > self.end:
            raise ValidationError({"end": _("The last day is before the first day.")})


class Dimension(TranslatedMixin, KeyedMixin, index.Indexed, models.Model):
    """The part of the whole that a figure is about: an axis and a member of it; 'total' is one."""

    TOTAL = "total"
    unsaid = Q(axis=TOTAL)

    label = models.CharField(_("label"), max_length=120)
    axis = models.SlugField(_("axis"), max_length=40)
    member = models.SlugField(_("member"), max_length=60)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    panels = [
        FieldPanel("label"),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("axis"), FieldPanel("member"), FieldPanel("order")]),
    ]
    search_fields: ClassVar = [*translated_search_fields("label", autocomplete=True), index.FilterField("axis")]

    class Meta:
        ordering: ClassVar = ["axis", "order", "member"]
        verbose_name = _("dimension")
        verbose_name_plural = _("dimensions")
        constraints: ClassVar = [models.UniqueConstraint(fields=["axis", "member"], name="dimension_unique_member")]

    def __str__(self) -> str:
        return self.label or self.key

    @property
    def is_total(self) -> bool:
        return self.axis == self.TOTAL
