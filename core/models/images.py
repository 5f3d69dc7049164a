from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image
from wagtail.models import CollectionMember
from wagtail.search import index

from ..searching.fields import AutocompleteField, SearchField, translated_search_fields


class PortalImage(AbstractImage):
    """An image with the credit that readers see."""

    credit = models.CharField(
        _("credit"), max_length=200, blank=True, help_text=_("Who made it; a generated picture says so.")
    )

    admin_form_fields = (*Image.admin_form_fields, "credit")
    search_fields: ClassVar = [
        *CollectionMember.search_fields,
        SearchField("title", boost=4),
        AutocompleteField("title"),
        index.FilterField("title"),
        *translated_search_fields("description", autocomplete=True),
        index.RelatedFields("tags", [SearchField("name"), AutocompleteField("name")]),
        index.FilterField("uploaded_by_user"),
        index.FilterField("created_at"),
        index.FilterField("id"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions: ClassVar = [("choose_image", "Can choose image")]


class PortalRendition(AbstractRendition):
    image = models.ForeignKey(PortalImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        unique_together = [("image", "filter_spec", "focal_point_key")]
        verbose_name = _("rendition")
        verbose_name_plural = _("renditions")
