"""Which languages are worked on, and which groups are limited to a section."""

from typing import ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from .glossary import target_languages


class LanguageWork(models.Model):
    """A language that is being translated into, since somebody started it. `core.Language` says whether readers see
    it."""

    language = models.CharField(_("language"), max_length=12, choices=target_languages, unique=True)
    started_at = models.DateTimeField(_("taken up"), auto_now_add=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering: ClassVar = ["started_at"]
        verbose_name = _("language that is worked on")
        verbose_name_plural = _("languages that are worked on")

    def __str__(self) -> str:
        return self.language


class SectionLimitQuerySet(models.QuerySet):
    def known_to_readers(self) -> "SectionLimitQuerySet":
        """None: a limit names its section, which may be private."""
        return self.none()


class SectionLimit(models.Model):
    """Limits a group of translators to a section of the site: they see its pages and what belongs to no page."""

    group = models.ForeignKey(Group, models.CASCADE, related_name="section_limits", verbose_name=_("group"))
    section = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, models.CASCADE, related_name="+", verbose_name=_("section")
    )

    panels = [FieldPanel("group"), FieldPanel("section")]

    objects = SectionLimitQuerySet.as_manager()

    class Meta:
        verbose_name = _("section limit of translators")
        verbose_name_plural = _("section limits of translators")
        constraints: ClassVar = [models.UniqueConstraint(fields=["group", "section"], name="section_limit_once")]

    def __str__(self) -> str:
        return f"{self.group}: {self.section}"
