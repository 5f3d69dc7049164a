"""Figures for tests. What is not given gets a sensible value; each call makes a new metric unless it gets one."""

from decimal import Decimal
from itertools import count

from metrics.models import Dimension, Metric, MetricsPage, Observation, Period, Source, Theme, Unit
from schools.tests.factories import make_home, make_organisation


_numbers = count(1)


def make_unit(**values):
    defaults = {"key": "place", "symbol": "个", "symbol_en": "place | places", "kind": "count"} | values
    return Unit.objects.filter(key=defaults["key"]).first() or Unit.objects.create(**defaults)


def make_metric(**values):
    """A published metric: 新增学位, measured in places."""
    defaults = {"key": f"metric-{next(_numbers)}", "name": "新增学位", "name_en": "New places", "measure": "flow"}
    defaults |= values
    theme = defaults.pop("theme", None) or Theme.objects.get_or_create(key="places", defaults={"name": "学位"})[0]
    unit = defaults.pop("unit", None) or make_unit()
    return Metric.objects.create(theme=theme, unit=unit, **defaults)


def make_observation(**values):
    """8660 new places in the district in 2024: `make_observation(value=…, printed="1.37亿元", metric=…)`."""
    metric = values.pop("metric", None) or make_metric()
    if not {"subject_school", "subject_organisation"} & set(values):
        values["subject_organisation"] = make_organisation(name_en="Jiangjin District")
    defaults = {
        "key": f"observation-{next(_numbers)}",
        "value": Decimal(8660),
        "unit": metric.unit,
        "period": Period.objects.get_or_create(
            key="2024", defaults={"label": "2024年", "label_en": "2024", "kind": "year"}
        )[0],
        "dimension": Dimension.objects.get_or_create(
            axis="total", member="total", defaults={"key": "total", "label": "合计", "label_en": "Total"}
        )[0],
        "source": Source.objects.get_or_create(key="report", defaults={"title": "工作报告"})[0],
    }
    return Observation.objects.create(metric=metric, **defaults | values)


def make_figures_page(**values):
    """/data/, without which no figure is public; made once."""
    return MetricsPage.objects.first() or make_home().add_child(
        instance=MetricsPage(**{"title": "数据", "slug": "data"} | values)
    )
