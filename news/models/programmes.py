from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, MultipleChooserPanel
from wagtail.models import Orderable
from wagtail.search import index

from core.fields import ContentField
from core.languages import content_language, reading
from core.metadata.subject import Subject
from core.models import BasePage, BasePageManager, BasePageQuerySet
from core.models.keyed_pages import KeyedPageMixin
from core.queries.prepared import prepared
from core.searching.fields import AutocompleteField, SearchField, translated_search_fields
from metrics.blocks import ObservationChooserBlock
from metrics.models import Observation
from schools.choices import Level
from schools.labels import other_names
from schools.models import SchoolPage

from ..blocks import programme_blocks
from ..choices import Category


MOST_STORIES = 20  # named on a programme's page, the newest; the list of stories has them all


class ProgrammeIndexPage(BasePage):
    """All programmes: /programmes/."""

    max_count = 1
    parent_page_types: ClassVar = ["news.HomePage"]
    subpage_types: ClassVar = ["news.ProgrammePage"]
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("programme list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        programmes = ProgrammePage.objects.child_of(self).for_listing()
        context["programmes"] = programmes.in_language(context["shown_in"])
        context["subject"] = Subject(page=self, listed=(context["programmes"],))
        context["in_chinese_only"] = programmes.not_in_language(context["shown_in"])
        return context


class ProgrammeQuerySet(BasePageQuerySet):
    def for_listing(self) -> "ProgrammeQuerySet":
        """Live programmes by category: one query."""
        return self.readable().without_aliases().select_related("picture").defer("body").order_by("category", "path")

    def for_serving(self) -> "ProgrammeQuerySet":
        return super().for_serving().select_related("holder")


class PartBlock(blocks.StructBlock):
    """One of the named parts of a programme."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    description = blocks.TextBlock(label=_("Description"), required=False, rows=2)

    class Meta:
        icon = "list-ul"
        label = _("Part")


class TargetBlock(blocks.StructBlock):
    """What is promised by when, and what is known of the progress."""

    promise = blocks.TextBlock(label=_("What"), rows=2)
    due = blocks.CharBlock(label=_("By when"), max_length=40, required=False)
    figure = ObservationChooserBlock("metrics.Observation", label=_("Latest figure"), required=False)
    evidence = blocks.TextBlock(
        label=_("Evidence"), rows=2, required=False, help_text=_("What shows how far it has come, and who says so.")
    )

    class Meta:
        icon = "crosshairs"
        label = _("Target")
        template = "blocks/target.html"


class ProgrammePage(KeyedPageMixin, BasePage):
    """A plan, reform, platform or school project: /programmes/<key>/."""

    other_names = models.CharField(_("other names"), max_length=300, blank=True, help_text=_("Separated by commas."))
    category = models.CharField(_("category"), max_length=14, choices=Category.choices)
    level = models.CharField(_("level"), max_length=20, choices=Level.choices, default=Level.UNSTATED)
    holder = models.ForeignKey(
        "schools.Organisation",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("holder"),
    )
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    period_note = models.CharField(_("note on the dates"), max_length=200, blank=True)
    parts = ContentField([("part", PartBlock())], blank=True, verbose_name=_("parts"))
    targets = ContentField([("target", TargetBlock())], blank=True, verbose_name=_("targets"))
    body = ContentField(programme_blocks(), blank=True, verbose_name=_("body"))
    metrics = ParentalManyToManyField(
        "metrics.Metric", blank=True, related_name="programmes", verbose_name=_("metrics")
    )

    objects = BasePageManager.from_queryset(ProgrammeQuerySet)()

    parent_page_types: ClassVar = ["news.ProgrammeIndexPage"]
    subpage_types: ClassVar = []
    search_fields = [
        *BasePage.search_fields,
        SearchField("other_names", boost=2),
        AutocompleteField("other_names", pinyin=True),
        *translated_search_fields("parts"),
        *translated_search_fields("targets"),
        *translated_search_fields("body"),
        index.FilterField("key"),
        index.FilterField("category"),
        index.FilterField("level"),
    ]
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("other_names"),
        FieldRowPanel([FieldPanel("category"), FieldPanel("level")]),
        FieldPanel("standfirst", heading=_("Description")),
        FieldPanel("picture"),
        FieldPanel("parts"),
        FieldPanel("targets"),
        FieldPanel("body"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("starts_on"), FieldPanel("ends_on")]),
                FieldPanel("period_note"),
                FieldPanel("holder"),
            ],
            heading=_("Dates and holder"),
        ),
        MultipleChooserPanel("school_links", "school", heading=_("Schools"), label=_("school")),
        MultipleChooserPanel("related_links", "related", heading=_("Related programmes"), label=_("programme")),
        FieldPanel("metrics"),
    ]

    class Meta:
        verbose_name = _("programme")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="programme_dates_in_order"
            )
        ]
        verbose_name_plural = _("programmes")

    def clean(self) -> None:
        super().clean()
        if isinstance(self.starts_on, date) and isinstance(self.ends_on, date) and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first day.")})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        found = self._as_drafted() if getattr(request, "is_preview", False) else _as_published(self.pk)
        with reading(context["shown_in"]):
            context |= {name: list(rows) for name, rows in found.items()}
            context["stories"] = list(_stories_about(self.pk or 0))
            context["also_called"] = other_names(self)
        context["subject"] = Subject(page=self, listed=(context["stories"], context["related"], context["schools"]))
        return context

    def _as_drafted(self) -> dict[str, QuerySet]:
        """What the page of this draft lists."""
        return {
            "schools": _schools([link.school_id for link in self.school_links.all()]),
            "related": _programmes([link.related_id for link in self.related_links.all()]),
            "observations": _observations(list(self.metrics.all())),
        }


def _schools(keys: Any) -> QuerySet:
    return SchoolPage.objects.filter(pk__in=keys).for_listing()


def _programmes(keys: Any) -> QuerySet:
    return BasePage.objects.readable().filter(pk__in=keys).order_by("path")


def _observations(metrics: Any) -> QuerySet:
    return Observation.objects.public().filter(metric__in=metrics).with_context()


def _as_published(programme: int) -> dict[str, QuerySet]:
    """What the live page lists."""
    return {
        "schools": _schools_of(programme),
        "related": _programmes_of(programme),
        "observations": _observations_of(programme),
    }


@prepared
def _schools_of(programme: int) -> QuerySet:
    return _schools(ProgrammeSchool.objects.filter(programme=programme).values("school"))


@prepared
def _programmes_of(programme: int) -> QuerySet:
    return _programmes(ProgrammeRelated.objects.filter(programme=programme).values("related"))


@prepared
def _observations_of(programme: int) -> QuerySet:
    return _observations(ProgrammePage.metrics.through.objects.filter(programmepage=programme).values("metric"))


@prepared
def _stories_about(programme: int) -> QuerySet:
    linked = ProgrammePage._meta.get_field("story_links").related_model.objects.filter(programme=programme)
    stories = BasePage.objects.readable().in_language(content_language()).filter(pk__in=linked.values("story"))
    return stories.order_by("-first_published_at", "-pk")[:MOST_STORIES]


class ProgrammeSchool(Orderable):
    programme = ParentalKey(ProgrammePage, related_name="school_links")
    school = models.ForeignKey(
        "schools.SchoolPage", models.CASCADE, related_name="programme_links", verbose_name=_("school")
    )

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["programme", "school"], name="programme_school_once")]


class ProgrammeRelated(Orderable):
    programme = ParentalKey(ProgrammePage, related_name="related_links")
    related = models.ForeignKey(
        ProgrammePage, models.CASCADE, related_name="related_from_links", verbose_name=_("programme")
    )

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["programme", "related"], name="programme_related_once")
        ]
