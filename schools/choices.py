"""Closed lists that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stage(models.TextChoices):
    """学段. `SECONDARY` stands where a source says 中学 without saying which levels."""

    KINDERGARTEN = "kindergarten", _("Kindergarten")
    PRIMARY = "primary", _("Primary school")
    JUNIOR = "junior", _("Junior secondary school")
    SENIOR = "senior", _("Senior secondary school")
    COMPLETE_SECONDARY = "complete-secondary", _("Complete secondary school")
    SECONDARY = "secondary", _("Secondary school")
    VOCATIONAL = "vocational", _("Vocational school")
    INSTITUTION = "institution", _("Institution")


class Ownership(models.TextChoices):
    """办学类型."""

    PUBLIC = "public", pgettext_lazy("ownership", "Public")
    PRIVATE = "private", pgettext_lazy("ownership", "Private")
    INCLUSIVE_PRIVATE = "inclusive-private", _("Private, inclusive")


class Setting(models.TextChoices):
    """城乡."""

    URBAN = "urban", _("Urban")
    RURAL = "rural", _("Rural")


class Status(models.TextChoices):
    NEW = "new", pgettext_lazy("school", "New")
    EXPANDED = "expanded", _("Expanded")
    EXISTING = "existing", _("Established")


class GroupRelation(models.TextChoices):
    """How a school is related to its group."""

    LEAD = "lead", _("Leads the group")
    MEMBER = "member", _("Member of the group")
    ENTRUSTED = "entrusted", _("Entrusted to another school")


class Basis(models.TextChoices):
    """How a fact is known."""

    STATED = "stated", _("Stated by the source")
    IMPLIED = "implied", _("Implied by the source")
    DERIVED = "derived", _("Worked out from the source")


class BodyKind(models.TextChoices):
    AREA = "area", pgettext_lazy("body", "Area")
    AUTHORITY = "authority", _("Authority")
    SOCIETY = "society", _("Society")
    GROUP = "education-group", _("Education group")
    OTHER = "other", _("Other body")


class Level(models.TextChoices):
    """级别 of an honour."""

    NATIONAL = "national", _("National")
    MUNICIPAL = "municipal", _("Municipal")
    DISTRICT = "district", _("District")
    CROSS_REGIONAL = "cross-regional", _("Cross-regional")
    MIXED = "mixed", _("Several levels")
    UNSTATED = "unstated", _("Level not stated")


class HonourKind(models.TextChoices):
    AWARD = "award", _("Award")
    DESIGNATION = "designation", _("Designation")
    PROJECT = "project-approval", _("Approved project")
    TITLE = "individual-title", _("Personal title")
    SHOWCASE = "showcase", _("Showcase")


class CountBasis(models.TextChoices):
    PRINTED = "printed", _("Printed by the source")
    NAMED = "named once", _("Named once")
    COUNTED = "counted from names", _("Counted from names")
