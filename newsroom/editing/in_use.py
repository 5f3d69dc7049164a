"""Whether readers see a picture or a document somewhere."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models.functions import Cast
from wagtail.models import ReferenceIndex

from core.models import BasePage


def uses_of(file: Any) -> models.QuerySet[ReferenceIndex]:
    """By pages and by whatever else is no page, with `is_seen`: what is no page counts as seen."""
    pages = ContentType.objects.get_for_model(BasePage)
    key = Cast(models.OuterRef("object_id"), models.BigIntegerField())
    is_live = models.Exists(BasePage.objects.filter(pk=key, live=True))
    is_seen = models.Case(
        models.When(base_content_type=pages, then=is_live),
        default=models.Value(value=True),
        output_field=models.BooleanField(),
    )
    return ReferenceIndex.get_references_to(file).annotate(is_seen=is_seen)


def is_seen(file: Any) -> bool:
    return uses_of(file).filter(is_seen=True).exists()


def is_hidden(file: Any) -> bool:
    """Whether it is used, and only by pages that are not live: they were withdrawn, or were never published."""
    uses = set(uses_of(file).values_list("is_seen", flat=True))
    return uses == {False}
