"""The guides of docs/ within the admin: who is led to which, in which language, and that nothing in them leads nowhere."""

import json
import re
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from core.editing.guides import markdown, reading, registry
from core.editing.guides.registry import Guide, guide_named, register_guide
from core.models import User
from core.roles import sync


pytestmark = [pytest.mark.django_db, pytest.mark.once]

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def roles():
    sync()


def member(group="", language="en", **values):
    user = User.objects.create_user(f"{group} {language}", **values)
    user.groups.set(Group.objects.filter(name=group))
    if not group:
        user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


def page(client, address, user):
    client.force_login(user)
    return client.get(address)


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def help_menu(client, user):
    """{name: label} of what the help menu leads to."""
    props = json.loads(soup(page(client, reverse("notices"), user)).find(id="wagtail-sidebar-props").string)
    found = {each["name"]: each["label"] for each in entries(submenu(props, "help"))}
    assert found.pop("keyboard-shortcuts-trigger")
    return found


def submenu(data, name):
    """What is below the entry with that name: it stands beside it in a list."""
    if isinstance(data, list) and len(data) > 1 and isinstance(data[0], dict) and data[0].get("name") == name:
        return data[1]
    below = data if isinstance(data, list) else data.values() if isinstance(data, dict) else ()
    return next(filter(None, (submenu(each, name) for each in below)), None)


def entries(data):
    """All that have a name."""
    if isinstance(data, dict) and "label" in data:
        yield data
    below = data if isinstance(data, list) else data.values() if isinstance(data, dict) else ()
    for each in below:
        yield from entries(each)


# Who is led to which ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "named"),
    [
        ("Reporters", {"guide-editors"}),
        ("Second review", {"guide-editors"}),
        ("Data officers", {"guide-editors"}),
        ("Translators (en)", {"guide-translators"}),
        ("Translation publishers (zh-hant)", {"guide-translators"}),
        ("Site managers", {"guide-editors", "guide-translators"}),
    ],
)
def test_the_help_menu_leads_to_the_guides_of_ones_own_work(client, roles, group, named):
    """And never to Wagtail's own, which is about another admin."""
    assert set(help_menu(client, member(group))) == named


def test_who_runs_the_portal_is_led_to_the_operators_guide(client):
    user = User.objects.create_superuser("admin")
    assert set(help_menu(client, user)) == {"guide-editors", "guide-translators", "guide-operations"}


def test_the_help_menu_is_in_the_language_of_whoever_asks(client, roles):
    """Wagtail keeps its entries, with their words: an English reader came first, and the Chinese read English."""
    english, chinese = member("Site managers"), member("Site managers", "zh-hans")
    with override("zh-hans"):
        translated = gettext("Editors' guide")
    for user, label in [(english, "Editors' guide"), (chinese, translated), (english, "Editors' guide")]:
        assert help_menu(client, user)["guide-editors"] == label


def test_the_first_page_leads_to_them_too(client):
    """It led to Wagtail's."""
    shown = soup(page(client, reverse("wagtailadmin_home"), member()))
    assert shown.find("a", href=reverse("guides"))
    assert not shown.find("a", href=re.compile("guide.wagtail.org"))


@pytest.mark.parametrize("name", ["editors", "translators"])
def test_everybody_in_the_admin_may_read_them(client, name):
    assert page(client, reverse("guide", args=[name]), member()).status_code == 200


def test_the_operators_guide_is_for_site_managers(client, roles):
    address = reverse("guide", args=["operations"])
    assert page(client, address, member("Site managers")).status_code == 200
    assert page(client, address, member("Reporters")).status_code == 302
    assert address not in client.get(reverse("guides")).content.decode()


@pytest.mark.parametrize(
    "address", ["/admin/guide/", "/admin/guide/editors/", "/admin/guide/translators/pictures/a.png"]
)
def test_who_is_not_logged_in_is_sent_to_the_login(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("wagtailadmin_login"))


# In which language ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "tag", "heading"),
    [("en", "en", "The workbench"), ("zh-hans", "zh-Hans", "工作台"), ("zh-hant", "zh-Hans", "工作台")],
)
def test_a_guide_is_read_in_the_language_of_the_admin(client, language, tag, heading):
    article = soup(page(client, reverse("guide", args=["translators"]), member(language=language))).article
    assert article["lang"] == tag
    assert article.find(id="the-workbench").text == heading  # the same anchor for all


def test_the_other_language_is_one_link_away(client):
    answer = soup(page(client, reverse("guide", args=["editors"]), member()))
    other = answer.article.find("a", string="中文")
    assert other["lang"] == "zh-Hans"
    assert "记者" in soup(client.get(other["href"])).article.text


def test_what_is_in_english_only_says_so_to_programs_that_read_aloud(client, roles):
    answer = page(client, reverse("guide", args=["operations"]), member("Site managers", "zh-hans"))
    assert soup(answer).article["lang"] == "en"


# What is in a file ------------------------------------------------------------------------------------------


@pytest.fixture
def written(tmp_path, monkeypatch):
    """A guide that holds what is given."""
    monkeypatch.setattr(registry, "FOLDER", tmp_path)
    monkeypatch.setattr(reading, "FOLDER", tmp_path)
    monkeypatch.setattr(registry, "_guides", dict(registry._guides))
    register_guide(Guide("made", "Made", "", {"en": "made.md"}, registry.everybody))
    return (tmp_path / "made.md").write_text


def article(client):
    return soup(page(client, reverse("guide", args=["made"]), member())).article


def test_tags_in_a_guide_are_shown_and_not_obeyed(client, written):
    written('# Made\n\n<script>alert(1)</script> <b onclick="x">words</b>\n\n[click](javascript:alert(1))')
    shown = article(client)
    assert not shown.find(["script", "b"])
    assert "<script>alert(1)</script>" in shown.text
    assert not [link for link in shown.find_all("a") if link["href"].startswith("javascript")]


def test_what_only_the_whole_project_has_is_plain_words(client, written):
    written("# Made\n\n[the code](../README.md), [*their* data](data.md), [nothing](#none), [![a](b.png)](a.md) end")
    shown = article(client)
    assert shown.text.strip() == "the code, their data, nothing,  end"
    assert not shown.find(["a", "img"])


def test_pictures_outside_the_guides_are_not_served(client, written, tmp_path):
    (tmp_path.parent / "secret.png").write_bytes(b"x")
    (tmp_path / "other.png").write_bytes(b"x")
    written("# Made\n\n![a](../secret.png)")
    assert not article(client).img
    for name in ("secret.png", "other.png", "made.md"):
        assert client.get(reverse("guide_picture", args=["made", name])).status_code == 404


def test_a_file_that_is_missing_is_said_to_be(client, written):
    answer = page(client, reverse("guide", args=["made"]), member())
    assert answer.status_code == 404
    assert "docs/made.md" in answer.content.decode()
    assert client.get(reverse("guide_picture", args=["made", "a.png"])).status_code == 404


def test_a_guide_that_nobody_registered_is_not_found(client):
    assert page(client, reverse("guide", args=["nobody"]), member()).status_code == 404


def test_headings_that_are_alike_have_anchors_of_their_own():
    headings = markdown.headings_of(markdown.tokens_of("# A\n\n## One `two`, three!\n\n## One two three\n\n## 一、二"))
    assert [each.slug for each in headings] == ["a", "one-two-three", "one-two-three-1", "一二"]


# Ours -------------------------------------------------------------------------------------------------------


def written_in(name, code):
    return guide_named(name).path(code).read_text()


@pytest.mark.parametrize("name", ["editors", "translators"])
def test_the_languages_of_a_guide_have_the_same_parts(name):
    guide = guide_named(name)
    levels = [[each.level for each in reading.headings_of(guide, code)] for code in guide.files]
    assert levels[0] == levels[1]


PICTURE = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<src>[^)\s]+)\)|<img src="(?P<src2>[^"]+)"[^>]* alt="(?P<alt2>[^"]*)"')
PICTURES, LARGEST = ROOT / "docs" / "images", 120_000  # bytes of one in a guide


def pictures_in(file):
    """{picture: what is said in its place}"""
    found = [each.groupdict() for each in PICTURE.finditer(file.read_text())]
    return {(file.parent / (each["src"] or each["src2"])).resolve(): each["alt"] or each["alt2"] for each in found}


@pytest.mark.parametrize("code", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["editors", "translators"])
def test_every_picture_of_a_guide_is_there_small_and_said_in_words(name, code):
    shown = pictures_in(guide_named(name).path(code))
    assert len(shown) >= 5
    assert [path.name for path in shown if not path.is_file() or path.stat().st_size > LARGEST] == []
    assert [path.name for path, alt in shown.items() if len(alt) < 4] == []
    assert [
        path.name for path in shown if path.stem.endswith("-zh") != (code == "zh-hans")
    ] == []  # each in its language


def test_no_picture_of_the_documents_lies_unused():
    files = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    named = {path for file in files for path in pictures_in(file)}
    assert {path for path in PICTURES.rglob("*") if path.is_file()} == named


@pytest.mark.parametrize("code", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["editors", "translators", "operations"])
def test_whatever_a_guide_links_to_is_there(admin_client, name, code):
    address = reverse("guide", args=[name]) + f"?language={code}"
    shown = soup(admin_client.get(address))
    anchors = [tag["id"] for tag in shown.article.find_all(id=True)]
    assert len(anchors) == len(set(anchors)) > 10
    assert [link["href"][1:] for link in shown.select(".guide-contents a") if link["href"][1:] not in anchors] == []
    for link in shown.article.find_all("a"):
        path, _hash, anchor = link["href"].partition("#")
        there = soup(admin_client.get(path)) if path.startswith("/") else shown
        assert there.article or path.startswith("https://"), link["href"]
        assert not anchor or there.find(id=anchor), link["href"]
    for picture in shown.article.find_all("img"):
        assert picture["alt"]
        assert b"".join(admin_client.get(picture["src"]).streaming_content)


def test_no_relative_link_of_our_guides_is_lost(admin_client):
    """What they link to are guides: a link that became plain words would be a mistake in its address."""
    for name, code in [(name, code) for name in ("editors", "translators") for code in ("en", "zh-hans")]:
        links = len(re.findall(r"(?<!!)\[[^\]]+\]\([^)]+\)", written_in(name, code)))
        shown = soup(admin_client.get(reverse("guide", args=[name]) + f"?language={code}")).article
        assert len(shown.select("a:not(.guide-anchor)")) == links, (name, code)
        assert len(shown.select("img")) == written_in(name, code).count("!["), (name, code)


def test_links_from_the_admin_lead_to_a_part_of_a_guide():
    called = [
        found
        for path in (ROOT / "templates").rglob("*.html")
        for found in re.findall(r'{% guide_link "(\w+)" "([\w-]+)" %}', path.read_text())
    ]
    assert len(called) >= 4
    for name, anchor in called:
        assert anchor in reading.anchors_of(guide_named(name), "zh-hans").values(), (name, anchor)


def said(language):
    """Every message of the admin and, for Chinese, what it is there."""
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs() if "site-packages" in app.path]
    for folder in [*map(Path, settings.LOCALE_PATHS), *folders]:
        for path in folder.glob("zh_Hans/LC_MESSAGES/*.po"):
            for entry in polib.pofile(str(path)):
                yield from [entry.msgid] if language == "en" else [entry.msgstr, *entry.msgstr_plural.values()]


@pytest.mark.parametrize("code", ["en", "zh-hans"])
@pytest.mark.parametrize("name", ["editors", "translators"])
def test_what_a_guide_calls_a_button_is_on_one(client, name, code):
    shown = soup(page(client, reverse("guide", args=[name]) + f"?language={code}", member())).article
    words = {" ".join(em.text.split()).partition(" (")[0] for em in shown.find_all("em")}
    emphasis = {"unpublish", "delete"}
    assert len(words) > 3
    assert words - emphasis - set(said(code)) == set()
