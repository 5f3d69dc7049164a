"""Chinese on pages in Arabic: what nobody has translated is there, by its Chinese name, and marked as Chinese."""

import re

import pytest

from core.languages import column
from core.models import Language, SiteNotice
from core.publishing.projection import project
from core.segments import extract
from core.tests.chinese_text import unmarked_chinese
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.models import Contributor, ProgrammeIndexPage, StoryContributor, Topic
from news.tests.factories import make_index, make_programme, make_story, publish
from schools.models import SchoolIndexPage, Town
from schools.tests.factories import make_home, make_honour, make_image, make_organisation, make_school

from .portal import everything


pytestmark = [pytest.mark.django_db, pytest.mark.once]

SCHOOL = "双福六小"
LINK = re.compile('<a id="[^"]+">(?=[^<]*</a>)')
MARKED = '<bdi lang="zh-Hans" dir="ltr">{}</bdi>'


def in_arabic(obj):
    """Published in Arabic, with no Chinese in it: links have no words of their own, so they name what they lead to."""
    return project(
        obj, "ar", {each.path: "نص عربي" + "</a>".join([*LINK.findall(each.text), ""]) for each in extract(obj)}
    )


@pytest.fixture
def site(client):
    """Pages in Arabic that name a school, a programme, a figure, a topic and people that are in Chinese only."""
    Language.objects.filter(code="ar").update(is_open=True)
    home = make_home(title="江津教育")
    indexes = [
        make_index(title="新闻"),
        make_index(SchoolIndexPage, title="学校", slug="schools"),
        make_index(MetricsPage, title="数据", slug="data"),
        make_index(ProgrammeIndexPage, title="行动与项目", slug="programmes"),
    ]
    town = Town.objects.create(key="shuangfu", name="双福街道")
    fields = {"telephone": "+86 23 4752 1234", "other_names": "双福实验小学, Shuangfu", "address": "双福大道1号"}
    school = make_school(title=SCHOOL, slug="shuangfu-6", town=town, **fields)
    beside = make_school(title="几江中学", slug="jijiang", stage="junior", entrusted_to=school)
    for n in range(3):
        make_honour(holder_school=school, grantor=make_organisation(name=f"国务院{n}"), name=f"奖项{n}", count=n + 1)
    unit = make_unit(key="person-times", symbol="人次")
    metric = make_metric(key="new-places", name="新增学位", unit=unit)
    figure = make_observation(metric=metric, unit=unit, subject_school=school, subject_organisation=None)
    programme = make_programme(title="课程改革", slug="reform", standfirst="改革。")
    topic = Topic.objects.create(key="teachers", name="师资")
    body = everything(school, figure, programme, make_image())
    story = make_story(title="新校园", slug="story", body=body, topics=[topic], document_number="津教〔2024〕1号")
    StoryContributor.objects.create(story=story, contributor=Contributor.objects.create(key="jiang", name="江记者"))
    publish(story)
    SiteNotice.objects.create(text="今天维护。", level="warning")
    translated = make_school(title="几江小学", slug="jijiang-primary", town=town, entrusted_to=school)
    for obj in (home, *indexes, story, translated, metric):
        in_arabic(obj)
    return {"school": school, "beside": beside, "metric": metric, "story": story}


PAGES = [
    "/ar/",
    "/ar/news/",
    "/ar/news/story/",
    "/ar/schools/",
    "/ar/schools/jijiang-primary/",
    "/ar/schools/compare/?s=jijiang&s=jijiang-primary",
    "/ar/data/",
    "/ar/data/new-places/",
    "/ar/data/download/",
    "/ar/programmes/",
    "/ar/search/",
    "/ar/search/?q=双福",
    "/ar/search/?q=双富+六小",
    "/ar/sitemap/",
    "/ar/api/v1/",
    "/ar/nothing/",
]


NAMED = [
    ("/ar/", SCHOOL),
    ("/ar/news/?school=shuangfu-6", SCHOOL),
    ("/ar/news/story/", SCHOOL),
    ("/ar/schools/", "几江中学"),
    ("/ar/schools/", "双福街道"),
    ("/ar/schools/jijiang-primary/", SCHOOL),
    ("/ar/data/", SCHOOL),
    ("/ar/data/new-places/", SCHOOL),
    ("/ar/data/new-places/", "人次"),
    ("/ar/sitemap/", SCHOOL),
]


def test_no_chinese_stands_unmarked_on_a_page_of_another_language(site, client):
    pages = {path: client.get(path).content.decode() for path in PAGES}
    assert [path for path, html in pages.items() if 'dir="rtl"' not in html] == []
    found = {path: unmarked_chinese(html) for path, html in pages.items()}
    assert {path: texts for path, texts in found.items() if texts} == {}


def test_what_is_not_translated_is_named_in_chinese_and_does_not_vanish(site, client):
    pages = {path: client.get(path).content.decode() for path, _name in NAMED}
    assert [(path, name) for path, name in NAMED if MARKED.format(name) not in pages[path]] == []
    counted = f'{MARKED.format("双福街道")}</span> <span class="facets__count">2</span>'
    assert counted in pages["/ar/schools/"]
    form = client.get("/ar/schools/compare/").content.decode()
    assert f'<option value="shuangfu-6" lang="zh-Hans" dir="ltr">{SCHOOL}</option>' in form


def test_programs_are_told_the_language_of_their_texts(site, client):
    items = client.get("/api/v1/schools?lang=ar").json()["items"]
    named = {item["key"]: (item["title"], item["language"], item["address"]) for item in items}
    assert named["shuangfu-6"] == (SCHOOL, "zh-Hans", "双福大道1号")
    assert named["jijiang-primary"][:2] == ("نص عربي", "ar")
    figure = client.get("/api/v1/observations?lang=ar").json()["items"][0]
    assert figure["subject"]["name"] == SCHOOL
    rows = client.get("/ar/schools/directory.csv").content.decode("utf-8-sig").splitlines()
    assert any(f"{SCHOOL},zh-Hans" in row for row in rows)


def test_numbers_to_call_and_of_documents_read_from_left_to_right(site, client):
    setattr(site["school"], column("title", "ar"), "مدرسة")
    site["school"].save(update_fields=[column("title", "ar")])
    assert '<bdi dir="ltr">+86 23 4752 1234</bdi>' in client.get("/ar/schools/shuangfu-6/").content.decode()
    assert f'<bdi dir="ltr">{MARKED.format("津教〔2024〕1号")}</bdi>' in client.get("/ar/news/story/").content.decode()


def test_in_traditional_chinese_what_is_simplified_says_so(site, client):
    Town.objects.update(**{column("name", "zh-hant"): ""})
    assert MARKED.format("双福街道") in client.get("/zh-hant/schools/").content.decode()
    assert "<bdi" not in client.get("/schools/").content.decode()
