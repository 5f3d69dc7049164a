"""Schools and numbers as found in articles that people marked before there was a recogniser."""

from itertools import chain

import pytest

from newsroom.recognition import Measure, Spot, measure, numbers_in, schools_in

from .articles import NAMES, read_article


pytestmark = pytest.mark.once


@pytest.mark.parametrize("name", NAMES)
def test_every_school_is_found_and_nothing_else(name):
    article = read_article(name)
    found = measure(schools_in(article.lines, article.schools), article.marked("s"))
    assert found.right
    assert (found.missed, found.extra) == ([], [])


def test_numbers_are_found():
    """Precision and recall of all articles together, as each is short."""
    articles = [read_article(name) for name in NAMES]
    measures = [measure(numbers_in(each.lines), each.marked("n")) for each in articles]
    total = Measure(*(list(chain.from_iterable(parts)) for parts in zip(*measures, strict=True)))
    assert len(total.right) > 80
    assert total.precision >= 0.98, total.extra
    assert total.recall >= 0.98, total.missed


def test_a_measure():
    spots = [Spot(0, number, "3所") for number in range(4)]
    found = measure(spots[:3], spots[1:])
    assert (found.precision, found.recall) == (2 / 3, 2 / 3)
    assert (found.missed, found.extra) == ([spots[3]], [spots[0]])
    assert (measure([], []).precision, measure([], []).recall) == (1.0, 1.0)
