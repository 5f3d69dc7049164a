"""Closed lists that readers see."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class UnitKind(models.TextChoices):
    COUNT = "count", _("Count")
    MONEY = "money", _("Money")
    AREA = "area", _("Area")
    PERCENT = "percent", _("Percent")
    DURATION = "duration", _("Duration")


class Measure(models.TextChoices):
    """What kind of figure a metric is."""

    STOCK = "stock", _("Level at a time")
    FLOW = "flow", _("Added in a period")
    RATE = "rate", _("Rate")
    STRUCTURE = "structure", _("Number of parts")


class Direction(models.TextChoices):
    HIGHER = "higher", _("Higher is better")
    LOWER = "lower", _("Lower is better")
    NEUTRAL = "neutral", _("Neither")


class PeriodKind(models.TextChoices):
    RANGE = "range", _("Range")
    YEAR = "year", _("Year")
    MONTH = "month", _("Month")
    AS_OF = "as-of", _("As of a day")
    UNKNOWN = "unknown", _("Not stated")


class Qualifier(models.TextChoices):
    """How exact a value is; core.numbers writes the words."""

    EXACT = "exact", _("Exact")
    MORE = "more", _("More than")
    ABOUT = "about", _("About")


class ObservationStatus(models.TextChoices):
    PROVISIONAL = "provisional", _("Provisional")
    FINAL = "final", _("Final")
    REVISED = "revised", _("Revised")
