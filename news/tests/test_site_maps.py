"""The maps of the site: for search engines, for people, and for programs that read text."""

import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from core.metadata.sitemaps import LanguageSitemap
from core.models import Language
from core.tests.chinese_text import unmarked_chinese
from metrics.models import MetricsPage
from metrics.tests.factories import make_observation
from news.models import ProgrammeIndexPage
from news.tests.factories import make_index, make_programme, make_standard_page, make_story, translate
from schools.models import SchoolIndexPage
from schools.tests.factories import make_home, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def locations(client, path):
    response = client.get(path)
    assert response.status_code == 200
    root = ET.fromstring(response.content)  # noqa: S314 (our own answer)
    return root, [each.text.removeprefix("http://testserver") for each in root.iter(f"{SITEMAP}loc")]


class TestSitemap:
    def test_pages_and_metrics_in_their_languages(self, client):
        story = translate(make_story())
        make_index(MetricsPage)
        metric = make_observation().metric
        root, found = locations(client, "/sitemap.xml")
        assert {"/", "/news/", story.url, f"/en{story.url}", f"/zh-hant{story.url}", f"/data/{metric.key}/"} <= set(
            found
        )
        assert f"/en/data/{metric.key}/" not in found  # the section itself is not translated
        entry = next(each for each in root if each[0].text == f"http://testserver/en{story.url}")
        alternates = {each.get("hreflang"): each.get("href") for each in entry.iter(f"{XHTML}link")}
        assert set(alternates) == {"zh-Hans", "zh-Hant", "en", "x-default"}
        assert alternates["x-default"] == f"http://testserver{story.url}"
        assert datetime.fromisoformat(entry.find(f"{SITEMAP}lastmod").text) == story.last_published_at

    def test_all_that_it_names_can_be_read(self, client):
        translate(make_story())
        make_school()
        make_programme()
        make_index(MetricsPage)
        make_observation()
        for path in locations(client, "/sitemap.xml")[1]:
            response = client.get(path)
            assert response.status_code == 200, path
            assert "noindex" not in response.content.decode(), path

    def test_what_is_hidden_or_closed_is_not_named(self, client):
        hidden, draft = make_story(), make_story(live=False)
        private(hidden)
        untranslated = make_story()
        translated = translate(make_story())
        Language.objects.filter(code="en").update(is_open=False)
        _root, found = locations(client, "/sitemap.xml")
        assert not {hidden.url, draft.url, f"/en{untranslated.url}", f"/en{translated.url}"} & set(found)
        assert untranslated.url in found

    def test_no_metrics_of_a_private_section(self, client):
        private(make_index(MetricsPage))
        metric = make_observation().metric
        assert f"/data/{metric.key}/" not in locations(client, "/sitemap.xml")[1]

    def test_many_pages_are_told_in_parts(self, client, monkeypatch):
        stories = [make_story() for _number in range(5)]
        monkeypatch.setattr(LanguageSitemap, "limit", 3)
        _root, parts = locations(client, "/sitemap.xml")
        assert {"/sitemap-pages.xml", "/sitemap-pages.xml?p=2", "/sitemap-metrics.xml"} <= set(parts)
        found = []
        for part in parts:
            with CaptureQueriesContext(connection) as queries:
                found += locations(client, part)[1]
            assert len(queries) <= 6
        assert len(found) == len(set(found))
        assert {story.url for story in stories} <= set(found)

    def test_nothing_is_counted(self, client, monkeypatch):
        """Parts are ranges of keys, and the last change is the end of an index: no row is read to make the list of parts."""
        make_story()
        for limit in (3, 1000):
            monkeypatch.setattr(LanguageSitemap, "limit", limit)
            with CaptureQueriesContext(connection) as queries:
                client.get("/sitemap.xml")
            assert not [query["sql"] for query in queries if "COUNT(" in query["sql"] or "MAX(" in query["sql"]]

    @pytest.mark.parametrize(
        "query",
        [
            "/sitemap-none.xml",
            "/sitemap-pages.xml?p=99",
            "/sitemap-pages.xml?p=0",
            "/sitemap-pages.xml?p=x",
            f"/sitemap-pages.xml?p={'9' * 5000}",
        ],
    )
    def test_a_part_that_is_not_there(self, client, query):
        make_home()
        assert client.get(query).status_code == 404

    def test_who_has_it_already_is_not_sent_it_again(self, client):
        make_story()
        first = client.get("/sitemap.xml")
        assert client.get("/sitemap.xml", headers={"if-none-match": first["ETag"]}).status_code == 304


class TestForPeople:
    def site(self):
        return [
            translate(make_index(SchoolIndexPage, title="学校", slug="schools"), title="Schools"),
            make_school(title="双福六小"),
            make_programme(title="三名工程"),
            make_story(title="开学"),
            make_standard_page(title="关于本站"),
        ]

    def test_all_parts_of_the_site_stand_in_its_map(self, client):
        self.site()
        make_index(MetricsPage)
        metric = make_observation().metric
        page = client.get("/sitemap/").content.decode()
        for words in ("双福六小", "三名工程", "开学", "关于本站", metric.name, f"/data/{metric.key}/"):
            assert words in page, words
        assert '<link rel="canonical" href="http://testserver/sitemap/">' in page
        assert 'hreflang="en"' in page

    def test_in_another_language_only_what_is_in_it_and_all_schools(self, client):
        self.site()
        page = client.get("/en/sitemap/").content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        assert "Schools" in main
        assert '<bdi lang="zh-Hans" dir="ltr">双福六小</bdi>' in main
        assert "三名工程" not in main

    def test_of_very_many_schools_of_a_stage_the_first_stand_there_and_the_way_to_all(self, client, monkeypatch):
        monkeypatch.setattr("schools.metadata.LISTED", 2)
        names = ("双福六小", "双福七小", "双福八小")
        for name in names:
            make_school(title=name, stage="primary")
        make_school(title="双福中学", stage="junior")
        page = client.get("/sitemap/").content.decode()
        assert [name in page for name in names] == [True, True, False]
        assert "双福中学" in page
        assert '<a href="/schools/?stage=primary">全部学校 (3)</a>' in page
        assert "?stage=junior" not in page

    def test_a_section_and_a_page_in_chinese_only_are_there_by_their_chinese_names(self, client):
        """As in the masthead and at the foot of the page, which lead to them too."""
        about = self.site()[-1]
        translate(make_standard_page(title="联系我们", slug="contact"), title="Contact")
        page = client.get("/en/sitemap/").content.decode()
        main = page[page.index("<main") : page.index("</main>")]
        programmes = make_index(ProgrammeIndexPage)
        for path, name in ((programmes.url, programmes.title), (about.url, about.title)):
            assert f'<a href="/en{path}"><bdi lang="zh-Hans" dir="ltr">{name}</bdi></a>' in main
        assert '<a href="/en/contact/">Contact</a>' in main
        assert unmarked_chinese(page) == []

    def test_what_is_hidden_is_not_there(self, client):
        school = make_school(title="私密学校")
        private(school)
        make_story(title="草稿报道", live=False)
        private(make_standard_page(title="内部说明", slug="internal"))
        page = client.get("/sitemap/").content.decode()
        assert "内部说明" not in page
        assert "私密学校" not in page
        assert "草稿报道" not in page

    def test_the_number_of_queries_is_fixed(self, client):
        for model in (SchoolIndexPage, ProgrammeIndexPage, MetricsPage):
            make_index(model)
        counts = []
        for _round in range(2):
            for _number in range(4):
                self.site()
                make_observation()
            client.get("/sitemap/")
            with CaptureQueriesContext(connection) as queries:
                client.get("/sitemap/")
            counts.append(len(queries))
        assert counts[0] == counts[1] <= 12

    def test_robots_that_read_text_are_led_to_the_parts(self, client):
        self.site()
        text = client.get("/llms.txt").content.decode()
        assert text.startswith("# 江津教育\n")
        for path in ("/schools/", make_index(ProgrammeIndexPage).url, "/news/feed.xml", "/sitemap.xml"):
            assert f"http://testserver{path}" in text
        assert "三名工程" not in text
