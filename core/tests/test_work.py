"""What counts the work of other tests tells linear time from quadratic."""

import pytest

from . import work


def each_with_each(text):
    return sum(len(one) for one in text for _other in text)


def each(text):
    return sum(len(one) for one in text)


def for_ever():
    while True:
        pass


def test_quadratic_work_is_not_linear():
    assert work.is_linear(each, "a".__mul__, 500)
    assert not work.is_linear(each_with_each, "a".__mul__, 500)
    assert work.steps(each, "a" * 500) == work.steps(each, "b" * 500)


def test_what_hangs_in_one_call_fails(monkeypatch):
    monkeypatch.setattr(work, "HANGS", 0.2)
    with pytest.raises(AssertionError, match="it hangs"):
        work.steps(for_ever)
