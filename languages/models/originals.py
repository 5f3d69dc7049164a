"""What is translated: each page, snippet, picture and setting with texts, as the desk records it."""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision


class OriginalQuerySet(models.QuerySet):
    def present(self) -> "OriginalQuerySet":
        """Those with something to translate."""
        return self.filter(total__gt=0, is_gone=False)

    def for_object(self, obj: models.Model) -> "OriginalQuerySet":
        kind = ContentType.objects.get_for_model(obj, for_concrete_model=True)
        return self.filter(content_type=kind, object_id=obj.pk)


class Original(models.Model):
    """One translatable object: its name, its place and how many segments its source has.

    The row is derived from the object, kept up to date by signals and rebuilt by `manage.py translations check --fix`.
    It stays when the object is deleted (`is_gone`), so that no translation is lost.
    """

    content_type = models.ForeignKey(ContentType, models.CASCADE, related_name="+", verbose_name=_("type"))
    object_id = models.PositiveBigIntegerField(_("object"))
    title = models.CharField(_("title"), max_length=255, blank=True)
    path = models.CharField(max_length=255, blank=True, db_index=True, help_text="Of a page: its place in the tree.")
    total = models.PositiveIntegerField(_("segments"), default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(_("source changed"), null=True, blank=True)
    is_live = models.BooleanField(_("published"), default=True)
    is_gone = models.BooleanField(default=False)
    released = models.ForeignKey(
        Revision,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("draft released for translation"),
    )

    instance = GenericForeignKey("content_type", "object_id")
    objects = OriginalQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["path", "content_type_id", "object_id"]
        verbose_name = _("translatable text")
        verbose_name_plural = _("translatable texts")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["content_type", "object_id"], name="one_original_per_object")
        ]

    def __str__(self) -> str:
        return self.title or f"#{self.object_id}"

    @property
    def model(self) -> type[models.Model]:
        return self.content_type.model_class()

    @property
    def kind(self) -> str:
        return str(capfirst(self.model._meta.verbose_name))

    def live(self) -> Any:
        """The object as readers see it. Raises its model's DoesNotExist if it is gone."""
        return models.QuerySet(self.model).get(pk=self.object_id)

    def for_translators(self) -> Any:
        """The object as translators see it: the released draft, else what is live."""
        live = self.live()
        return live.with_content_json(self.released.content) if self.released_id else live
