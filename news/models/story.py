from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    InlinePanel,
    MultiFieldPanel,
    MultipleChooserPanel,
    ObjectList,
    TabbedInterface,
)
from wagtail.search import index

from core.fields import ContentField
from core.languages import reading
from core.metadata.subject import Subject
from core.models import BasePage, BasePageManager, BasePageQuerySet
from core.rendering.blocks import contents
from core.rendering.walking import chosen_pages
from core.searching.fields import translated_search_fields
from schools.models import SchoolPage

from ..blocks import body_blocks
from ..choices import Role, StoryKind, Validity
from .links import with_added_links
from .programmes import ProgrammePage
from .story_queries import (
    StoryQuerySet,
    pages_about,
    stories_related_to,
    story_after,
    story_before,
)
from .topics import byline_of, topics_of


SAME_TIME = timedelta(minutes=5)  # for readers, publishing again so soon is not an update


@dataclass(frozen=True, kw_only=True)
class StorySubject(Subject):
    """A story: who wrote it, what it is of, and the schools and programmes that it is about."""

    page: "StoryPage"
    writers: tuple[str, ...]
    topics: tuple[str, ...]
    about: Sequence[BasePage]


class StoryPage(BasePage):
    """A feature, a news item or a notice: /news/<slug>/."""

    kind = models.CharField(_("kind"), max_length=8, choices=StoryKind.choices, default=StoryKind.NEWS)
    kicker = models.CharField(_("kicker"), max_length=80, blank=True, help_text=_("引题: the line above the title."))
    subtitle = models.CharField(
        _("subtitle"), max_length=160, blank=True, help_text=_("副题: the line below the title.")
    )
    picture_caption = models.CharField(_("picture caption"), max_length=200, blank=True)
    picture_alt = models.CharField(_("alternative text of the picture"), max_length=250, blank=True)
    body = ContentField(body_blocks(), blank=True, verbose_name=_("body"))
    credit_line = models.CharField(
        pgettext_lazy("story", "source"), max_length=120, blank=True, help_text=_("来源: who first published this.")
    )
    source_url = models.URLField(_("source address"), blank=True)
    source_date = models.DateField(
        _("date of the source"),
        null=True,
        blank=True,
        help_text=_("When it appeared there, if earlier than here: “last year” is told from that day."),
    )
    topics = ParentalManyToManyField("news.Topic", blank=True, related_name="stories", verbose_name=_("topics"))
    correction = models.TextField(
        _("correction"), blank=True, help_text=_("What was wrong, and since when it is right.")
    )
    index_number = models.CharField(_("index number"), max_length=60, blank=True, help_text=_("索引号"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True, help_text=_("发文字号"))
    issued_by = models.ForeignKey(
        "schools.Organisation", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("issued by")
    )
    issued_on = models.DateField(_("date of the document"), null=True, blank=True, help_text=_("成文日期"))
    validity = models.CharField(
        _("validity"), max_length=8, choices=Validity.choices, blank=True, help_text=_("有效性")
    )

    objects = BasePageManager.from_queryset(StoryQuerySet)()

    parent_page_types: ClassVar = ["news.StoryIndexPage"]
    subpage_types: ClassVar = []
    search_fields = [
        *BasePage.search_fields,
        *translated_search_fields("kicker"),
        *translated_search_fields("subtitle"),
        *translated_search_fields("body", autocomplete=True),
        index.FilterField("kind"),
    ]

    content_panels = [
        FieldPanel("kind"),
        FieldPanel("kicker"),
        *BasePage.content_panels,
        FieldPanel("subtitle"),
        FieldPanel("standfirst"),
        MultiFieldPanel(
            [FieldPanel("picture"), FieldPanel("picture_caption"), FieldPanel("picture_alt")], heading=_("Lead picture")
        ),
        FieldPanel("body"),
    ]
    byline_panels = [
        InlinePanel("byline", heading=_("Byline"), label=pgettext_lazy("person", "Name")),
        FieldRowPanel([FieldPanel("credit_line"), FieldPanel("source_url"), FieldPanel("source_date")]),
        FieldPanel("correction"),
    ]
    about_panels = [
        FieldPanel("topics"),
        MultipleChooserPanel("added_schools", "school", heading=_("Schools"), label=_("School")),
        MultipleChooserPanel("added_programmes", "programme", heading=_("Programmes"), label=_("Programme")),
        MultipleChooserPanel("added_observations", "observation", heading=_("Figures"), label=_("Figure")),
    ]
    notice_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("index_number"), FieldPanel("document_number")]),
                FieldPanel("issued_by"),
                FieldRowPanel([FieldPanel("issued_on"), FieldPanel("validity")]),
            ],
            heading=_("Notice"),
            help_text=_("Readers see what is filled in."),
        )
    ]
    edit_handler = TabbedInterface(
        [
            ObjectList(content_panels, heading=_("Text")),
            ObjectList(byline_panels, heading=_("Byline")),
            ObjectList(about_panels, heading=pgettext_lazy("story", "About")),
            ObjectList(notice_panels, heading=_("Notice")),
            ObjectList(BasePage.promote_panels, heading=_("Promote")),
            ObjectList(BasePage.settings_panels, heading=_("Settings")),
        ],
    )

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    def clean(self) -> None:
        super().clean()
        if self.source_url and not self.credit_line:
            raise ValidationError({"credit_line": _("Name the source that this address belongs to.")})

    def with_content_json(self, content: dict[str, Any]) -> Self:
        return super().with_content_json(with_added_links(content, self))

    # Reading -----------------------------------------------------------------------------------

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        is_draft = getattr(request, "is_preview", False)
        with reading(context["shown_in"]):
            byline = self.byline_by_role(as_drafted=is_draft)
            context["topics"] = list(self.topics.all() if is_draft else topics_of(self.pk))
            context["byline"] = [(Role(role).label, names) for role, names in byline.items()]
            context["contents"] = contents(self.body)
            context["about"] = list(self.about(as_drafted=is_draft))
            context["before"], context["after"] = self._neighbours()
            context["related"] = list(stories_related_to(StoryPage, self.pk or 0, chosen_pages(self.body)))
            context["subject"] = StorySubject(
                page=self,
                listed=(context["related"],),
                writers=tuple(byline.get(str(Role.WRITER), [])),
                topics=tuple(map(str, context["topics"])),
                about=context["about"],
            )
        context["updated_at"] = self.updated_at
        return context

    @property
    def updated_at(self) -> datetime | None:
        """When the text was published again, if that was not at its first publication."""
        first, last = self.first_published_at, self.last_published_at
        return last if first and last and last - first > SAME_TIME else None

    @property
    def told_on(self) -> date:
        """The day that its text is told from: that of a notice's document or of the source, else of its first publication;
        of a draft, when it is due, or today."""
        if written := (self.kind == StoryKind.NOTICE and self.issued_on) or self.source_date:
            return written
        moment = self.first_published_at or self.go_live_at
        return timezone.localdate(moment) if moment else timezone.localdate()

    def _neighbours(self) -> tuple["StoryPage | None", "StoryPage | None"]:
        """The stories published before and after this one; none if it was never published."""
        if self.first_published_at is None:
            return None, None
        around = (each(StoryPage, self.first_published_at, self.pk) for each in (story_before, story_after))
        before, after = (next(iter(rows), None) for rows in around)
        return before, after

    def byline_by_role(self, as_drafted: bool = False) -> dict[str, list[str]]:
        """{role: names} of the roles that somebody has, in the order of the roles."""
        rows = list(self.byline.select_related("contributor") if as_drafted else byline_of(self.pk or 0))
        by_role = {role: [str(row.contributor) for row in rows if row.role == role] for role in Role.values}
        return {role: names for role, names in by_role.items() if names}

    def about(self, as_drafted: bool = False) -> BasePageQuerySet:
        """The live schools and programmes that this story is linked to, by its text or by an editor, but for its cards;
        those in Chinese only by their Chinese names.

        `as_drafted`: as they will be when this draft is published.
        """
        if not as_drafted:
            return pages_about(self.pk, chosen_pages(self.body))
        pages = BasePage.objects.readable().exclude(pk__in=chosen_pages(self.body))
        return pages.filter(pk__in=self._drafted_links()).type(SchoolPage, ProgrammePage).order_by("path")

    def _drafted_links(self) -> set[int]:
        """Keys of what this draft's body refers to, pages among it, and of the pages that editors added."""
        referred = self._meta.get_field("body").extract_references(self.body)
        in_body = {int(pk) for model, pk, *_path in referred if issubclass(model, BasePage)}
        schools = {row.school_id for row in self.added_schools.all()}
        return in_body | schools | {row.programme_id for row in self.added_programmes.all()}
