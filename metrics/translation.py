from modeltranslation.translator import TranslationOptions, register

from core.translation import PageOptions

from .models import Dimension, Metric, MetricsPage, Observation, PastValue, Period, Source, Theme, Unit


@register(MetricsPage)
class MetricsPageOptions(PageOptions):
    fields = ()


@register(Theme)
class ThemeOptions(TranslationOptions):
    fields = ("name", "description")


@register(Unit)
class UnitOptions(TranslationOptions):
    fields = ("symbol", "note")


@register(Metric)
class MetricOptions(TranslationOptions):
    fields = ("name", "definition")


@register(Period)
class PeriodOptions(TranslationOptions):
    fields = ("label", "basis")


@register(Dimension)
class DimensionOptions(TranslationOptions):
    fields = ("label",)


@register(Source)
class SourceOptions(TranslationOptions):
    fields = ("title", "authors", "publisher", "date_note", "note")


@register(Observation)
class ObservationOptions(TranslationOptions):
    fields = ("note",)


@register(PastValue)
class PastValueOptions(TranslationOptions):
    fields = ("reason",)
