"""Schools side by side: what is recorded of each, without a ranking, and what is asked for wrongly."""

import re
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from schools.models import SchoolGroup, SchoolIndexPage, SchoolPage, Town

from .factories import make_figure, make_honour, make_metric, make_period, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def address(*keys, prefix=""):
    return f"{prefix}/schools/compare/?{'&'.join(f's={key}' for key in keys)}"


def main_of(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def columns(client, url):
    """The keys of the compared schools, from left to right."""
    return re.findall(r'class="compared__name" href="[^"]*/schools/([\w-]+)/"', main_of(client, url))


def rows(client, url):
    """{label: cells} of the table, as plain text."""
    found = {}
    for row in re.findall(r"<tr>(.*?)</tr>", main_of(client, url), re.DOTALL):
        head = re.search(r'<th scope="row">(.*?)</th>', row, re.DOTALL)
        if head:
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            found[plain(head[1])] = [plain(cell) for cell in cells]
    return found


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html)).strip()


# The table -------------------------------------------------------------------------------------


def test_schools_stand_in_the_order_in_which_they_were_asked_for(client):
    first, second, third = make_school(), make_school(stage="kindergarten"), make_school()
    assert columns(client, address(third.key, first.key, second.key)) == [third.key, first.key, second.key]


def test_what_one_of_them_has_is_a_row_and_the_rest_is_named_below(client):
    town = Town.objects.create(key="shuangfu", name="双福", name_en="Shuangfu")
    first = make_school(town=town, opened_year=1932, title_en="First")
    second = make_school(title_en="Second", area="山区", area_en="The hills")
    found = rows(client, address(first.key, second.key, prefix="/en"))
    assert found["Town"] == ["Shuangfu", "The hills"]
    assert found["Opened"] == ["1932", "Not recorded"]
    assert found["Status"] == ["Established", "Established"]
    assert found["Checked by the school"] == ["Not yet", "Not yet"]
    assert "Ownership" not in found
    below = main_of(client, address(first.key, second.key, prefix="/en")).split("Not recorded for any of them")[1]
    assert "Ownership" in below
    assert "Town" not in below


def test_every_figure_that_one_has_stands_with_its_period(client):
    first, second = make_school(title_en="First"), make_school(title_en="Second")
    shared, own = make_metric(name_en="Classes"), make_metric(name_en="Site area")
    make_figure(first, shared, value=48)
    make_figure(second, shared, value=0)
    make_figure(second, own, value=57)
    found = rows(client, address(first.key, second.key, prefix="/en"))
    assert found["Classes"] == ["48 places 2024", "0 places 2024"]
    assert found["Site area"] == ["Not recorded", "57 places 2024"]


def test_of_several_periods_the_newest_stands(client):
    first, second = make_school(), make_school()
    metric = make_metric(name="班级数")
    for key, label, end in (("p23", "2023年", "2023-12-31"), ("p22", "2022年", "2022-12-31"), ("p0", "不详", None)):
        period = make_period(key=key, label=label, end=end)
        make_figure(first, metric, period=period, value=int(key[1:]))
    assert rows(client, address(first.key, second.key))["班级数"][0] == "23个 2023年"


def test_honours_are_counted_by_level_and_not_added_up(client):
    first, second = make_school(title_en="First"), make_school(title_en="Second")
    make_honour(holder_school=first, level="national", name_en="Prize")
    make_honour(holder_school=first, level="municipal", count=8, name_en="Courses")
    make_honour(holder_school=first, level="municipal", count=2, name_en="Some of them")
    url = address(first.key, second.key, prefix="/en")
    said = rows(client, url)["Honours on record, by level"]
    assert said == ["National 1 Prize Municipal 2 Courses ×8 Some of them ×2", "Not recorded"]
    assert "no ranking and no score" in main_of(client, url)


def test_only_what_differs_is_shown_if_that_is_asked(client):
    first, second = make_school(opened_year=1932, title_en="First"), make_school(title_en="Second")
    shared, own, dated = make_metric(name_en="Classes"), make_metric(name_en="Site area"), make_metric(name_en="Places")
    for school, later in ((first, "2022"), (second, "2023")):
        make_figure(school, shared, value=48)
        make_figure(school, dated, value=12, period=make_period(key=f"p{later}", label_en=later))
    make_figure(second, own, value=57)
    url = address(first.key, second.key, prefix="/en")
    every, fewer = rows(client, url), rows(client, f"{url}&only=differences")
    assert {"Stage", "Status", "Classes"} <= set(every)
    assert fewer == {name: every[name] for name in ("Opened", "Site area", "Places")}
    assert rows(client, f"{url}&only=nonsense") == every
    html = main_of(client, f"{url}&only=differences")
    assert f'href="?s={first.key}&amp;s={second.key}"' in html
    assert f'href="?s={second.key}&amp;only=differences"' in html  # without the first
    assert '<input type="hidden" name="only" value="differences">' in html


def test_schools_that_share_everything_have_no_rows_that_differ(client):
    first, second = make_school(title_en="First"), make_school(title_en="Second")
    url = f"{address(first.key, second.key, prefix='/en')}&only=differences"
    assert rows(client, url) == {}
    assert "Nothing on record differs." in main_of(client, url)


def test_a_draft_metric_is_no_row(client):
    first, second = make_school(), make_school()
    make_figure(first, make_metric(name="未公布", live=False))
    assert "未公布" not in main_of(client, address(first.key, second.key))


# What is asked ---------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [0, 1])
def test_with_one_school_or_none_there_is_a_form_with_help(client, count):
    school = make_school(title_en="First")
    html = main_of(client, address(*[school.key] * count, prefix="/en"))
    assert "<table" not in html
    assert html.count("<select") == 4
    assert ("Choose at least one more" in html) == (count == 1)
    assert (f'<option value="{school.key}" selected>' in html) == (count == 1)


def test_more_than_four_are_the_first_four_and_it_is_said(client):
    schools = [make_school(title_en=f"School {number}") for number in range(6)]
    url = address(*[school.key for school in schools], prefix="/en")
    assert columns(client, url) == [school.key for school in schools[:4]]
    assert 'role="alert">Only 4 schools' in main_of(client, url)
    assert "alert" not in main_of(client, address(*[school.key for school in schools[:4]], prefix="/en"))


@pytest.mark.parametrize("nonsense", ["nothing", "", "%20", "x" * 5000, "<script>", "compare", "双福", "-1"])
def test_keys_that_are_not_known_are_passed_over(client, nonsense):
    first, second = make_school(), make_school()
    assert columns(client, address(first.key, nonsense, second.key, first.key)) == [first.key, second.key]


def test_a_very_long_list_of_keys_is_no_burden(client):
    school = make_school()
    assert columns(client, address(*[f"k{number}" for number in range(900)], school.key)) == []


@pytest.mark.parametrize("value", ["%00", "%ff"])
def test_what_cannot_be_read_is_no_error_of_ours(client, value):
    make_school()
    assert client.get(f"/schools/compare/?s={value}").status_code in (200, 400)


def test_each_school_can_be_taken_out(client):
    first, second, third = make_school(), make_school(), make_school()
    html = main_of(client, address(first.key, second.key, third.key))
    assert f'href="?s={first.key}&amp;s={third.key}"' in html


def test_it_is_only_read(client):
    make_school()
    assert client.post("/schools/compare/").status_code == 405
    assert client.head("/schools/compare/").status_code == 200


# Who may be compared ---------------------------------------------------------------------------


@pytest.mark.parametrize("how", ["draft", "private"])
def test_drafts_and_private_schools_are_neither_compared_nor_offered(client, how):
    first, second = make_school(), make_school()
    hidden = make_school(title="未公开学校", live=how != "draft")
    if how == "private":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    url = address(first.key, hidden.key, second.key)
    assert columns(client, url) == [first.key, second.key]
    assert "未公开学校" not in main_of(client, url)


def test_without_a_public_directory_there_is_no_comparison(client):
    make_school()
    SchoolIndexPage.objects.get().unpublish()
    assert client.get("/schools/compare/").status_code == 404


# Languages and machines ------------------------------------------------------------------------


def test_a_school_in_chinese_only_stands_beside_others_in_chinese(client):
    first = make_school(title="双福六小", title_en="Shuangfu No. 6")
    second = make_school(title="几江幼儿园", official_name="江津区几江幼儿园")
    url = address(first.key, second.key, prefix="/en")
    html = main_of(client, url)
    assert f'href="/en/schools/{second.key}/"><bdi lang="zh-Hans" dir="ltr">几江幼儿园' in html
    assert rows(client, url)["Official name"] == ["Not recorded", "江津区几江幼儿园"]


def test_the_switch_of_languages_keeps_the_schools(client):
    first, second = make_school(), make_school()
    html = client.get(address(first.key, second.key)).content.decode()
    assert f'href="/en/schools/compare/?s={first.key}&amp;s={second.key}"' in html


def test_search_engines_do_not_list_comparisons(client):
    school = make_school()
    html = client.get(address(school.key)).content.decode()
    assert '<meta name="robots" content="noindex' in html
    assert 'rel="canonical"' not in html


def test_the_day_of_a_check_is_a_date(client):
    first, second = make_school(), make_school(verified_on=date(2024, 5, 1))
    assert rows(client, address(first.key, second.key, prefix="/en"))["Checked by the school"] == [
        "Not yet",
        "1 May 2024",
    ]


def test_no_school_can_take_the_address_of_the_comparison():
    make_school()
    school = SchoolPage(title="比较", slug="compare", stage="primary")
    with pytest.raises(ValidationError) as refused:
        SchoolIndexPage.objects.get().add_child(instance=school)
    assert list(refused.value.error_dict) == ["slug"]


def test_the_number_of_queries_does_not_grow(client):
    def queries_of(url):
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            client.get(url)
        return len(captured)

    schools = [make_school(group=SchoolGroup.objects.create(key=f"g{n}", name="集团")) for n in range(4)]
    for school in schools[:2]:
        make_figure(school)
        make_honour(holder_school=school)
    few = queries_of(address(*[school.key for school in schools[:2]]))
    for school in schools:
        for _number in range(4):
            make_figure(school)
            make_honour(holder_school=school)
    assert queries_of(address(*[school.key for school in schools])) == few <= 16
