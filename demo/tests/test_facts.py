"""Walks the demo's data files: each fact of theirs is shown where readers look for it, and each number in a story is one of them."""

import json
import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from core.languages import SOURCE, reading
from core.models import BasePage
from core.numbers import agree, read_numbers
from core.text.traditional import to_traditional
from demo.records import load, load_stories, texts_in
from metrics.models import Metric, Observation
from news.models import StoryPage
from schools.models import Honour, SchoolPage


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.once]

STRINGS = Path(settings.BASE_DIR) / "core" / "tests" / "data" / "figure_strings.json"  # reviewed by hand
MARK = re.compile(r"\{figure:([\w-]+)\|([^}]*)\}")
PREFIX = {"zh-hans": "", "zh-hant": "/zh-hant", "en": "/en"}


class Site:
    """The public pages as the crawl found them, each parsed once."""

    def __init__(self, crawl):
        self.crawl, self.pages = crawl, {}

    def main(self, path, code="zh-hans"):
        """What stands between the masthead and the footer."""
        address = PREFIX[code] + path
        if address not in self.pages:
            self.pages[address] = BeautifulSoup(self.crawl.pages[address], "html.parser").main
        return self.pages[address]

    def text(self, path, code="zh-hans"):
        return squeezed(self.main(path, code))

    def links(self, path):
        return {link["href"] for link in self.main(path).find_all("a", href=True)}


def squeezed(element):
    return " ".join(element.get_text().split())


@pytest.fixture(scope="module")
def site(crawl):
    return Site(crawl)


def named(text, code):
    return {"zh-hans": text["zh"], "zh-hant": to_traditional(text["zh"]), "en": text["en"]}[code]


# Every thing has its page -------------------------------------------------------------------------

PAGES = [
    *[(f"/schools/{record['key']}/", record["title"]) for record in load("schools")],
    *[(f"/programmes/{record['key']}/", record["title"]) for record in load("programmes")],
    *[(f"/data/{record['key']}/", record["name"]) for record in load("figures")["metrics"]],
]


@pytest.mark.parametrize("code", PREFIX)
def test_every_school_programme_and_metric_has_its_page_with_its_name(site, code):
    assert len(PAGES) == 11 + 35 + 49
    for path, name in PAGES:
        assert squeezed(site.main(path, code).h1) == named(name, code), path


@pytest.mark.parametrize("code", PREFIX)
def test_every_story_has_its_page_with_its_title(site, code):
    for record in load_stories():
        assert squeezed(site.main(f"/news/{record['slug']}/", code).h1) == named(record["title"], code)


# Honours ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", PREFIX)
def test_the_honours_of_a_school_stand_on_its_page(site, code):
    schools = {record["key"] for record in load("schools")}
    honours = [record for record in load("honours") if record["holder"] in schools]
    assert len(honours) == Honour.objects.filter(holder_school__isnull=False).count() == 12
    for record in honours:
        assert named(record["name"], code) in site.text(f"/schools/{record['holder']}/", code), record["key"]


def test_the_honours_of_others_are_named_somewhere(site):
    """The district and its offices have no page of their own."""
    paths = ["/", "/about/", "/data/", *[path for path, _name in PAGES if not path.startswith("/schools/")]]
    everything = "\n".join(site.text(path) for path in paths + [f"/news/{story['slug']}/" for story in load_stories()])
    schools = {record["key"] for record in load("schools")}
    honours = [record for record in load("honours") if record["holder"] not in schools]
    assert [record["key"] for record in honours if record["name"]["zh"] not in everything] == []


# Figures ------------------------------------------------------------------------------------------


def strings():
    return {row["id"].replace(".", "-"): row for row in json.loads(STRINGS.read_text(encoding="utf-8"))}


def rows_of(site, metric, code):
    """The rows of the table on a metric's page, as lists of the texts of their cells."""
    for row in site.main(f"/data/{metric}/", code).select("tbody tr"):
        yield [squeezed(cell) for cell in row.find_all(["th", "td"])]


@pytest.mark.parametrize("code", ["zh-hans", "en"])
def test_every_observation_stands_on_its_metrics_page_as_the_reviewed_table_has_it(site, code):
    """With whom it is of, its part, its period, its place in the source and its note."""
    reviewed, records = strings(), load("observations")
    assert {record["key"] for record in records} == set(reviewed)
    for record in records:
        figure = Observation.objects.with_context().get(key=record["key"])
        with reading(code):
            beside = [str(figure.subject), figure.period.label, figure.source_place, figure.note]
            beside += [] if figure.dimension.is_total else [figure.dimension.label]
        rows = [row for row in rows_of(site, record["metric"], code) if reviewed[record["key"]][code] in row]
        assert any(all(text in " ".join(row) for text in beside) for row in rows), record["key"]


def test_every_observation_is_cited_by_a_story():
    uncited = Observation.objects.filter(story_links__isnull=True)
    assert sorted(uncited.values_list("key", flat=True)) == []


# Links lead back ----------------------------------------------------------------------------------


def test_what_a_story_links_to_lists_the_story(site):
    for story in StoryPage.objects.all():
        address = f"/news/{story.slug}/"
        paths = [f"/schools/{key}/" for key in story.school_links.values_list("school__key", flat=True)]
        paths += [f"/programmes/{key}/" for key in story.programme_links.values_list("programme__key", flat=True)]
        metrics = story.observation_links.values_list("observation__metric__key", flat=True)
        paths += [f"/data/{key}/" for key in metrics]
        assert paths, story
        for path in paths:
            assert address in site.links(path), f"{path} does not list {address}"


def test_a_story_links_to_what_its_record_names():
    """The rows are derived from the body: every school and figure that is marked in it is there."""
    for record in load_stories():
        marks = {mark for text in texts_in(record["body"]) for mark in re.findall(r"\{(\w+):([\w-]+)\|", text["zh"])}
        story = StoryPage.objects.get(slug=record["slug"])
        figures = set(story.observation_links.values_list("observation__key", flat=True))
        schools = set(story.school_links.values_list("school__key", flat=True))
        assert {key for kind, key in marks if kind == "figure"} <= figures, record["slug"]
        assert {key for kind, key in marks if kind == "school"} <= schools, record["slug"]


# Numbers in stories -------------------------------------------------------------------------------


def test_a_number_marked_as_a_figure_agrees_with_it():
    marks = [mark for record in load_stories() for text in texts_in(record) for mark in MARK.findall(text["zh"])]
    assert len(marks) >= 60
    for key, words in marks:
        (typed,), (stored,) = read_numbers(words), read_numbers(Observation.objects.get(key=key).display())
        assert agree(typed, stored), f"{key}: {words}"


def facts():
    """All figures of the demo, and the totals that they are compared with."""
    for figure in Observation.objects.with_context():
        yield from read_numbers(figure.display())
        yield from read_numbers(figure.comparator_display())


# Small numbers in Chinese numerals, with words that count parts of the text or of a thought: 一篇报纸专题, 三种用处.
IN_PASSING = frozenset("篇种类套组次处字级间栋座本")


def is_date(number):
    """2023年, 9月, 2022—2023学年."""
    if number.unit in ("年", "学年", "年度"):
        return number.value >= 1900
    return number.unit in ("月", "日", "号") and number.value <= 31


def in_passing(number):
    """一 with any unit is an article; see above for the others."""
    if re.search(r"\d", number.text):
        return False
    return number.value == 1 or (number.value <= 10 and number.unit in IN_PASSING)


def unmarked_numbers():
    """(slug, reading) of each number with a unit in the Chinese of a story that is no link to a figure."""
    for record in load_stories():
        for text in texts_in(record):
            for number in read_numbers(MARK.sub("", text["zh"])):
                if number.unit and not number.ordinal and not is_date(number) and not in_passing(number):
                    yield record["slug"], number


# What is no figure of ours, as (story, number as typed): why it may stand there.
EXPLAINED = {
    ("kindergarten-places", "九十多年"): "the 91 years of 几江幼儿园, in words",
    ("kindergarten-places", "九十八个"): "how 98.02% must not be read",
    ("teachers-and-studios", "两项"): "the first two of the titles that are listed",
    ("teachers-and-studios", "六个"): "the numbers just listed",
    ("teachers-and-studios", "三名"): "the name of a project",
    ("shuangfu-liuxiao-opens", "两所"): "the three new schools less this one",
    ("shuangfu-liuxiao-opens", "四所"): "three built and one enlarged",
    ("shuangfu-liuxiao-opens", "9000万元"): "says that this is a round number",
    ("jiangjin-education-autumn-2023", "两所"): "the three new schools less one; the two old schools of a section",
    ("jiangjin-education-autumn-2023", "四所"): "the schools of a section",
    ("jiangjin-education-autumn-2023", "三名"): "the name of a project",
    ("jiangjin-education-autumn-2023", "四成"): "20 of 50, worked out, as the story says",
}


def test_any_other_number_with_a_unit_is_a_fact_or_explained():
    known = list(facts())
    strange = {
        (slug, number.text) for slug, number in unmarked_numbers() if not any(agree(number, fact) for fact in known)
    }
    assert strange == set(EXPLAINED)


# What the contract names --------------------------------------------------------------------------

SCHOOL = "/schools/shuangfu-liuxiao/"
AID = "/data/student-aid/"


@pytest.mark.parametrize(
    ("path", "code", "words"),
    [
        (SCHOOL, "zh-hans", ("双福六小", "约57亩", "48个班", "9000多万元")),
        (SCHOOL, "zh-hant", ("雙福六小", "約57畝", "48個班", "9000多萬元")),
        (SCHOOL, "en", ("about 57 mu (3.8 ha)", "48 classes", "more than 90 million yuan")),
        (AID, "zh-hans", ("1.37亿元", "江津区", "2022—2023学年", "江津 同城化发展教育先行 高品质铸就示范样板", "L33")),
        (AID, "zh-hant", ("1.37億元", "江津區", "2022—2023學年", "L33")),
        (AID, "en", ("137 million yuan", "Jiangjin District", "2022–23 school year", "L33")),
    ],
)
def test_the_pages_of_the_contract(site, path, code, words):
    for each in words:
        assert each in site.text(path, code)


@pytest.mark.parametrize("code", PREFIX)
def test_the_page_of_student_aid_says_what_is_doubtful(site, code):
    record = next(record for record in load("observations") if record["key"] == "student-aid")
    assert named(record["note"], code) in site.text(AID, code)


def test_the_page_of_a_school_lists_all_stories_about_it(site):
    school = SchoolPage.objects.get(key="shuangfu-liuxiao")
    slugs = set(school.story_links.values_list("story__slug", flat=True))
    assert "shuangfu-liuxiao-opens" in slugs
    assert {f"/news/{slug}/" for slug in slugs} <= site.links(SCHOOL)


def test_a_crawl_of_the_whole_site_finds_every_page_and_writes_nothing(crawl):
    """Every public page and metric is reached by links in each open language; no query writes, no cookie is set."""
    assert crawl.writes == []
    assert crawl.failures == []
    assert crawl.cookies == []
    assert crawl.made == 0
    for page in BasePage.objects.filter(depth__gte=2):
        with reading(SOURCE, address=True):
            assert page.url in crawl.pages
        for code in ("en", "zh-hant"):
            with reading(code, address=True):
                assert page.url in crawl.pages
    assert {metric.get_absolute_url() for metric in Metric.objects.all()} <= set(crawl.pages)
