"""Behaviour that some page types share."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class KeyedPageMixin(models.Model):
    """A page whose slug is a public key: unique on the whole site, and fixed after its first publish."""

    key = models.SlugField(_("key"), max_length=80, unique=True, editable=False)

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.key = self.slug
        super().save(*args, **kwargs)

    @property
    def exclude_fields_in_copy(self) -> list[str]:
        return [*super().exclude_fields_in_copy, "key"]

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self._set_core_field_defaults()
        self.key = self.slug
        super().full_clean(*args, **kwargs)

    def clean(self) -> None:
        super().clean()
        keys = type(self)._base_manager
        if keys.exclude(pk=self.pk).filter(key=self.slug).exists():
            raise ValidationError({"slug": _("This key is already used by another page.")})
        published = keys.filter(pk=self.pk, first_published_at__isnull=False).values_list("key", flat=True).first()
        if published and published != self.slug:
            raise ValidationError(
                {"slug": _("The key is part of public addresses: it is fixed after the first publish.")}
            )
