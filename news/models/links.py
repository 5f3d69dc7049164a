"""What a story is about and what it cites: one row for each, derived from the text or added by an editor.

Rows with `origin=body` are derived from the live body whenever a story is published; rows with
`origin=editor` are added by hand and travel in revisions. Lists read these rows, never the body's JSON.
"""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from ..choices import Origin


class StoryLink(Orderable):
    origin = models.CharField(_("origin"), max_length=6, choices=Origin.choices, default=Origin.EDITOR, editable=False)

    class Meta(Orderable.Meta):
        abstract = True


class StorySchool(StoryLink):
    story = ParentalKey("news.StoryPage", related_name="school_links")
    school = models.ForeignKey(
        "schools.SchoolPage", models.CASCADE, related_name="story_links", verbose_name=_("school")
    )

    target: ClassVar = "school"
    panels = [PageChooserPanel("school", "schools.SchoolPage")]

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "school", "origin"], name="story_school_once")
        ]


class StoryProgramme(StoryLink):
    story = ParentalKey("news.StoryPage", related_name="programme_links")
    programme = models.ForeignKey(
        "news.ProgrammePage", models.CASCADE, related_name="story_links", verbose_name=_("programme")
    )

    target: ClassVar = "programme"
    panels = [PageChooserPanel("programme", "news.ProgrammePage")]

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "programme", "origin"], name="story_programme_once")
        ]


class StoryObservation(StoryLink):
    story = ParentalKey("news.StoryPage", related_name="observation_links")
    observation = models.ForeignKey(
        "metrics.Observation", models.CASCADE, related_name="story_links", verbose_name=_("figure")
    )

    target: ClassVar = "observation"
    panels = [FieldPanel("observation")]

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "observation", "origin"], name="story_observation_once")
        ]


LINK_MODELS = (StorySchool, StoryProgramme, StoryObservation)
