"""Moments as pages write them: remembered, and right all the same."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.template import Context, Template
from django.utils import timezone

from core.languages import reading
from core.rendering.dates import time_element


MOMENT = datetime(2023, 9, 1, 17, 30, tzinfo=UTC)


def test_in_the_language_of_the_page():
    for code, written in (("zh-hans", "2023年9月2日"), ("en", "2 September 2023"), ("zh-hans", "2023年9月2日")):
        with reading(code):
            assert time_element(MOMENT) == f'<time datetime="2023-09-02T01:30:00+0800">{written}</time>'


def test_the_same_moment_in_another_zone():
    there = MOMENT.astimezone(ZoneInfo("Asia/Shanghai"))
    for zone, moment in ((None, there), ("UTC", MOMENT), ("UTC", there), (None, MOMENT)):
        with timezone.override(zone):
            expected = Template('{{ moment|date:"Y-m-d\\TH:i:sO" }}').render(Context({"moment": moment}))
            assert f'datetime="{expected}"' in time_element(moment)


def test_in_a_template():
    assert Template("{% time moment %}").render(Context({"moment": None})) == ""
    assert Template("{% time moment %}").render(Context({"moment": MOMENT})) == time_element(MOMENT)
