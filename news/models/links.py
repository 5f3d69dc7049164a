"""What a story is about and what it cites: what editors add by hand, and the rows that readers' pages are made from.

`Added…` rows are children of their story, so they travel in its revisions. `Story…` rows belong to what is live: what
the body refers to (`origin=body`) and what is added (`origin=editor`), written by `news.links` whenever a story is
published. They are no part of a revision or a copy. Lists, facets and the API read them, never the body's JSON.
"""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Orderable

from ..choices import Origin


class AddedSchool(Orderable):
    story = ParentalKey("news.StoryPage", related_name="added_schools")
    school = models.ForeignKey("schools.SchoolPage", models.CASCADE, related_name="+", verbose_name=_("school"))

    panels = [PageChooserPanel("school", "schools.SchoolPage")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "school"], name="added_school_once")]


class AddedProgramme(Orderable):
    story = ParentalKey("news.StoryPage", related_name="added_programmes")
    programme = models.ForeignKey("news.ProgrammePage", models.CASCADE, related_name="+", verbose_name=_("programme"))

    panels = [PageChooserPanel("programme", "news.ProgrammePage")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["story", "programme"], name="added_programme_once")]


class AddedObservation(Orderable):
    story = ParentalKey("news.StoryPage", related_name="added_observations")
    observation = models.ForeignKey("metrics.Observation", models.CASCADE, related_name="+", verbose_name=_("figure"))

    panels = [FieldPanel("observation")]

    class Meta(Orderable.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "observation"], name="added_observation_once")
        ]


class StoryLink(Orderable):
    """`target` names the field of what is linked, `added` the model of what editors add of it."""

    origin = models.CharField(_("origin"), max_length=6, choices=Origin.choices, default=Origin.EDITOR, editable=False)

    target: ClassVar[str]
    added: ClassVar[type[models.Model]]
    wagtail_reference_index_ignore = True  # the body and the added rows are what refers to the target

    class Meta(Orderable.Meta):
        abstract = True


class StorySchool(StoryLink):
    story = models.ForeignKey("news.StoryPage", models.CASCADE, related_name="school_links")
    school = models.ForeignKey(
        "schools.SchoolPage", models.CASCADE, related_name="story_links", verbose_name=_("school")
    )

    target = "school"
    added = AddedSchool

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "school", "origin"], name="story_school_once")
        ]


class StoryProgramme(StoryLink):
    story = models.ForeignKey("news.StoryPage", models.CASCADE, related_name="programme_links")
    programme = models.ForeignKey(
        "news.ProgrammePage", models.CASCADE, related_name="story_links", verbose_name=_("programme")
    )

    target = "programme"
    added = AddedProgramme

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "programme", "origin"], name="story_programme_once")
        ]


class StoryObservation(StoryLink):
    story = models.ForeignKey("news.StoryPage", models.CASCADE, related_name="observation_links")
    observation = models.ForeignKey(
        "metrics.Observation", models.CASCADE, related_name="story_links", verbose_name=_("figure")
    )

    target = "observation"
    added = AddedObservation

    class Meta(StoryLink.Meta):
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["story", "observation", "origin"], name="story_observation_once")
        ]


LINK_MODELS = (StorySchool, StoryProgramme, StoryObservation)


def with_added_links(content: dict[str, Any], story: models.Model) -> dict[str, Any]:
    """The content of a revision, also of one from before added links had tables of their own.

    Such a revision has them under the names of the `Story…` rows, with keys of that table: they get the keys that the
    same links have among the added ones now, if they are there.
    """
    content = dict(content)
    for model in LINK_MODELS:
        name = model.added._meta.get_field("story").remote_field.related_name
        rows = content.pop(model._meta.get_field("story").remote_field.related_name, None)
        if rows and name not in content:
            stored = model.added._default_manager.filter(story=story.pk)
            keys = dict(stored.values_list(f"{model.target}_id", "pk"))
            content[name] = [row | {"pk": keys.get(row[model.target]), "story": story.pk} for row in rows]
    return content
