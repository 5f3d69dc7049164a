from datetime import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from .. import validators
from ..caching.kept import kept
from ..caching.moments import changes_at
from ..choices import NoticeLevel
from ..queries.narrow import NarrowQuerySet
from ..searching.fields import translated_search_fields
from .mixins import TranslatedMixin


class SiteNoticeQuerySet(NarrowQuerySet):
    def known_to_readers(self, now: datetime | None = None) -> "SiteNoticeQuerySet":
        """Those that are shown now."""
        now = now or timezone.now()
        return self.filter(
            models.Q(starts_at__isnull=True) | models.Q(starts_at__lte=now),
            models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=now),
        )

    def not_over(self) -> "SiteNoticeQuerySet":
        """Those that are shown now or will be."""
        return self.filter(models.Q(ends_at__isnull=True) | models.Q(ends_at__gt=timezone.now()))

    def current(self, now: datetime | None = None) -> "SiteNoticeQuerySet":
        """Those that are shown now, the most urgent first."""
        ranks = [models.When(level=value, then=-rank) for rank, value in enumerate(NoticeLevel.values)]
        return self.known_to_readers(now).order_by(
            models.Case(*ranks, output_field=models.IntegerField()), "order", "pk"
        )


class SiteNotice(TranslatedMixin, index.Indexed, models.Model):
    """One sentence at the top of every page while its time lasts: an exam, a closure, works on the site."""

    text = models.CharField(_("text"), max_length=300)
    level = models.CharField(_("level"), max_length=10, choices=NoticeLevel.choices, default=NoticeLevel.INFO)
    link = models.CharField(
        _("link"),
        max_length=300,
        blank=True,
        validators=[validators.link],
        help_text=_("/news/… for a page of this site, https://… for another site."),
    )
    starts_at = models.DateTimeField(_("shown from"), null=True, blank=True, help_text=_("If empty, at once."))
    ends_at = models.DateTimeField(_("shown until"), null=True, blank=True, help_text=_("If empty, until deleted."))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = SiteNoticeQuerySet.as_manager()

    panels = [
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("level"), FieldPanel("order")]),
        FieldPanel("link"),
        FieldRowPanel([FieldPanel("starts_at"), FieldPanel("ends_at")]),
    ]
    search_fields: ClassVar = [
        *translated_search_fields("text", autocomplete=True),
        index.FilterField("level"),
        index.FilterField("starts_at"),
        index.FilterField("ends_at"),
    ]

    class Meta:
        ordering: ClassVar = ["order", "pk"]
        verbose_name = _("site notice")
        verbose_name_plural = _("site notices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="site_notice_times_in_order"
            )
        ]

    def __str__(self) -> str:
        return self.text or f"#{self.pk}"

    def clean(self) -> None:
        super().clean()
        if self.starts_at and self.ends_at and self.ends_at <= self.starts_at:
            raise ValidationError({"ends_at": _("The end is not after the beginning.")})


@changes_at
@kept
def beginnings_and_ends() -> list[datetime | None]:
    """When a notice appears or goes by itself."""
    times = SiteNotice.objects.not_over().values_list("starts_at", "ends_at")
    return [time for both in times for time in both]
