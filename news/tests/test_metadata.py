"""What the head and the foot of each page tell machines and those who ask who is behind the site."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.db import connection
from django.templatetags.static import static
from django.test.utils import CaptureQueriesContext
from PIL import Image
from wagtail.models import PageViewRestriction, Site

from core.models import PortalSettings, SiteNotice
from metrics.models import MetricsPage, Period
from metrics.tests.factories import make_metric, make_observation
from news.choices import Role
from news.models import Contributor, StoryContributor, StoryPage, Topic
from news.tests.factories import make_index, make_standard_page, make_story, publish, translate
from schools.models import Town
from schools.tests.factories import make_home, make_image, make_organisation, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

META = re.compile(r'<meta (?:name|property)="([^"]+)" content="([^"]*)">')


@pytest.fixture(autouse=True)
def no_stale_renditions():
    """Wagtail keeps renditions in the cache by the number of their picture, which the next test uses again."""
    cache.clear()


def head(client, path):
    html = client.get(path).content.decode()
    return html[: html.index("</head>")]


def meta(client, path):
    """Name -> content of the tags; of one that stands twice, all contents."""
    found = {}
    for name, content in META.findall(head(client, path)):
        found.setdefault(name, []).append(content)
    return {name: contents[0] if len(contents) == 1 else contents for name, contents in found.items()}


def nodes(client, path):
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(client, path), flags=re.S)
    return {node["@type"]: node for node in json.loads(data)["@graph"]}


def portal(**values):
    make_home()
    settings = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    for name, value in values.items():
        setattr(settings, name, value)
    settings.save()
    return settings


def private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def full_story(**values):
    writer = Contributor.objects.create(key="wang", name="王老师")
    topic = Topic.objects.create(key="places", name="学位")
    story = make_story(
        topics=[topic],
        byline=[StoryContributor(contributor=writer, role=Role.WRITER)],
        credit_line="江津日报",
        **values,
    )
    moment = datetime(2026, 7, 18, 23, 16, tzinfo=UTC)
    StoryPage.objects.filter(pk=story.pk).update(first_published_at=moment)
    return story


class TestChinesePortals:
    def test_every_page_names_the_site(self, client):
        portal(site_code="5001160000")
        for path in ("/", make_story().url, "/sitemap/", "/nowhere/"):
            tags = meta(client, path)
            assert (tags["SiteName"], tags["SiteDomain"], tags["SiteIDCode"]) == (
                "江津教育",
                "testserver",
                "5001160000",
            )

    def test_what_is_not_set_is_not_said(self, client):
        tags = meta(client, make_story().url)
        assert not {"SiteIDCode", "ContentSource", "Author", "Keywords", "ColumnType", "article:author"} & set(tags)

    def test_a_story_has_the_tags_of_its_article_and_its_column(self, client):
        portal(site_code="5001160000")
        make_index(standfirst="要闻和通知")
        tags = meta(client, full_story(title="开学").url)
        assert tags["ArticleTitle"] == "开学"
        assert tags["PubDate"] == "2026-07-19 07:16"
        assert tags["ContentSource"] == "江津日报"
        assert tags["Author"] == "王老师"
        assert tags["Keywords"] == "学位"
        assert (tags["ColumnName"], tags["ColumnDescription"]) == ("栏目", "要闻和通知")
        assert tags["ColumnType"] == "政务动态"

    def test_a_list_has_the_tags_of_its_column_and_no_article(self, client):
        make_story()
        tags = meta(client, "/news/")
        assert tags["ColumnName"] == "栏目"
        assert tags["ColumnKeywords"]
        assert "ArticleTitle" not in tags


class TestTitle:
    @pytest.mark.parametrize(
        ("values", "title"),
        [
            ({}, "江津教育"),
            ({"tagline": "学校与新闻"}, "江津教育 · 学校与新闻"),
            ({"name": "江津教育门户", "tagline": "学校与新闻"}, "江津教育门户 · 学校与新闻"),
        ],
    )
    def test_the_front_page_says_the_name_of_the_site_once(self, client, values, title):
        portal(**values)
        (found,) = re.findall(r"<title[^>]*>(.*?)</title>", head(client, "/"), flags=re.S)
        assert found.strip() == title

    def test_every_other_page_says_its_own_and_that_of_the_site(self, client):
        (found,) = re.findall(r"<title[^>]*>(.*?)</title>", head(client, make_story(title="开学").url), flags=re.S)
        assert found.strip() == "开学 · 江津教育"


class TestOpenGraph:
    def test_a_story_with_a_picture(self, client):
        story = translate(full_story(title='开学 "<&', picture=make_image(), picture_alt="校门"))
        tags = meta(client, story.url)
        assert tags["og:type"] == "article"
        assert tags["og:title"] == "开学 &quot;&lt;&amp;"
        assert tags["og:url"] == f"http://testserver{story.url}"
        assert tags["og:locale"] == "zh_CN"
        assert tags["og:locale:alternate"] == ["zh_HK", "en_GB"]
        assert tags["og:image"].startswith("http://testserver/media/images/")
        assert (tags["og:image:width"], tags["og:image:height"]) == ("320", "168")  # a small picture is not enlarged
        assert tags["og:image:alt"] == "校门"
        assert tags["article:published_time"] == "2026-07-18T23:16:00+00:00"
        assert tags["article:modified_time"]
        assert tags["twitter:card"] == "summary_large_image"

    def test_what_has_no_picture_has_that_of_the_portal(self, client):
        portal()
        make_index(MetricsPage)
        paths = [
            "/",
            make_story(picture_alt="校门").url,
            "/news/",
            make_school().url,
            "/schools/",
            "/data/",
            "/sitemap/",
        ]
        for path in [*paths, f"/data/{make_observation().metric.key}/"]:
            tags = meta(client, path)
            assert tags["og:image"] == f"http://testserver{static('img/share.png')}", path
            assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
            assert tags["og:image:alt"] == "江津教育"
            assert tags.get("twitter:card", "summary") == "summary"
        with Image.open(finders.find("img/share.png")) as card:
            assert card.size == (1200, 630)

    def test_what_is_not_found_or_searched_has_none(self, client):
        portal()
        for path in ("/nowhere/", "/search/?q=x"):
            assert "og:image" not in meta(client, path)

    def test_nothing_is_made_while_reading(self, client):
        image = make_image()
        story = make_story(picture=image)
        image.renditions.all().delete()
        assert meta(client, story.url)["og:image"].endswith("/img/share.png")
        assert image.renditions.count() == 0

    def test_a_story_shown_in_chinese_speaks_chinese_there_too(self, client):
        story = make_story(title="开学")
        tags = meta(client, f"/en{story.url}")
        assert (tags["og:locale"], tags["og:title"]) == ("zh_CN", "开学")
        assert tags["og:url"] == f"http://testserver{story.url}"
        assert tags["robots"] == "noindex, follow"


class TestAddresses:
    def test_a_page_names_its_published_languages_and_the_default(self, client):
        story = translate(make_story())
        found = re.findall(r'hreflang="([^"]+)" href="([^"]+)"', head(client, f"/en{story.url}"))
        assert found == [
            ("zh-Hans", f"http://testserver{story.url}"),
            ("x-default", f"http://testserver{story.url}"),
            ("zh-Hant", f"http://testserver/zh-hant{story.url}"),
            ("en", f"http://testserver/en{story.url}"),
        ]

    def test_a_metric_names_its_own_languages_and_not_those_of_all_figures(self, client):
        translate(make_index(MetricsPage))
        for there in (True, False):
            metric = make_observation(metric=make_metric(name_en="New places" if there else "")).metric
            assert ('hreflang="en"' in head(client, f"/data/{metric.key}/")) == there

    def test_a_later_page_of_a_list_stands_for_itself_and_a_narrowed_list_for_the_whole(self, client):
        for _number in range(21):
            make_story()
        later = head(client, "/news/?page=2")
        assert '<link rel="canonical" href="http://testserver/news/?page=2">' in later
        assert "hreflang" not in later
        narrowed = head(client, "/news/?kind=news&page=2")
        assert '<link rel="canonical" href="http://testserver/news/">' in narrowed

    def test_a_page_that_is_not_found_stands_for_nothing(self, client):
        make_home()
        assert "canonical" not in head(client, "/nowhere/")


class TestStructuredData:
    def test_of_a_story(self, client):
        story = full_story(title="开学</script>", picture=make_image(), source_url="https://example.org/a")
        found = nodes(client, story.url)
        node = found["NewsArticle"]
        assert node["headline"] == "开学</script>"
        assert node["datePublished"] == "2026-07-18T23:16:00+00:00"
        assert node["author"] == [{"@type": "Person", "name": "王老师"}]
        assert node["publisher"]["@id"] == found["Organization"]["@id"]
        assert node["inLanguage"] == "zh-Hans"
        assert node["isBasedOn"] == "https://example.org/a"
        assert node["image"]["url"].startswith("http://")
        assert [item["name"] for item in found["BreadcrumbList"]["itemListElement"]][1:] == ["栏目", "开学</script>"]

    def test_of_a_story_by_nobody_the_portal_is_the_author(self, client):
        found = nodes(client, make_story().url)
        assert found["NewsArticle"]["author"] == {"@id": found["Organization"]["@id"]}

    @pytest.mark.parametrize(
        ("stage", "kind"),
        [("kindergarten", "Preschool"), ("primary", "ElementarySchool"), ("secondary", "School")],
    )
    def test_of_a_school(self, client, stage, kind):
        school = make_school(title="双福六小", stage=stage)
        node = nodes(client, school.url)[kind]
        assert node["name"] == "双福六小"
        assert not {"address", "geo", "telephone", "image", "foundingDate", "alternateName", "award"} & set(node)

    def test_of_a_school_that_is_well_known(self, client):
        town = Town.objects.create(key="shuangfu", name="双福")
        school = make_school(
            official_name="双福第六小学校", other_names="六小，双福小学", town=town, address="学府路1号", telephone="000",
            website="https://example.org/", latitude="29.1", longitude="106.2", opened_year=2023,
        )  # fmt: skip
        node = nodes(client, school.url)["ElementarySchool"]
        assert node["alternateName"] == ["双福第六小学校", "六小", "双福小学"]
        assert node["address"] == {"@type": "PostalAddress", "streetAddress": "学府路1号", "addressLocality": "双福"}
        assert node["geo"] == {"@type": "GeoCoordinates", "latitude": 29.1, "longitude": 106.2}
        assert (node["telephone"], node["sameAs"], node["foundingDate"]) == ("000", "https://example.org/", "2023")

    def test_of_a_metric(self, client):
        make_index(MetricsPage)
        period = Period.objects.create(
            key="p", label="2024年", kind="year", start=date(2024, 1, 1), end=date(2024, 12, 31)
        )
        metric = make_metric(definition="")
        make_observation(metric=metric, period=period, subject_organisation=make_organisation(name="江津区"))
        node = nodes(client, f"/data/{metric.key}/")["Dataset"]
        assert (node["name"], bool(node["description"])) == ("新增学位", True)
        assert node["temporalCoverage"] == "2024-01-01/2024-12-31"
        assert node["spatialCoverage"] == [{"@type": "Place", "name": "江津区"}]
        assert [each["contentUrl"] for each in node["distribution"]] == [
            f"http://testserver/data/{metric.key}.csv",
            f"http://testserver/data/{metric.key}.json",
        ]
        assert "license" not in node
        for each in node["distribution"]:
            assert client.get(each["contentUrl"]).status_code == 200
        portal(licence_name="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/")
        licensed = nodes(client, f"/data/{metric.key}/")["Dataset"]
        assert licensed["license"] == "https://creativecommons.org/licenses/by/4.0/"

    def test_of_all_figures(self, client):
        make_index(MetricsPage)
        make_observation()
        node = nodes(client, "/data/")["Dataset"]
        assert [each["encodingFormat"] for each in node["distribution"]] == ["text/csv", "application/json"]
        for each in node["distribution"]:
            assert client.get(each["contentUrl"]).status_code == 200

    def test_of_the_front_page(self, client):
        publish(make_home())
        found = nodes(client, "/")
        assert found["WebSite"]["url"] == "http://testserver/"
        assert found["WebSite"]["publisher"]["@id"] == found["Organization"]["@id"]
        assert "BreadcrumbList" not in found

    def test_of_a_page_that_is_not_found_there_is_none(self, client):
        make_home()
        assert "ld+json" not in client.get("/nowhere/").content.decode()


class TestManifest:
    def test_it_has_the_name_in_the_language_and_pictures_that_are_there(self, client):
        portal(name="江津教育", name_en="Jiangjin Education")
        assert '<link rel="manifest" href="/en/site.webmanifest">' in head(client, "/en/")
        response = client.get("/en/site.webmanifest")
        assert response.headers["Content-Type"] == "application/manifest+json"
        said = response.json()
        assert (said["name"], said["lang"], said["start_url"]) == ("Jiangjin Education", "en", "/en/")
        assert client.get("/site.webmanifest").json()["name"] == "江津教育"
        assert client.get("/fr/site.webmanifest").status_code == 404
        for icon in said["icons"]:
            path = finders.find(icon["src"].removeprefix(static("")))
            assert path, icon
            if icon["type"] == "image/png":
                assert "x".join(map(str, Image.open(path).size)) == icon["sizes"]


class TestFooter:
    def footer(self, client, path="/nowhere/"):
        page = client.get(path).content.decode()
        return page[page.index("<footer") :]

    def test_nothing_is_made_up(self, client):
        make_home()
        footer = self.footer(client)
        assert "beian" not in footer
        assert "conac" not in footer
        assert "<dl" not in footer
        assert 'href="/sitemap/"' in footer
        assert "/data/download/" not in footer

    def test_open_data_is_linked_in_the_readers_language(self, client):
        make_index(MetricsPage)
        for prefix in ("", "/en"):
            footer = self.footer(client, f"{prefix}/nowhere/")
            for path in ("/data/download/", "/api/v1/"):
                assert f'href="{prefix}{path}"' in footer

    def test_what_is_set_is_shown_and_leads_where_it_is_registered(self, client):
        statement = make_standard_page(title="无障碍声明")
        portal(
            organiser="主办者", operator="承办者", contact="联系处", site_code="5001160000", copyright="版权所有 <b>",
            icp_number="渝ICP备12345678号", police_number="渝公网安备 50011602000001号",
            badge_url="https://bszs.conac.cn/sitename?method=show&id=1", report_url="https://example.org/jiucuo",
            licence_name="CC BY 4.0", licence_url="https://creativecommons.org/licenses/by/4.0/",
            accessibility_page=statement,
        )  # fmt: skip
        footer = self.footer(client)
        for words in ("主办者", "承办者", "联系处", "5001160000", "版权所有 &lt;b&gt;", statement.url):
            assert words in footer, words
        for url in (
            "https://beian.miit.gov.cn/",
            "https://beian.mps.gov.cn/#/query/webSearch?code=50011602000001",
            "https://bszs.conac.cn/sitename?method=show&amp;id=1",
            "https://example.org/jiucuo",
            "https://creativecommons.org/licenses/by/4.0/",
        ):
            assert f'href="{url}"' in footer, url

    def test_a_statement_that_is_hidden_is_not_linked(self, client):
        statement = make_standard_page()
        portal(accessibility_page=statement)
        private(statement)
        assert statement.url not in self.footer(client)


def test_notices_cost_one_query_however_many_and_none_if_there_are_none(client):
    story = make_story()
    counts = []
    for more in (0, 1, 9):
        for number in range(more):
            SiteNotice.objects.create(text=f"通知 {number}")
        client.get(story.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(story.url)
        counts.append(len(queries))
    assert counts[1] == counts[2] == counts[0] + 1
