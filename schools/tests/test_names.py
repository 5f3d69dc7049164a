"""Names of schools in a text: the longest, and none that only begins like one."""

from datetime import date

import pytest

from schools.names import Dated, Names, dated_names, known_names

from .factories import make_school


pytestmark = pytest.mark.once

DAY = date(2024, 9, 1)
SCHOOL, CAMPUS, KINDERGARTEN = 1, 2, 3
KNOWN = Names(
    [("江津中学", SCHOOL), ("重庆市江津中学校", SCHOOL), ("江津中学滨江校区", CAMPUS), ("几江幼儿园", KINDERGARTEN)]
)


def found(text):
    return [(name.words, name.school) for name in KNOWN.found_in(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("江津中学滨江校区开学，江津中学也开学。", [("江津中学滨江校区", CAMPUS), ("江津中学", SCHOOL)]),
        ("重庆市江津中学校迎来新生。", [("重庆市江津中学校", SCHOOL)]),
        ("江津中学圣泉校区开学。", []),
        ("江津中学附属小学开学。", []),
        ("江津中学生运动会", []),
        ("江津中学生源稳定", [("江津中学", SCHOOL)]),
        ("江津中学新校区开工", [("江津中学", SCHOOL)]),
        ("江津中学和双福校区", [("江津中学", SCHOOL)]),
        ("江津中学师生走进双福校区", [("江津中学", SCHOOL)]),
        ("江津中江津中学几江幼儿园江津中", [("江津中学", SCHOOL), ("几江幼儿园", KINDERGARTEN)]),
        ("", []),
        ("江", []),
    ],
)
def test_the_longest_name_and_no_other_school(text, expected):
    assert found(text) == expected


def test_no_names_find_nothing():
    assert not list(Names([]).found_in("江津中学"))


@pytest.mark.django_db
def test_names_of_readable_schools_and_what_belongs_to_two_to_none(django_assert_num_queries):
    first = make_school(title="江津中学", official_name="重庆市江津中学校", other_names="江中，津中学, 实验学校")
    make_school(title="双福六小", other_names="实验学校")
    make_school(title="几江中学", live=False)
    with django_assert_num_queries(1):
        known = known_names(DAY)
    text = "重庆市江津中学校、津中学、江中、实验学校、双福六小、几江中学"
    assert [name.words for name in known.found_in(text)] == ["重庆市江津中学校", "津中学", "双福六小"]
    assert next(known.found_in(text)).school == first.pk


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "双福小学（1998—2015）, 双福中心校(至2003年)",
            [Dated("双福小学", 1998, 2015), Dated("双福中心校", None, 2003)],
        ),
        (
            "江津二中（2016—）、几中（2016年起），六小（2020）",
            [Dated("江津二中", 2016), Dated("几中", 2016), Dated("六小", 2020, 2020)],
        ),
        ("六小（南校区）, 七小（）,, 八小", [Dated("六小（南校区）"), Dated("七小（）"), Dated("八小")]),
        ("", []),
    ],
)
def test_the_years_of_other_names(text, expected):
    assert dated_names(text) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(("year", "owner"), [(2010, "几江中学"), (2020, "江津二中"), (2015, None), (2016, "江津二中")])
def test_a_name_is_the_school_s_that_had_it_then(year, owner):
    schools = {
        name: make_school(title=name, other_names=others).pk
        for name, others in (
            ("几江中学", "江津二中（—2015）"),
            ("江津二中", "双福中学（1990—2014），江津二中（2015—）"),
        )
    }
    found = [name.school for name in known_names(date(year, 5, 1)).found_in("在江津二中")]
    assert found == ([schools[owner]] if owner else [])
