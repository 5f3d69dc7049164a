"""Figures as files: what is in them, in which language, and what is not."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.formats import date_format
from jsonschema import Draft4Validator
from openpyxl import load_workbook
from wagtail.models import PageViewRestriction, Site

from core.languages import reading
from core.models import Language, PortalSettings
from metrics import citation
from metrics.models import Source
from metrics.tests.factories import make_figures_page, make_metric, make_observation
from schools.models import SchoolIndexPage
from schools.tests.factories import make_organisation, make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

SCHEMA = Path(__file__).parent / "data" / "tabular-data-package.schema.json"
DATASET = ["dataset.csv", "dataset.xlsx", "dataset.json", "datapackage.json", "download/"]
KINDS = ["csv", "json", "svg"]


@pytest.fixture(autouse=True)
def figures():
    return make_figures_page()


@pytest.fixture
def observation():
    metric = make_metric(key="new-places", last_published_at=datetime(2024, 3, 1, tzinfo=UTC))
    return make_observation(metric=metric, key="new-places-2024", note_en="Counted in autumn.", note="秋季统计。")


def rows_of(response):
    content = response.content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content, newline="")))


def all_text(client, url):
    """What a download holds, workbooks too."""
    response = client.get(url)
    if not url.endswith("xlsx"):
        return response.content.decode()
    book = load_workbook(io.BytesIO(response.content))
    return " ".join(str(cell) for sheet in book for row in sheet.values for cell in row)


# One metric --------------------------------------------------------------------------------------


def test_a_metric_as_csv(client, observation):
    response = client.get("/data/new-places.csv")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="new-places.csv"'
    assert response.content.startswith(b"\xef\xbb\xbf")
    values = list(rows_of(response)[0].values())
    assert values[:3] == ["new-places-2024", "new-places", "新增学位"]
    assert {"8660", "8660个", "秋季统计。", "http://testserver/data/new-places/"} <= set(values)


def test_the_headings_and_the_content_are_in_the_readers_language(client, observation):
    row = rows_of(client.get("/en/data/new-places.csv"))[0]
    assert row["Metric"] == "New places"
    assert row["In words"] == "8,660 places"
    assert row["Note"] == "Counted in autumn."
    assert row["Address"] == "http://testserver/en/data/new-places/"


def test_a_metric_that_is_not_in_the_language_is_read_in_chinese_as_its_page_is(client):
    make_observation(metric=make_metric(key="only-chinese", name_en=""))
    response = client.get("/en/data/only-chinese.json")
    assert response.headers["Content-Language"] == "zh-Hans"
    assert response.json()["language"] == "zh-Hans"
    assert response.json()["metric"]["url"] == "http://testserver/data/only-chinese/"


def test_a_metric_as_json(client, observation):
    observation.comparator_value, observation.comparator_scope = (
        Decimal(50),
        make_organisation(name="重庆市", key="city"),
    )
    observation.save()
    data = client.get("/data/new-places.json").json()
    assert data["metric"]["downloads"]["svg"] == "http://testserver/data/new-places.svg"
    [figure] = data["observations"]
    assert (figure["value"], figure["display"], figure["unit"]["symbol"]) == ("8660", "8660个", "个")
    assert figure["comparator"] == {"value": "50", "display": "50个", "scope": {"key": "city", "name": "重庆市"}}
    assert data["licence"] is None
    assert data["licence_note"]
    assert "新增学位" in data["citation"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_or_draft_metric_has_no_files(client, kind):
    make_observation(metric=make_metric(key="draft", live=False))
    for key in ("draft", "nothing", "x" * 300):
        response = client.get(f"/data/{key}.{kind}")
        assert response.status_code == 404
        assert response.json()["message"]


def test_figures_of_a_school_that_readers_may_not_see_are_in_no_file(client):
    metric = make_metric(key="area")
    draft, private = make_school(title="未公开小学", live=False), make_school(title="内部小学")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for school in (draft, private):
        make_observation(metric=metric, subject_school=school, key=f"of-{school.slug}")
    for url in [*(f"/data/area.{kind}" for kind in KINDS), *(f"/data/{name}" for name in DATASET)]:
        text = all_text(client, url)
        assert "未公开小学" not in text
        assert "内部小学" not in text
        assert f"of-{draft.slug}" not in text


@pytest.mark.parametrize("path", ["new-places.csv", "new-places.svg", *DATASET])
def test_without_a_public_page_of_figures_there_are_no_files(client, observation, figures, path):
    PageViewRestriction.objects.create(page=figures, restriction_type="login")
    assert client.get(f"/data/{path}").status_code == 404


def test_a_closed_language_has_no_files(client, observation):
    for path in ("new-places.csv", "new-places.svg", *DATASET):
        assert client.get(f"/fr/data/{path}").status_code == 404


def test_a_text_is_itself_for_programs_and_no_formula_in_a_workbook(client, observation):
    observation.note, observation.source_place = "=HYPERLINK(1)", "+L25"
    observation.save()
    for url in ("/data/new-places.csv", "/data/dataset.csv"):
        values = rows_of(client.get(url))[0].values()
        assert {"=HYPERLINK(1)", "+L25"} <= set(values)
    book = load_workbook(io.BytesIO(client.get("/data/dataset.xlsx").content))
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "d", "b"}


# Serving -----------------------------------------------------------------------------------------

EVERY_FILE = [*(f"/data/new-places.{kind}" for kind in KINDS), *(f"/data/{name}" for name in DATASET[:-1])]


@pytest.mark.parametrize("url", [*EVERY_FILE, "/schools/directory.csv"])
def test_any_site_may_read_a_file_and_ask_whether_it_changed(client, observation, url):
    make_school()
    response = client.get(url)
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Cache-Control"] == "public, max-age=300, s-maxage=1, stale-if-error=86400"
    assert not response.cookies
    again = client.get(url, headers={"If-None-Match": response.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(url)
    assert (head.status_code, head.content, head.headers["ETag"]) == (200, b"", response.headers["ETag"])
    assert client.options(url).status_code == 204
    refused = client.post(url)
    assert (refused.status_code, refused.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("url", EVERY_FILE)
def test_a_file_takes_as_many_queries_for_one_figure_as_for_many(client, observation, url):
    counts = []
    for more in (2, 12):
        for _number in range(more):
            make_observation(metric=observation.metric, subject_school=make_school())
            make_observation(comparator_value=Decimal(9999), comparator_scope=make_organisation())
        client.get(url)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(url).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 8


# The whole dataset -------------------------------------------------------------------------------


def test_the_dataset_holds_what_is_published_in_the_language(client, observation):
    make_observation(metric=make_metric(key="only-chinese", name_en=""))
    make_observation(metric=make_metric(key="draft", live=False))
    assert {row["Key of the metric"] for row in rows_of(client.get("/en/data/dataset.csv"))} == {"new-places"}
    data = client.get("/data/dataset.json").json()
    assert {metric["key"] for metric in data["metrics"]} == {"new-places", "only-chinese"}
    assert {figure["metric"]["key"] for figure in data["observations"]} == {"new-places", "only-chinese"}


def test_the_workbook_has_a_sheet_for_each_kind_of_thing(client, observation):
    make_school(title="双福六小", title_en="Shuangfu No. 6")
    book = load_workbook(io.BytesIO(client.get("/en/data/dataset.xlsx").content))
    assert book.sheetnames == ["Observations", "Metrics", "Units", "Periods", "Sources", "Schools"]
    heads = {sheet.title: sheet["B2"].value for sheet in book}
    assert heads["Metrics"] == "New places"
    assert heads["Units"] == "places"
    assert heads["Schools"] == "Shuangfu No. 6"


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_data_package_is_valid_and_names_the_columns_that_the_table_has(client, observation, prefix):
    Source.objects.update(link="https://example.org/report")
    package = client.get(f"{prefix}/data/datapackage.json").json()
    errors = list(Draft4Validator(json.loads(SCHEMA.read_text())).iter_errors(package))
    assert errors == []
    [resource] = package["resources"]
    [row] = rows_of(client.get(f"{prefix}/data/{resource['path']}"))
    fields = resource["schema"]["fields"]
    assert [field["name"] for field in fields] == list(row)
    assert len(set(row)) == len(fields)
    assert resource["schema"]["primaryKey"] in row
    assert "licenses" not in package


def test_a_licence_is_said_everywhere_in_the_language_and_so_is_that_there_is_none(client, figures, observation):
    figures.title_en = "Figures"
    figures.save()
    pages = ("/en/data/new-places/", "/en/data/download/", "/en/api/v1/")
    for path in pages:
        assert "No licence is stated." in client.get(path).content.decode(), path

    portal = PortalSettings.for_site(Site.objects.get(is_default_site=True))
    portal.licence_name, portal.licence_name_en = "署名 4.0", "Attribution 4.0"
    portal.save()
    assert client.get("/data/datapackage.json").json()["licenses"] == [{"title": "署名 4.0"}]
    assert '"license":{"@type":"CreativeWork","name":"署名 4.0"}' in client.get("/data/new-places/").content.decode()

    portal.licence_url = "https://example.org/by"
    portal.save()
    assert client.get("/en/data/datapackage.json").json()["licenses"] == [
        {"title": "Attribution 4.0", "path": "https://example.org/by"}
    ]
    for path in ("/en/data/new-places.json", "/api/v1/metrics/new-places?lang=en"):
        said = client.get(path).json()
        assert (said["licence"], said["licence_url"]) == ("Attribution 4.0", "https://example.org/by"), path
        assert "Licence: Attribution 4.0. " in said["citation"]
    for path in pages:
        html = client.get(path).content.decode()
        assert '<a href="https://example.org/by" rel="license external">Attribution 4.0</a>' in html, path
        assert "No licence is stated." not in html


def test_a_metric_must_not_take_the_address_of_a_download(observation):
    observation.metric.full_clean()
    for key in ("download", "dataset", "datapackage"):
        with pytest.raises(ValidationError) as refused:
            make_metric(key=key).full_clean()
        assert f"/data/{key}" in refused.value.message_dict["key"][0]


def test_the_page_of_downloads_lists_every_file(client, observation):
    text = client.get("/en/data/download/").content.decode()
    for path in ("new-places.csv", "new-places.json", "new-places.svg", *DATASET[:-1]):
        assert f'href="/en/data/{path}"' in text
    assert 'href="/en/api/v1/"' in text
    assert " style=" not in text


# Citation ----------------------------------------------------------------------------------------


def test_a_citation_says_title_portal_period_source_change_and_address(client, observation):
    said = client.get("/en/data/new-places.json").json()["citation"]
    with reading("en"):
        day = date_format(date(2024, 3, 1))
    assert re.match(rf"“New places” \(2024\), .+\. Source: 工作报告\. Last changed on {re.escape(day)}\. ", said)
    assert said.endswith(" http://testserver/en/data/new-places/")


def test_a_citation_leaves_out_what_is_not_known(rf):
    with reading("en"):
        said = citation.citation(make_metric(key="empty"), [], rf.get("/en/data/empty/"))
    assert "Source" not in said
    assert "Last changed" not in said
    assert "()" not in said


def test_the_last_change_is_the_latest_of_the_metric_and_its_values(observation):
    observation.save_revision().publish()
    observation.refresh_from_db()
    published = observation.last_published_at
    observation.save_revision()  # a draft tells nobody
    assert citation.last_changed(observation.metric, [observation]) == published
    assert citation.last_changed(make_metric(), []) is None


# The school directory ----------------------------------------------------------------------------


def test_the_directory_holds_public_schools_and_says_in_which_language(client):
    parent = make_school(title="江津中学", title_en="Jiangjin High", slug="jiangjin", live=False)
    make_school(title="滨江校区", title_en="Riverside", slug="riverside", parent_campus=parent, telephone="+86 23")
    make_school(title="只有中文", slug="chinese-only")
    private = make_school(title="内部", title_en="Private", slug="private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    rows = {row["Key"]: row for row in rows_of(client.get("/en/schools/directory.csv"))}
    assert set(rows) == {"riverside", "chinese-only"}  # as in the directory itself
    assert rows["riverside"]["Name"] == "Riverside"
    told = {key: row["Language of the texts"] for key, row in rows.items()}
    assert told == {"riverside": "en", "chinese-only": "zh-Hans"}
    assert rows["riverside"]["Telephone"] == "+86 23"
    assert rows["riverside"]["Key of the school that it is a campus of"] == ""
    assert len(rows_of(client.get("/schools/directory.csv"))) == 2


def test_there_is_no_directory_without_its_page(client):
    assert client.get("/schools/directory.csv").status_code == 404
    make_school()
    index = SchoolIndexPage.objects.get()
    PageViewRestriction.objects.create(page=index, restriction_type="login")
    assert client.get("/schools/directory.csv").status_code == 404


def test_files_are_there_in_every_open_language(client, observation):
    Language.objects.update(is_open=True)
    for code in Language.objects.exclude(code="zh-hans").values_list("code", flat=True):
        for path in ("new-places.csv", "new-places.svg", *DATASET):
            assert client.get(f"/{code}/data/{path}").status_code == 200
