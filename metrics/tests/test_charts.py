"""Charts: what is drawn, and that the file is plain, well-formed and safe."""

from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.languages import reading
from metrics.charts import MAX_ROWS, Words, comparable_series, draw, ems, plan, wrap_lines
from metrics.labels import compared_with
from metrics.models import Dimension, Period
from metrics.tests.factories import make_figures_page, make_metric, make_observation, make_unit
from schools.tests.factories import make_organisation


pytestmark = pytest.mark.once

SVG = "{http://www.w3.org/2000/svg}"
PLAIN = {"svg", "title", "desc", "rect", "text"}
WORDS = Words("新增学位", "江津教育", "zh-hans", "capacity")


def part(number):
    values = {"axis": "parts", "member": f"m{number}", "label": f"部分{number}", "order": number}
    return Dimension.objects.get_or_create(key=f"part-{number}", defaults=values)[0]


def parts(values, **more):
    """Observations of one metric, one for each part."""
    metric = make_metric()
    return [
        make_observation(metric=metric, value=Decimal(value), dimension=part(number), **more)
        for number, value in enumerate(values)
    ]


def years(values):
    metric, subject = make_metric(), make_organisation()
    periods = [
        Period.objects.create(key=f"y{number}", label=f"{number}年", kind="year", end=date(number, 12, 31))
        for number in range(2020, 2020 + len(values))
    ]
    made = [
        make_observation(metric=metric, value=Decimal(value), period=period, subject_organisation=subject)
        for value, period in zip(values, periods, strict=True)
    ]
    return made[::-1]


def bars(svg, css="chart__part"):
    return [int(rect.get("width")) for rect in ET.fromstring(svg).iter(f"{SVG}rect") if rect.get("class") == css]  # noqa: S314


def texts(svg):
    return [text.text for text in ET.fromstring(svg).iter(f"{SVG}text")]  # noqa: S314


@pytest.mark.django_db
class TestWhatIsDrawn:
    def test_three_parts_are_bars_from_nought(self):
        svg = draw(parts([10, 20, 40]), WORDS)
        assert bars(svg) == [180, 360, 720]
        assert bars(svg, "chart__all") == []
        assert {"部分0", "部分1", "部分2", "40个"} <= set(texts(svg))

    def test_what_is_true_of_all_is_said_once(self):
        city = make_organisation(name="全区")
        svg = draw(parts([10, 20, 40], subject_organisation=city), WORDS)
        assert texts(svg).count("全区 · 2024年") == 1

    def test_three_years_are_bars_in_their_order(self):
        svg = draw(years([30, 15, 60]), WORDS)
        assert bars(svg) == [360, 180, 720]

    def test_shares_of_comparators_are_proportions_of_their_wholes(self):
        city = make_organisation(name="重庆市")
        svg = draw(parts([5, 10, 20], comparator_value=Decimal(20), comparator_scope=city), WORDS)
        assert bars(svg) == [180, 360, 720]
        assert bars(svg, "chart__all") == [720, 720, 720]
        assert compared_with("重庆市", "20个") in texts(svg)

    def test_a_single_value_beside_its_comparator_is_a_proportion(self):
        city = make_organisation(name="重庆市")
        svg = draw([make_observation(value=Decimal(30), comparator_value=Decimal(50), comparator_scope=city)], WORDS)
        assert bars(svg) == [432]

    def test_a_share_above_one_fills_the_whole(self):
        svg = draw(
            [make_observation(value=Decimal(70), comparator_value=Decimal(50), comparator_scope=make_organisation())],
            WORDS,
        )
        assert bars(svg) == [720]

    def test_a_single_value_is_a_figure_set_large(self):
        svg = draw([make_observation()], WORDS)
        assert bars(svg) == []
        [value] = [text for text in ET.fromstring(svg).iter(f"{SVG}text") if text.text == "8660个"]  # noqa: S314
        assert int(value.get("font-size")) == 120

    @pytest.mark.parametrize("values", [[10, 20], [0, 0, 0], [-1, 5, 9]])
    def test_what_cannot_be_compared_is_not_drawn_as_bars(self, values):
        svg = draw(parts(values), WORDS)
        assert bars(svg) == []
        assert len([text for text in texts(svg) if text.endswith("个")]) == len(values)

    def test_values_of_different_units_or_of_a_total_and_its_parts_are_not_compared(self):
        first, second = parts([10, 20])
        third = make_observation(metric=first.metric, dimension=part(9), unit=make_unit(key="base", symbol="座"))
        whole = make_observation(metric=first.metric, value=Decimal(30))
        assert comparable_series([first, second, third, whole]) == []

    def test_nothing_is_said_to_be_missing_unless_rows_were_left_out(self):
        with reading("en"):
            assert "more are" not in draw(parts([10, 20, 40]), Words("Places", "", "en"))
            svg = draw(parts([10] * (MAX_ROWS + 2)), Words("Places", "", "en"))
        assert "2 more are in the table." in texts(svg)

    def test_a_metric_without_values_has_a_chart_that_says_its_name(self):
        assert plan([]) == ([], [])
        assert "新增学位" in texts(draw([], WORDS))

    def test_a_provisional_value_says_so(self):
        with reading("en"):
            assert "(Provisional)" in " ".join(texts(draw([make_observation(status="provisional")], WORDS)))

    @pytest.mark.parametrize("code", ["zh-hans", "en", "ar"])
    def test_it_is_written_from_the_side_of_the_language(self, code):
        with reading(code):
            svg = draw(parts([10, 20, 40]), Words("x", "", code))
        root = ET.fromstring(svg)  # noqa: S314
        [first, *_rest] = [rect for rect in root.iter(f"{SVG}rect") if rect.get("class") == "chart__part"]
        mirrored = code == "ar"
        assert root.get("direction") == ("rtl" if mirrored else "ltr")
        assert int(first.get("x")) == (580 if mirrored else 40)

    def test_the_file_is_plain(self, client):
        make_figures_page()
        observation = make_observation(metric=make_metric(key="m", name="<script>alert(1)</script>\x0b&", name_en="x"))
        observation.metric.refresh_from_db()
        response = client.get("/data/m.svg")
        assert response.headers["Content-Type"].startswith("image/svg+xml")
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        root = ET.fromstring(response.content)  # noqa: S314
        assert {element.tag.removeprefix(SVG) for element in root.iter()} == PLAIN
        names = {name for element in root.iter() for name in element.attrib}
        assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}
        assert b"var(" not in response.content
        assert root.find(f"{SVG}title").text == "<script>alert(1)</script> &"
        assert "8660个" in root.find(f"{SVG}desc").text


@given(st.text(max_size=60), st.integers(4, 40))
def test_lines_hold_every_letter_and_are_no_wider_than_they_may_be(text, most):
    lines = wrap_lines(text, most)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert ems(line) <= most or len(line.split()) == 1
