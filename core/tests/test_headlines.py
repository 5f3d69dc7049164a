import pytest

from core.languages import reading
from core.text.fallback import FallbackText, in_source
from core.text.headlines import before_dot, title_classes, width


pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("title", "classes"),
    [
        ("", "title--short title--phrases"),
        ("双福六小开门，一学年的建校账", "title--short title--phrases"),
        ("公办园添了五所，学位多出1680个", "title--short title--phrases"),
        ("从1975名到1名：教师的称号怎么数一数", "title--long title--phrases"),
        ("江津区教育委员会关于印发实施方案", "title--long"),
        ("一" * 15, "title--short"),
        ("一" * 16, "title--long"),
        ("一" * 24, "title--long"),
        ("一" * 25, "title--longer"),
        ("Three eights in school reform", "title--short title--phrases"),
        ("How figures are stated here, and how errors are put right", "title--long title--phrases"),
        ("學校" * 13, "title--longer"),
        ("新しい学校が二千二十三年の秋に", "title--short"),
    ],
)
def test_a_title_is_set_smaller_as_it_grows_and_keeps_its_phrases_if_they_fit(title, classes):
    assert title_classes(title) == classes


def test_latin_letters_are_narrow():
    assert width("学校") == 2
    assert width("A" * 20) == pytest.approx(7)


@pytest.mark.parametrize(
    ("kicker", "first"),
    [
        ("新学校 · 内容截至2023年秋", "新学校"),
        ("New schools · facts as of autumn 2023 · more", "New schools"),
        ("奔跑吧，少年", "奔跑吧，少年"),
        ("源·活课程", "源·活课程"),
        ("", ""),
    ],
)
def test_a_list_shows_what_a_kicker_says_first(kicker, first):
    assert before_dot(kicker) == first


def test_a_kicker_in_chinese_among_english_still_knows_that_it_is():
    with reading("en"):
        first = before_dot(in_source("新学校 · 内容截至2023年秋"))
    assert isinstance(first, FallbackText)
    assert first.spans == ((0, 3),)
