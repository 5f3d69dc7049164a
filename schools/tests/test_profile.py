"""A school's profile: what is on record and what is not, its relations both ways, and where it leads."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from schools.models import SchoolGroup, SchoolZone, Town

from .factories import make_figure, make_home, make_honour, make_school, make_story


pytestmark = [pytest.mark.django_db, pytest.mark.once]


def main_of(client, school, prefix="/en"):
    response = client.get(f"{prefix}/schools/{school.key}/")
    assert response.status_code == 200
    html = response.content.decode()
    return html[html.index("<main") : html.index("</main>")]


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", re.sub("</?bdi[^>]*>", "", html))).strip()


def facts(client, school, prefix="/en"):
    """{label: text} of what is on record and of the relations."""
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", main_of(client, school, prefix), re.DOTALL)
    return {plain(label): plain(text) for label, text in found}


def english(title="A School", **values):
    return make_school(title_en=title, **values)


# The record ------------------------------------------------------------------------------------


def test_what_is_recorded_stands_with_what_is_known_of_it(client):
    school = english(
        town=Town.objects.create(key="shuangfu", name="双福", name_en="Shuangfu"),
        place_note_en="Worked out from its name.",
        setting="rural",
        status="new",
        status_note_en="Built in 2022 to 2023.",
        opened_year=2023,
        opened_basis="derived",
        ownership="public",
        catchment_en="East of the river",
        catchment_year=2024,
        catchment_source_en="Notice 5",
        address_en="1 River Road",
        telephone="000",
        website="https://example.org/school",
        latitude="29.28300",
        longitude="106.25900",
        verified_on=date(2024, 5, 1),
    )
    found = facts(client, school)
    assert found["Town"] == "Shuangfu Worked out from its name."
    assert found["Status"] == "New Built in 2022 to 2023."
    assert found["Opened"] == "2023 Worked out from the source"
    assert found["Catchment area"] == "East of the river 2024 · Notice 5"
    assert found["Coordinates"] == "29.28300, 106.25900 WGS 84"
    html = main_of(client, school)
    assert 'href="geo:29.28300,106.25900"' in html
    assert 'href="https://example.org/school" rel="external noopener"' in html
    assert "Checked by the school on 1 May 2024." in html
    assert "Not recorded: School zone, School group." in plain(html)


def test_what_is_not_recorded_is_named_and_is_not_said_to_be_none(client):
    html = plain(main_of(client, english()))
    assert "Not recorded: Town, Urban or rural, Opened, Ownership, School zone, School group, Catchment area" in html
    assert "That is not to say that there is none." in html
    assert "Not yet checked by the school." in html
    assert "Coordinates" in html.split("Not recorded")[1]


def test_a_figure_of_nothing_is_a_figure(client):
    school = english()
    make_figure(school, value=0)
    assert "0 places" in plain(main_of(client, school))


def test_an_established_school_has_no_status_to_miss(client):
    assert "Status" not in plain(main_of(client, english()))


def test_the_place_of_half_a_pair_of_coordinates_is_not_recorded(client):
    html = main_of(client, english(latitude="29.28300"))
    assert "geo:" not in html
    assert "Coordinates" in html


def test_other_names_are_those_that_the_reader_can_read(client):
    school = english(title="双福六小", other_names="双福实验小学, Shuangfu Sixth")
    assert facts(client, school, "")["又称"] == "双福实验小学"
    assert facts(client, school)["Also called"] == "双福实验小学, Shuangfu Sixth"


def test_what_editors_write_is_escaped(client):
    html = main_of(client, english(catchment_en="<script>alert(1)</script>\nsecond line"))
    assert "<script>alert" not in html
    assert "<br>second line" in html


# Relations -------------------------------------------------------------------------------------


def test_campuses_know_one_another_and_their_school(client):
    school = english("Main")
    east, west = english("East", parent_campus=school), english("West", parent_campus=school)
    assert facts(client, school)["Campuses"] == "East West"
    assert facts(client, east)["Campus of"] == "Main"
    assert facts(client, east)["Other campuses"] == "West"
    assert "Campuses" not in facts(client, west)


def test_entrusted_schools_are_named_on_both_sides(client):
    strong = english("Strong")
    young = english("Young", entrusted_to=strong)
    assert facts(client, young)["Entrusted to"] == "Strong"
    assert facts(client, strong)["Schools entrusted to it"] == "Young"


def test_members_of_a_group_know_its_lead_and_one_another(client):
    lead = english("Lead")
    group = SchoolGroup.objects.create(key="ronghe", name="融和集团", name_en="Ronghe Group", lead=lead)
    first, second = english("First", group=group, group_relation="member"), english("Second", group=group)
    found = facts(client, first)
    assert found["School group"] == "Ronghe Group Member of the group"
    assert (found["Leads its group"], found["In the same group"]) == ("Lead", "Second")
    assert facts(client, lead)["In the group that it leads"] == "First Second"
    lead.group = group
    lead.save()
    assert facts(client, lead)["In the same group"] == "First Second"
    assert "Leads its group" not in facts(client, lead)
    assert "In the group that it leads" not in facts(client, lead)
    assert facts(client, second)["In the same group"] == "First"


def test_schools_of_a_zone_know_its_lead_and_one_another(client):
    lead = english("Lead")
    zone = SchoolZone.objects.create(key="east", name="东学区", name_en="East Zone", lead=lead)
    first = english("First", zone=zone)
    english("Second", zone=zone)
    found = facts(client, first)
    assert found["School zone"] == "East Zone"
    assert (found["Leads its zone"], found["In the same zone"]) == ("Lead", "Second")
    assert facts(client, lead)["In the zone that it leads"] == "First Second"


@pytest.mark.parametrize("how", ["draft", "private"])
def test_relatives_that_may_not_be_read_are_not_named(client, how):
    hidden = english("Hidden", live=how != "draft")
    if how == "private":
        PageViewRestriction.objects.create(page=hidden, restriction_type="login")
    group = SchoolGroup.objects.create(key="ronghe", name="融和集团", lead=hidden)
    school = english("Seen", parent_campus=hidden, entrusted_to=hidden, group=group)
    assert "Hidden" not in main_of(client, school)


def test_a_relative_in_chinese_only_says_so(client):
    school = english("Main")
    make_school(title="滨江校区", parent_campus=school)
    assert '<bdi lang="zh-Hans" dir="ltr">滨江校区</bdi></a>' in main_of(client, school)


# Where it leads --------------------------------------------------------------------------------


def test_it_leads_to_the_comparison(client):
    school = english()
    assert f'href="/en/schools/compare/?s={school.key}"' in main_of(client, school)
    assert f'href="/schools/compare/?s={school.key}"' in main_of(client, school, "")


def test_it_leads_to_all_its_stories(client):
    school = english()
    story = make_story(f'<p><a linktype="school" id="{school.pk}">校</a></p>')
    assert "?school=" not in main_of(client, school, "")  # there is no list of stories yet
    news = apps.get_model("news.StoryIndexPage")(title="新闻", slug="news", show_in_menus=True)
    make_home().add_child(instance=news)
    assert f'href="/news/?school={school.key}"' in main_of(client, school, "")
    story.unpublish()
    assert "?school=" not in main_of(client, school, "")


def test_honours_stand_by_level(client):
    school = english()
    make_honour(holder_school=school, level="district", name_en="Lower")
    make_honour(holder_school=school, level="national", name_en="Higher")
    text = plain(main_of(client, school))
    assert text.index("National") < text.index("Higher") < text.index("District") < text.index("Lower")


def test_honours_are_counted_in_the_words_of_their_figure(client):
    school = english()
    total = make_honour(holder_school=school, count=50)
    make_honour(holder_school=school, name_en="Exact", count=3)
    figure = make_figure(school, value=50, qualifier="more", printed="50余项", honour=total)
    for prefix, words in (("", "50余项"), ("/en", "more than 50")):
        html = main_of(client, school, prefix)
        assert f'honours__count">{words}' in html
        assert 'honours__count">×3<' in html
        assert "×50" not in html
    type(figure.metric).objects.update(live=False)
    assert 'honours__count">×50<' in main_of(client, school)


def test_the_number_of_queries_does_not_grow_with_relations(client):
    def queries_of(school):
        client.get(school.url)
        with CaptureQueriesContext(connection) as captured:
            client.get(school.url)
        return len(captured)

    lead = make_school()
    group = SchoolGroup.objects.create(key="ronghe", name="融和集团", lead=lead)
    zone = SchoolZone.objects.create(key="east", name="东学区", lead=lead)
    school = make_school(group=group, zone=zone, entrusted_to=lead, parent_campus=lead)
    few = queries_of(school)
    for _number in range(6):
        make_school(group=group, zone=zone, entrusted_to=school, parent_campus=school)
    assert queries_of(school) == few <= 16
