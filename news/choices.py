"""Closed lists that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class StoryKind(models.TextChoices):
    FEATURE = "feature", _("Feature")
    NEWS = "news", _("News")
    NOTICE = "notice", _("Notice")


class Validity(models.TextChoices):
    """有效性 of a notice."""

    IN_FORCE = "in-force", _("In force")
    REPEALED = "repealed", _("Repealed")
    EXPIRED = "expired", _("Expired")


class Role(models.TextChoices):
    """What a contributor did for a story."""

    WRITER = "writer", _("Writer")
    PHOTOGRAPHER = "photographer", _("Photographer")
    RESPONSIBLE_EDITOR = "editor", _("Responsible editor")


class Origin(models.TextChoices):
    """Where a link between a story and a thing comes from."""

    BODY = "body", _("The text")
    EDITOR = "editor", _("An editor")


class Category(models.TextChoices):
    """What sort of programme it is."""

    PLAN = "plan", _("Plan")
    CONSTRUCTION = "construction", _("Construction")
    AID = "aid", _("Student aid")
    SCHOOL_MODEL = "school-model", _("Character of a school")
    TEACHERS = "teachers", _("Teachers")
    GOVERNANCE = "governance", _("Governance")
    CURRICULUM = "curriculum", _("Curriculum")
    DIGITAL = "digital", _("Digital")
    CONTEXT = "context", _("Context")
