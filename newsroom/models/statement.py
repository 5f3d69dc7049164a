"""What live stories say of figures."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class StatementQuerySet(models.QuerySet):
    def readable(self) -> "StatementQuerySet":
        """Of stories, and of figures, that every reader may see."""
        stories = self.model._meta.get_field("story").related_model.objects.readable()
        figures = self.model._meta.get_field("figure").related_model.objects.public()
        return self.filter(story__in=stories.order_by().values("pk"), figure__in=figures.order_by().values("pk"))

    known_to_readers = readable


class Statement(models.Model):
    """A number that a live story says of a figure, in this sentence. Made anew whenever the story is published
    (`newsroom.statements`)."""

    story = models.ForeignKey("news.StoryPage", models.CASCADE, related_name="+", verbose_name=_("story"))
    figure = models.ForeignKey("metrics.Observation", models.CASCADE, related_name="+", verbose_name=_("figure"))
    words = models.CharField(_("number"), max_length=80)
    sentence = models.TextField(_("sentence"))
    is_linked = models.BooleanField(_("linked"), default=True)

    objects = StatementQuerySet.as_manager()

    wagtail_reference_index_ignore = True  # the body of the story is what refers to the figure

    class Meta:
        ordering: ClassVar = ["figure", "story", "pk"]
        verbose_name = _("statement of a figure")
        verbose_name_plural = _("statements of figures")
        default_permissions: ClassVar[tuple[Any, ...]] = ()

    def __str__(self) -> str:
        return self.words
