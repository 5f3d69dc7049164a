from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.search import index

from core.fields import ContentField
from core.languages import address_language, content_language, reading
from core.metadata.addresses import named_path
from core.metadata.subject import Subject
from core.models import BasePage, BasePageManager, BasePageQuerySet
from core.models.keyed_pages import KeyedPageMixin
from core.models.pages import CITED
from core.queries.prepared import prepared
from core.searching.fields import AutocompleteField, SearchField, translated_search_fields

from ..blocks import profile_blocks
from ..choices import Basis, GroupRelation, Ownership, Setting, Stage, Status
from ..directory import FACETS, Directory
from ..labels import checked_by
from .honours import Honour, honours_of_school, with_figures
from .record import RecordMixin


DATED = _("Separated by commas; a former name with its years in brackets: 双福小学（1998—2015）")
TAKEN = {"compare"}  # addresses below the directory that are no schools (schools/urls.py)


class SchoolIndexPage(BasePage):
    """The directory: /schools/."""

    max_count = 1
    parent_page_types: ClassVar = ["news.HomePage"]
    subpage_types: ClassVar = ["schools.SchoolPage"]
    query_parameters: ClassVar = ("q", *FACETS, "sort", "page")
    content_panels = [*BasePage.content_panels, FieldPanel("standfirst")]
    show_in_menus_default = True

    class Meta:
        verbose_name = _("school directory")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        language = context["shown_in"]
        with reading(language):
            open_codes = {each.code for each in getattr(request, "open_languages", [])}
            listing = Directory(SchoolPage.objects.child_of(self), language, request.GET, open_codes, self.pk)
            context |= {"listing": listing, "schools": listing.listed, "facets": listing.facets()}
        number = 1 if listing.asked else listing.page.number
        context["subject"] = Subject(page=self, number=number, listed=(context["schools"],))
        context["in_chinese_only"] = listing.in_chinese_only
        context["compare_url"] = named_path("compare-schools", address_language())
        context["csv_url"] = named_path("directory-csv", address_language())
        return context


@dataclass(frozen=True, kw_only=True)
class SchoolSubject(Subject):
    """A school, and what it has been honoured with."""

    page: "SchoolPage"
    honours: Iterable[Honour]


class SchoolQuerySet(BasePageQuerySet):
    def for_listing(self) -> "SchoolQuerySet":
        """Live schools with what a card shows, by stage and name: one query however many there are."""
        stages = [models.When(stage=value, then=number) for number, value in enumerate(Stage.values)]
        return (
            self.readable()
            .without_aliases()
            .select_related("town", "picture")
            .defer("body")
            .order_by(models.Case(*stages, output_field=models.IntegerField()), "path")
        )

    def for_serving(self) -> "SchoolQuerySet":
        relations = ("town", "zone", "group")
        return super().for_serving().select_related(*relations)


SchoolManager = BasePageManager.from_queryset(SchoolQuerySet)


class SchoolPage(RecordMixin, KeyedPageMixin, BasePage):
    """A school's, campus's or institution's profile: /schools/<key>/. Its title is its short name."""

    proper_names = ("title", "official_name")
    cited: ClassVar = (*CITED, "key", "stage")
    contact_fields: ClassVar = ("telephone", "address")

    official_name = models.CharField(_("official name"), max_length=200, blank=True)
    other_names = models.CharField(_("other names"), max_length=300, blank=True, help_text=_("Separated by commas."))
    stage = models.CharField(_("stage"), max_length=24, choices=Stage.choices)
    ownership = models.CharField(_("ownership"), max_length=20, choices=Ownership.choices, blank=True)
    setting = models.CharField(_("urban or rural"), max_length=10, choices=Setting.choices, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.EXISTING)
    status_note = models.CharField(_("status note"), max_length=300, blank=True)
    town = models.ForeignKey(
        "schools.Town", models.SET_NULL, null=True, blank=True, related_name="schools", verbose_name=_("town")
    )
    area = models.CharField(_("area"), max_length=120, blank=True, help_text=_("Where no town is known."))
    place_note = models.CharField(_("note on the place"), max_length=300, blank=True)
    zone = models.ForeignKey(
        "schools.SchoolZone",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="schools",
        verbose_name=_("school zone"),
    )
    group = models.ForeignKey(
        "schools.SchoolGroup",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="schools",
        verbose_name=_("school group"),
    )
    group_relation = models.CharField(
        _("relation to the group"), max_length=10, choices=GroupRelation.choices, blank=True
    )
    entrusted_to = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="entrusted_schools", verbose_name=_("entrusted to")
    )
    parent_campus = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="campuses", verbose_name=_("campus of")
    )
    opened_year = models.PositiveSmallIntegerField(
        _("opened in"), null=True, blank=True, validators=[MinValueValidator(1000), MaxValueValidator(2200)]
    )
    opened_basis = models.CharField(_("how this is known"), max_length=10, choices=Basis.choices, blank=True)
    opened_note = models.CharField(_("note on the opening"), max_length=300, blank=True)
    philosophy = models.TextField(_("names of its philosophy"), blank=True, help_text=_("One on each line."))
    body = ContentField(profile_blocks(), blank=True, verbose_name=_("profile"))
    catchment = models.TextField(_("catchment area"), blank=True)
    catchment_year = models.PositiveSmallIntegerField(_("catchment year"), null=True, blank=True)
    catchment_source = models.CharField(_("catchment source"), max_length=200, blank=True)
    address = models.CharField(_("address"), max_length=200, blank=True)
    telephone = models.CharField(_("telephone"), max_length=40, blank=True)
    website = models.URLField(_("website"), blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("WGS 84, in degrees."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    verified_on = models.DateField(_("checked by the school on"), null=True, blank=True)

    objects = SchoolManager()

    parent_page_types: ClassVar = ["schools.SchoolIndexPage"]
    subpage_types: ClassVar = []
    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("official_name", boost=2, autocomplete=True),
        SearchField("other_names", boost=2),
        AutocompleteField("other_names", pinyin=True),
        *translated_search_fields("body"),
        index.FilterField("key"),
        index.FilterField("stage"),
        index.FilterField("status"),
        index.FilterField("setting"),
        index.FilterField("town"),
    ]

    content_panels = [
        FieldPanel("title", heading=_("Name"), classname="title"),
        BasePage.address_panel,
        MultiFieldPanel(
            [FieldPanel("official_name"), FieldPanel("other_names", help_text=DATED)], heading=_("Other names")
        ),
        FieldRowPanel([FieldPanel("stage"), FieldPanel("ownership"), FieldPanel("setting")]),
        FieldPanel("standfirst", heading=_("Summary")),
        FieldPanel("picture"),
        FieldPanel("philosophy"),
        FieldPanel("body"),
    ]
    record_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("town"), FieldPanel("area")]), FieldPanel("place_note")], heading=_("Place")
        ),
        MultiFieldPanel(
            [
                FieldPanel("zone"),
                FieldRowPanel([FieldPanel("group"), FieldPanel("group_relation")]),
                FieldPanel("entrusted_to"),
                FieldPanel("parent_campus"),
            ],
            heading=_("Relations"),
        ),
        MultiFieldPanel([FieldPanel("status"), FieldPanel("status_note")], heading=_("Status")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("opened_year"), FieldPanel("opened_basis")]), FieldPanel("opened_note")],
            heading=_("Opening"),
        ),
        MultiFieldPanel(
            [FieldPanel("catchment"), FieldRowPanel([FieldPanel("catchment_year"), FieldPanel("catchment_source")])],
            heading=_("Catchment area"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("telephone"), FieldPanel("website")]),
                FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
                FieldPanel("verified_on"),
            ],
            heading=_("Contact"),
        ),
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=pgettext_lazy("school", "Profile")),
            ObjectList(record_panels, heading=_("Record")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ],
    )

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")

    def clean(self) -> None:
        super().clean()
        errors = {}
        for name in ("parent_campus", "entrusted_to"):
            if self.pk and getattr(self, f"{name}_id") == self.pk:
                errors[name] = _("A school cannot stand in this relation to itself.")
        if self.verified_on and self.verified_on > date.today():
            errors["verified_on"] = _("This day is still to come.")
        if self.slug in TAKEN:
            errors["slug"] = _("This key is the address of another page of the portal.")
        if errors:
            raise ValidationError(errors)

    @property
    def philosophies(self) -> list[str]:
        return [line.strip() for line in self.text("philosophy").splitlines() if line.strip()]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["observations"] = list(_observations_of(self.pk or 0))
        context["honours"] = with_figures(honours_of_school(self.pk or 0))
        with reading(context["shown_in"]):
            context["programmes"] = list(_programmes_of(self.pk or 0))
            context["stories"] = list(_stories_about(self.pk or 0))
            record = self.record()
            context["relatives"] = self.relatives()
            context["record"] = [fact for fact in record if fact.value]
            context["missing"] = [fact.label for fact in record if fact.is_expected and not fact.value]
            context["checked"] = checked_by(self.verified_on)
            context["headline"] = [
                part for part in (self.official_name, self.town or self.area, self.status_note) if part
            ]
        context["compare_url"] = f"{named_path('compare-schools', address_language())}?s={self.key}"
        listed = (context["stories"], context["programmes"])
        context["subject"] = SchoolSubject(page=self, listed=listed, honours=context["honours"])
        return context


def _rows(name: str) -> Any:
    """The model whose rows point to schools by this name: they are of apps above."""
    return SchoolPage._meta.get_field(name).related_model


@prepared
def _observations_of(school: int) -> models.QuerySet:
    return _rows("observations").objects.live().filter(subject_school=school, metric__live=True).with_context()


@prepared
def _programmes_of(school: int) -> models.QuerySet:
    linked = _rows("programme_links").objects.filter(school=school).values("programme")
    return _pages_beside().filter(pk__in=linked).order_by("path")


@prepared
def _stories_about(school: int) -> models.QuerySet:
    linked = _rows("story_links").objects.filter(school=school).values("story")
    stories = _pages_beside().in_language(content_language()).filter(pk__in=linked)
    return stories.order_by("-first_published_at")[:10]


def _pages_beside() -> models.QuerySet:
    """Pages that readers may see, with their pictures."""
    return BasePage.objects.readable().select_related("picture")
