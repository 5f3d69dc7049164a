"""The generated pictures, drawn small."""

from collections import Counter
from itertools import pairwise

import pytest
from PIL import Image, ImageChops, ImageStat

from demo import pictures
from demo.pictures.press import DISTRICT, INKS
from demo.records import load


SMALL = (160, 100)


def small(seed: str, composition: str, stage: str = "primary") -> Image.Image:
    return pictures.draw(seed, stage, *SMALL, composition)


def difference(first: Image.Image, second: Image.Image) -> float:
    """Mean distance of two pictures in grey, 0 to 255."""
    return ImageStat.Stat(ImageChops.difference(first, second).convert("L")).mean[0]


def extra() -> list[dict]:
    return load("site")["pictures"]["extra"]


@pytest.mark.parametrize("composition", pictures.COMPOSITIONS)
def test_the_same_key_gives_the_same_picture(composition, tmp_path):
    paths = [pictures.save(tmp_path / name, "a-key", "primary", *SMALL, composition) for name in ("1.jpg", "2.jpg")]
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("composition", pictures.COMPOSITIONS)
def test_another_key_gives_another_layout(composition):
    assert difference(small("a-key", composition), small("another-key", composition)) > 2


def test_every_composition_looks_different_from_every_other():
    drawn = {name: small("a-key", name) for name in pictures.COMPOSITIONS}
    alike = [
        (one, other) for one in drawn for other in drawn if one < other and difference(drawn[one], drawn[other]) < 8
    ]
    assert alike == []


@pytest.mark.parametrize("composition", pictures.COMPOSITIONS)
def test_a_picture_is_neither_empty_nor_black(composition):
    grey = small("a-key", composition).convert("L")
    assert ImageStat.Stat(grey).stddev[0] > 12
    assert 60 < ImageStat.Stat(grey).mean[0] < 235


def test_stages_have_papers_of_their_own_and_what_is_no_stage_the_districts():
    papers = {inks.paper for inks in (*INKS.values(), DISTRICT)}
    assert len(papers) == len(INKS) + 1
    assert small("a-key", "kites", "nowhere").tobytes() == small("a-key", "kites", "nowhere").tobytes()
    corner = small("a-key", "rings", "district").resize((1, 1))
    assert corner.tobytes() != small("a-key", "rings", "primary").resize((1, 1)).tobytes()


def test_a_composition_that_does_not_exist_is_refused():
    with pytest.raises(KeyError):
        small("a-key", "portrait")


def test_a_key_without_a_composition_chooses_one_by_itself():
    chosen = pictures.composition_of("a-key")
    assert pictures.draw("a-key", "primary", *SMALL).tobytes() == small("a-key", chosen).tobytes()


def test_every_composition_named_in_the_data_exists_and_is_described():
    described = load("site")["pictures"]["compositions"]
    named = {record["composition"] for record in [*load("schools"), *extra()]}
    assert named <= set(pictures.COMPOSITIONS)
    assert set(described) == set(pictures.COMPOSITIONS)
    assert all(text["zh"].strip() and text["en"].strip() for text in described.values())
    assert len({text["zh"] for text in described.values()}) == len({text["en"] for text in described.values()})
    assert len({text["en"] for text in described.values()}) == len(described)


def test_no_two_schools_share_a_composition():
    counts = Counter(school["composition"] for school in load("schools"))
    assert [name for name, count in counts.items() if count > 1] == []


def test_a_composition_stands_at_most_twice_among_stories_and_never_beside_itself():
    order = [record["composition"] for record in extra()]
    assert [name for name, count in Counter(order).items() if count > 2] == []
    assert all(one != other for one, other in pairwise(order))
