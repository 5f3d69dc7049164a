from .dimensions import Dimension, Period, Theme, Unit
from .metric import Metric
from .observation import Observation
from .pages import MetricsPage
from .source import Source


__all__ = ["Dimension", "Metric", "MetricsPage", "Observation", "Period", "Source", "Theme", "Unit"]
