"""Keys from outside are read in one place, and nothing but a key is one."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from core.keys import is_digits, parse_key, parse_keys


pytestmark = pytest.mark.once

# Where digits of all scripts are meant: the grammars of numbers, and what cleans and folds texts.
READS_NUMBERS = re.compile(r"core/keys\.py|core/text/|core/numbers/|languages/checks/numbers/|.*/tests/|tests/")


@pytest.mark.parametrize(("value", "key"), [("7", 7), (7, 7), ("007", 7), ("0", 0), ("9223372036854775807", 2**63 - 1)])
def test_a_key(value, key):
    assert parse_key(value) == key


@pytest.mark.parametrize(
    "value",
    [
        "",
        " 7",
        "7\n",
        "+7",
        "-7",
        "1_000",
        "7.0",
        "²",
        "７",
        "٧",
        "9223372036854775808",
        "0" * 30,
        -7,
        7.0,
        True,
        None,
        [],
    ],
)
def test_no_key(value):
    assert parse_key(value) is None


def test_what_is_no_key_is_passed_over():
    assert parse_keys(["3", "x", None, 2]) == [3, 2]
    assert [text for text in ("2023", "２０２３", "", "1\n") if is_digits(text)] == ["2023"]


def test_digits_are_told_from_letters_here_and_by_the_readers_of_numbers_only():
    root = Path(settings.BASE_DIR)
    rooms = ("api", "core", "demo", "eduportal", "languages", "metrics", "news", "schools", "search")
    paths = [path for room in rooms for path in (root / room).rglob("*.py") if path.parent.name != "migrations"]
    others = [path for path in paths if not READS_NUMBERS.match(str(path.relative_to(root)))]
    assert [path for path in others if re.search(r"\.(isdecimal|isdigit|isnumeric)\b", path.read_text())] == []
