"""The demo takes facts and names from a newspaper feature, and no sentence: none of its runs of text stands in our data."""

import base64
import hashlib
import re
from collections.abc import Iterator
from itertools import chain, groupby
from pathlib import Path

import pytest

from demo.records import DATA, load, load_stories, texts_in


SHINGLES = Path(__file__).parent / "data" / "source_shingles.txt"
LENGTH, BYTES = 12, 6  # of a shingle in characters, of its hash
BEYOND_NAMES = 6  # so many shared characters that belong to no name are somebody else's words
MARK = re.compile(r"\{[a-z]+:[\w-]+\|([^}]*)\}")
# Lists that hold names, as (file, list, field)
NAMES = [
    ("schools", None, "title"),
    ("programmes", None, "title"),
    ("honours", None, "name"),
    ("bodies", "organisations", "name"),
    ("bodies", "groups", "name"),
    ("figures", "dimensions", "label"),
    ("figures", "sources", "title"),
]
WORKS = ("八项试点“实打实”“四大聚焦”助“双减”", "以融文化为特色的人文校园建设")  # titles of works that won or were shown


def kept(text: str) -> str:
    """Only what shingles are made of, with the words of a link in place of the link."""
    return re.sub(r"[^\u4e00-\u9fff0-9A-Za-z]", "", MARK.sub(r"\1", text))


def shingle(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:BYTES]


@pytest.fixture(scope="module")
def source() -> frozenset[bytes]:
    lines = SHINGLES.read_text(encoding="ascii").splitlines()
    joined = base64.b64decode("".join(line for line in lines if not line.startswith("#")))
    return frozenset(joined[start : start + BYTES] for start in range(0, len(joined), BYTES))


@pytest.fixture(scope="module")
def names() -> list[str]:
    """Titles of things and printed figures, which are the same wherever they stand; the longest first."""
    found = {*WORKS, *(term["source"] for term in load("glossary"))}
    found |= {
        record[field]["zh"] for file, part, field in NAMES for record in (load(file)[part] if part else load(file))
    }
    for record in chain(load("schools"), load("programmes"), load("bodies")["organisations"]):
        found.update(record.get("other_names", "").split(","))
        found.update(text["zh"] for text in record.get("philosophy", []))
        found.update(part["name"]["zh"] for part in record.get("parts", []))
    for record in load("observations"):
        found |= {record.get("printed", ""), record.get("comparator", {}).get("printed", "")}
    return sorted(filter(None, map(kept, found)), key=len, reverse=True)


def shared_runs(text: str, source: frozenset[bytes]) -> Iterator[str]:
    """The longest runs of the text that stand in the source, as far as shingles can tell."""
    hits = [shingle(text[start : start + LENGTH]) in source for start in range(len(text) - LENGTH + 1)]
    for hit, starts in groupby(range(len(hits)), key=hits.__getitem__):
        if hit:
            first, *_, last = [*starts] * 2
            yield text[first : last + LENGTH]


def without(names: list[str], run: str) -> str:
    """What is left of a run that is not part of a name, when names are taken out."""
    if any(run in name for name in names):
        return ""
    for name in names:
        run = run.replace(name, "")
    return run


def borrowed(text: str, source: frozenset[bytes], names: list[str]) -> list[str]:
    """Runs of the text that are the source's own words."""
    return [run for run in shared_runs(kept(text), source) if len(without(names, run)) >= BEYOND_NAMES]


def chinese_texts() -> Iterator[str]:
    files = sorted(path.stem for path in DATA.glob("*.json"))
    for text in texts_in([*map(load, files), load_stories()]):
        yield text["zh"]
    for term in load("glossary"):
        yield from (term["note"], term["place"])


def test_no_text_of_the_demo_repeats_the_source(source, names):
    texts = list(chinese_texts())
    assert len(texts) > 500
    assert {run for text in texts for run in borrowed(text, source, names)} == set()


def test_a_repeated_run_would_be_found(names):
    """The test above sees through punctuation and links, and takes no name for a repetition."""
    sentence = "公办中小学在这一年里比从前多出许多座位"
    source = frozenset(shingle(sentence[start : start + LENGTH]) for start in range(len(sentence) - LENGTH + 1))
    assert borrowed("据说，公办中小学在{figure:a|这一年里}，比从前多出许多座位。", source, names) == [sentence]
    assert borrowed("公办中小学在这一年里，比", source, names) == []
    assert borrowed("公办中小学在这一年里，比从前", source, [kept("公办中小学在这一年里")]) == []


def test_the_shingles_are_those_of_a_whole_article(source):
    assert 3000 < len(source) < 6000
    assert all(len(each) == BYTES for each in source)
