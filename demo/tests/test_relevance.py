"""What readers type, and what should stand first: the public search on the whole demo.

`top` are the first addresses in their order; with `none` nothing must be found.
"""

import json
import re
from pathlib import Path

import pytest

from core.languages import SOURCE


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]

CASES = json.loads((Path(__file__).parent / "data" / "relevance.json").read_text(encoding="utf-8"))


def addresses(response):
    found = re.findall(r'class="hit__title"[^>]*><a href="([^"]*)"', response.content.decode())
    return [re.sub(r"^/(en|zh-hant)/", "/", address).strip("/") for address in found]


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.get('language', '')} {case['q']}")
def test_what_was_meant_stands_first(client, case):
    language = case.get("language", SOURCE)
    prefix = "" if language == SOURCE else f"/{language}"

    found = addresses(client.get(f"{prefix}/search/", {"q": case["q"]}))

    assert found[: len(case["top"])] == case["top"], found
    assert bool(found) != case.get("none", False)


def test_there_are_many_cases_of_every_sort():
    assert len(CASES) >= 60
    assert {case.get("language", SOURCE) for case in CASES} >= {SOURCE, "en", "zh-hant"}
