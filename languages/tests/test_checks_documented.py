"""The guide of translators names every kind of check that the code has, in Chinese and in English, and no other."""

import re
from pathlib import Path

import pytest
from django.conf import settings


pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
DOCS = ROOT / "docs"
KIND = re.compile(r"\bFinding\(\s*[\w.]+,\s*(\"\w+\"|[A-Z]+),")  # the level, and what is found
CONSTANTS = re.compile(r"^([A-Z_, ]+) = (\"\w+\"(?:, \"\w+\")*)$", re.MULTILINE)


def kinds():
    """All that a finding may be, as the modules name it: "chips", or a constant of the module."""
    for path in (ROOT / "languages").rglob("*.py"):
        if "tests" in path.parts:
            continue
        text = path.read_text()
        named = {}
        for names, values in CONSTANTS.findall(text):
            named |= zip(names.split(", "), re.findall(r"\w+", values), strict=True)
        yield from (named[kind] if kind in named else kind.strip('"') for kind in KIND.findall(text))


@pytest.mark.parametrize(
    ("guide", "heading", "count"),
    [
        ("zh/translators.md", "检查", "一共检查 (\\d+) 类"),
        ("translators.md", "Checks", "There are (\\d+) checks"),
    ],
)
def test_the_guide_names_every_check(guide, heading, count):
    section = (DOCS / guide).read_text().partition(f"## {heading}\n")[2].partition("\n## ")[0]
    named = re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE)
    assert sorted(named) == sorted(set(kinds()))
    assert int(re.search(count, section)[1]) == len(named)
