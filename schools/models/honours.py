from collections import defaultdict
from collections.abc import Iterable
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from core.queries.narrow import NarrowQuerySet
from core.queries.prepared import prepared
from core.searching.fields import AutocompleteField, SearchField

from ..choices import CountBasis, HonourKind, Level
from .bodies import NamedThing


class HonourQuerySet(NarrowQuerySet):
    def known_to_readers(self) -> "HonourQuerySet":
        """Those of no school that is a draft or private."""
        schools = self.model._meta.get_field("holder_school").related_model.objects.readable()
        return self.filter(Q(holder_school__isnull=True) | Q(holder_school__in=schools.values("pk")))

    def by_level(self) -> "HonourQuerySet":
        """From the national level down, with who holds and who granted each."""
        levels = [models.When(level=value, then=number) for number, value in enumerate(Level.values)]
        place = models.Case(*levels, output_field=models.IntegerField())
        return self.select_related("grantor", "holder_organisation", "holder_school").order_by(place, "key")


class Honour(NamedThing):
    """An award, designation, approval or title, held by a school or by another body, never by both."""

    cited: ClassVar = ("key", "name", "level", "year")

    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=20, choices=HonourKind.choices, default=HonourKind.AWARD)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, default=Level.UNSTATED)
    grantor = models.ForeignKey(
        "schools.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="granted",
        verbose_name=_("granted by"),
    )
    year = models.PositiveSmallIntegerField(
        _("year"), null=True, blank=True, validators=[MinValueValidator(1800), MaxValueValidator(2200)]
    )
    holder_school = models.ForeignKey(
        "schools.SchoolPage",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("holder: school"),
    )
    holder_organisation = models.ForeignKey(
        "schools.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="honours",
        verbose_name=_("holder: organisation"),
    )
    count = models.PositiveIntegerField(_("count"), default=1)
    count_basis = models.CharField(
        _("count basis"), max_length=20, choices=CountBasis.choices, default=CountBasis.NAMED
    )
    evidence = models.CharField(_("evidence"), max_length=300, blank=True, help_text=_("Where this can be checked."))
    note = models.TextField(_("note"), blank=True)

    objects = HonourQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldPanel("key"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("level")]),
        MultiFieldPanel(
            [FieldPanel("holder_school"), FieldPanel("holder_organisation")], heading=_("Holder: one of the two")
        ),
        FieldRowPanel([FieldPanel("grantor"), FieldPanel("year")]),
        FieldRowPanel([FieldPanel("count"), FieldPanel("count_basis")]),
        FieldPanel("evidence"),
        FieldPanel("note"),
    ]
    search_fields: ClassVar = [
        *NamedThing.search_fields,
        SearchField("holder_name"),
        AutocompleteField("holder_name"),
        index.FilterField("level"),
        index.FilterField("kind"),
        index.FilterField("year"),
        index.FilterField("holder_school"),
        index.FilterField("holder_organisation"),
    ]

    class Meta(NamedThing.Meta):
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(holder_school__isnull=True) ^ Q(holder_organisation__isnull=True), name="honour_one_holder"
            )
        ]

    @property
    def holder(self) -> models.Model:
        return self.holder_school or self.holder_organisation

    def count_words(self) -> str:
        """×3; where a figure says it less exactly, in the figure's words: more than 50 awards. Empty for one."""
        hedged = (
            figure for figure in self.public_figures if figure.qualifier != "exact" and figure.value == self.count
        )
        figure = next(hedged, None)
        if figure:
            return figure.display()
        return f"×{self.count}" if self.count > 1 else ""

    def holder_name(self) -> str:
        return str(self.holder or "")

    def clean(self) -> None:
        super().clean()
        require_exactly_one(self, "holder_school", "holder_organisation")


def require_exactly_one(obj: models.Model, first: str, second: str) -> None:
    """Raise a ValidationError for the fields unless exactly one of the two foreign keys is set."""
    given = [name for name in (first, second) if getattr(obj, f"{name}_id")]
    if len(given) == 2:
        raise ValidationError({second: _("Choose a school or an organisation, not both.")})
    if not given:
        raise ValidationError({first: _("Choose a school or an organisation.")})


def with_figures(honours: Iterable[Honour]) -> list[Honour]:
    """These honours, each with the figures about it that readers may see in `public_figures`: one query."""
    found = list(honours)
    figures: dict[int, list[Any]] = defaultdict(list)
    for figure in _figures_about([honour.pk for honour in found]) if found else ():
        figures[figure.honour_id].append(figure)
    for honour in found:
        honour.public_figures = figures[honour.pk]
    return found


@prepared
def honours_of_organisations() -> models.QuerySet[Honour]:
    """All honours that no school holds."""
    return Honour.objects.filter(holder_organisation__isnull=False).by_level()


@prepared
def honours_of_school(school: int) -> models.QuerySet[Honour]:
    return Honour.objects.filter(holder_school=school).by_level()


@prepared
def _figures_about(ids: Iterable[int]) -> models.QuerySet:
    figures = Honour._meta.get_field("observations").related_model.objects.public()
    return figures.filter(honour__in=ids).select_related("unit")
