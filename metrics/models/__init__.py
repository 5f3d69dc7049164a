from .dimensions import Dimension, Period, Theme, Unit
from .metric import Metric
from .observation import Observation
from .pages import MetricsPage
from .past_value import PastValue
from .source import Source


__all__ = ["Dimension", "Metric", "MetricsPage", "Observation", "PastValue", "Period", "Source", "Theme", "Unit"]
