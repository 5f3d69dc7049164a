"""Characters that nobody sees: typed, imported, or stored before anybody minded."""

import io
import json
from zipfile import ZipFile

import polib
import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from lxml import etree
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from core.models import User
from languages import exchange
from languages.desk.originals import original_of
from languages.exchange import glossary
from languages.models import Term, Unit
from metrics.tests.factories import make_figures_page, make_observation
from news.models import StoryPage
from news.tests.factories import make_index, make_story

from .forms import form_data


pytestmark = pytest.mark.django_db
TITLES = [
    "校园\u200b开放日",
    "开放\ufeff课堂",
    "体验\u00ad式学习",
    "招生\u000b通知",
    "学位\ufffe公布",
    "家\u2060校\u200d共育",
]


@pytest.fixture
def admin(client):
    user = User.objects.create_superuser("admin")
    client.force_login(user)
    return user


def write_past_django(story, **texts):
    """As rows are that were stored before texts were cleaned."""
    with connection.cursor() as cursor:
        for name, text in texts.items():
            table = "core_basepage" if name.startswith("title") else "news_storypage"
            key = "id" if name.startswith("title") else "basepage_ptr_id"
            cursor.execute(f"UPDATE {table} SET {name} = %s WHERE {key} = %s", [text, story.pk])  # noqa: S608


def well_formed(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return etree.fromstring(response.content)


def test_what_is_pasted_into_a_form_is_stored_as_it_is_meant(client, admin):
    body = streamfield(
        [("heading", {"heading": "校\u200b园", "subheading": "\u200b"}), ("text", rich_text("<p>学\u200b位</p>"))]
    )
    own = nested_form_data({"body": body}) | {"title": TITLES[0], "slug": "open-day", "standfirst": "一\0\x0b二"}
    own |= {"action-publish": "1"}
    response = client.post(
        reverse("wagtailadmin_pages:add", args=("news", "storypage", make_index().pk)), form_data(StoryPage, **own)
    )
    assert response.status_code == 302, response.context["form"].errors
    story = StoryPage.objects.get(slug="open-day")
    assert (story.title, story.standfirst) == ("校园开放日", "一\n二")
    assert story.body[0].value["heading"] == "校园"
    assert story.body[0].value["subheading"] == ""
    assert story.body[1].value.source.endswith(">学位</p>")
    for typed in ("校园开放日", TITLES[0]):
        assert f'href="{story.url}"' in client.get("/search/", {"q": typed}).content.decode()


def test_whatever_is_stored_everything_that_is_xml_is_well_formed(client, admin):
    story, dirty = make_story(title="开学"), "学位\ufffe公\x0b布"
    write_past_django(story, title=dirty, title_zh_hans=dirty)
    assert "学位公布" in [each.text for each in well_formed(client, "/news/feed.xml").findall(".//{*}title")]
    well_formed(client, "/sitemap.xml")
    original = original_of(StoryPage.objects.get(pk=story.pk))
    etree.fromstring(exchange.export_bytes([original], "en", "xliff"))
    polib.pofile(exchange.export_bytes([original], "en", "po").decode())
    response = client.get(f"{reverse('languages_matrix')}?export=xlsx")
    with ZipFile(io.BytesIO(response.getvalue())) as book:
        for name in book.namelist():
            etree.fromstring(book.read(name))


def test_a_chart_is_well_formed(client):
    make_figures_page()
    observation = make_observation()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE metrics_metric SET name_zh_hans = %s", ["学位\ufffe\x0b"])
    well_formed(client, f"/data/{observation.metric.key}.svg")


@pytest.mark.parametrize("format", ["po", "xliff"])
def test_an_import_with_nul(admin, format):
    original = original_of(make_story(title="开学", standfirst=""))
    content = exchange.export_bytes([original], "en", format).decode()
    if format == "po":
        content = content.replace('msgid "开学"\nmsgstr ""', 'msgid "开\0学"\nmsgstr "Term\0 begins\u200b"')
    else:
        content = content.replace("</source>", "</source><target>Term\0 begins\u200b</target>")
    exchange.import_file(content.encode(), admin)
    assert Unit.objects.get(language="en").text == "Term begins"


def test_a_glossary_with_nul(admin):
    glossary.import_glossary("source,note\n学\0位\u200b,a\0\x0bb\n".encode(), admin)
    assert list(Term.objects.values_list("source", "note")) == [("学位", "a\nb")]


def test_what_is_stored_already_is_found_and_mended(client, admin):
    story = make_story(title="开学")
    body = json.dumps([{"type": "heading", "id": "h", "value": {"heading": "学\u200b位", "subheading": ""}}])
    write_past_django(story, title=TITLES[0], title_zh_hans=TITLES[0], title_en="Open\x0bday", body_zh_hans=body)
    assert sorted(name for name, _found in mended("--dry-run")) == ["core.BasePage", "news.StoryPage"]
    assert StoryPage.objects.get(pk=story.pk).title == TITLES[0]
    mended("--safe")
    story = StoryPage.objects.get(pk=story.pk)
    assert (story.title, story.title_en, story.body[0].value["heading"]) == ("校园开放日", "Open day", "学位")
    assert mended() == []


def mended(*options):
    out = io.StringIO()
    call_command("mend_stored", "--only", "characters", *options, stdout=out)
    lines = [line.split(": ") for line in out.getvalue().splitlines()]
    return [(line[1].split()[0], line[2]) for line in lines if line[0] == "characters"]


def test_what_the_admin_exports_says_that_it_is_utf_8(client, admin):
    for name in ("wagtailredirects:index", "languages_matrix", "wagtailadmin_reports:aging_pages"):
        exported = client.get(f"{reverse(name)}?export=csv")
        assert b"".join(exported.streaming_content).startswith(b"\xef\xbb\xbf"), name
