"""The admin in Chinese, as every role meets it: no English, and nothing that only a programmer can read."""

import json
import re
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import polib
import pytest
from bs4 import BeautifulSoup, NavigableString
from django.apps import apps
from django.conf import settings
from django.contrib.admin.utils import quote
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override
from wagtail.admin.widgets import AdminPageChooser
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Collection
from wagtail.snippets.models import get_snippet_models
from wagtail.snippets.widgets import AdminSnippetChooser

from core.models import BasePage, User
from core.roles import sync
from languages.models import Phrase, Term
from metrics.models import Observation
from news.models import StoryPage
from schools.models import SchoolPage

from .forms import form_data
from .portal import make_portal


pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

LACKING = Path(settings.LOCALE_PATHS[1])


def messages(folder, language, domain):
    """(context, text) of what is translated there; of the catalogue of English, of every message."""
    path = Path(folder) / language / "LC_MESSAGES" / f"{domain}.po"
    entries = polib.pofile(str(path)) if path.exists() else ()
    return {(entry.msgctxt, entry.msgid) for entry in entries if language == "en" or entry.translated()}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_wagtails_chinese_lacks_is_supplied(domain):
    supplied = messages(LACKING, "zh_Hans", domain)
    for app in apps.get_app_configs():
        folder = Path(app.module.__path__[0]) / "locale"
        if app.module.__name__.startswith("wagtail"):
            assert messages(folder, "en", domain) - messages(folder, "zh_Hans", domain) <= supplied, app.name


# What is read of an answer ---------------------------------------------------------------------------

READ = {"title", "aria-label", "aria-description", "placeholder", "alt", "label"}
SAID = {"label", "helpText", "description", "text", "placeholder", "title", "heading", "message"}
SENTENCE = re.compile(r"[A-Z][a-z]+( [a-z]+|…|\.)")
DATA = ["script", "style", "code", "kbd", "svg", "pre", "textarea"]


def said_in(data, key=""):
    """The words in the JSON that Wagtail's scripts build forms and menus of; what scripts fill in is left out."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from said_in(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from said_in(value, key)
    elif isinstance(data, str) and (key in SAID or key.isupper()) and not data.startswith("{"):
        yield re.sub(r"%\(\w+\)s", "", data)


def said_in_attributes(tag):
    for name, value in tag.attrs.items():
        if name in READ or (name == "value" and tag.get("type") == "button"):
            yield value
        elif name.startswith("data-"):
            with suppress(ValueError):
                yield from said_in(json.loads(value))
            yield from [value] if SENTENCE.match(value) else []


def texts(html):
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup.find_all(True):
        yield from said_in_attributes(tag)
    for script in soup.find_all("script", type=re.compile("json")):
        yield from said_in(json.loads(script.string))
    for text in soup.find_all(string=True):
        counter = text.find_parent(attrs={"data-side-panel-toggle-counter": True})  # hidden, until it counts something
        guide = text.find_parent(attrs={"data-guide": True})  # quotes other languages; tests/test_guides.py reads it
        if type(text) is NavigableString and not (counter or guide) and not text.find_parent(DATA):
            yield str(text)


# Names of formats, of programs and of settings; what is Latin in the world below, which is data
FORMATS = {
    "CSV",
    "XLSX",
    "TSV",
    "XLIFF",
    "PO",
    "TMX",
    "TBX",
    "GIF",
    "JPG",
    "JPEG",
    "PNG",
    "WEBP",
    "MB",
    "KB",
    "WGS",
    "UTC",
}
FILES = {"docx", "doc", "wps", "txt", "html"}  # endings of names
TOOLS = {"Trados", "memoQ", "OmegaT", "Okapi", "Swordfish", "Poedit", "Weblate"}  # of translators
OFFICE = {"Word", "WPS", "LibreOffice"}
PROGRAMS = {"Wagtail", "OpenCC", "URL", "HTTPS", "ID", "ICP", "Esc", "Enter", "Home", "End", "BASE_URL", "EMAIL_URL"}
WORLD = {"English", "Jiangjin", "Education", "place", "places", "report", "total", "school", "schools", "localhost"}
ALLOWED = FORMATS | FILES | TOOLS | OFFICE | PROGRAMS | WORLD
NOT_WORDS = re.compile(
    r"X-Csrftoken|Français|Español|\b\d+x\d+\b|https?://\S+|\S*/[\w./-]*|\S+@\S+|[\w-]+\.[a-z]{2,5}\b"
    r"|\b[a-z0-9]+(?:[-_][a-z0-9]+)+\b|\b\w{40,}\b|\b(?:zh|en|fr|es|ru|ar|ja|ko)\b"
)


def english(answer):
    """What is not Chinese in an answer: each text with a Latin word that is not allowed, or with a hole in it."""
    html = answer.content.decode()
    if answer["Content-Type"] == "application/json":
        data = json.loads(html)
        html = data.get("html") or data.get("htmlFragment") or "" if isinstance(data, dict) else ""
    for text in texts(html):
        words = re.findall(r"%\(\w+\)|\{\w*\}|[A-Za-z][A-Za-z_]+", NOT_WORDS.sub(" ", text))
        if set(words) - ALLOWED:
            yield " ".join(text.split())[:150]


# The world ----------------------------------------------------------------------------------------------

ROLES = [
    "Reporters",
    "First review",
    "Final review",
    "Data officers",
    "Site managers",
    "Translators (en)",
    "Translation publishers (zh-hant)",
]
NOT_READ = re.compile(
    r"/(logout|workflows?|workflow_tasks|sprite|failwhale|test404|jsi18n|api|login|password_reset)/"
    r"|\.\*|/translations/\d+/\w+/preview"
)


@pytest.fixture(scope="module")
def world(lasting):
    """A portal with something of every kind; what its addresses are made of, by the names in their patterns."""
    make_portal()
    sync()
    story = StoryPage.objects.get(slug="story")
    document = get_document_model()(title="文件", file=ContentFile(b"%PDF-1.4 x", "a.pdf"))
    document.save()
    Term.objects.create(source="原词", note="原文")
    Phrase.objects.create(simplified="原词", traditional="原詞")
    members = {}
    for name in ROLES:
        members[name] = User.objects.create_user(f"成员{len(members)}", password="x")
        members[name].groups.add(Group.objects.get(name=name))
    first, last = story.latest_revision.pk, story.save_revision(user=members["Reporters"]).pk
    values = {
        "parent_page_id": story.get_parent().pk, "page_id": story.pk, "page_to_move_id": story.pk,
        "destination_id": story.get_parent().pk, "revision_id": last, "revision_id_a": first, "revision_id_b": last,
        "redirect_id": Redirect.objects.create(old_path="/a", redirect_page=story).pk, "document_id": document.pk,
        "image_id": get_image_model().objects.first().pk, "content_type_app_name": "news",
        "content_type_model_name": "storypage", "app_label": "core", "model_name": "basepage", "app_name": "core",
        "collection_id": Collection.objects.first().pk, "code": "en", "page": story.pk, "pk": 1, "original": 1,
        "guide": "translators", "picture": "matrix.png",
    }  # fmt: skip
    return members, values


def routes(resolver, before=""):
    for each in resolver.url_patterns:
        route = before + str(each.pattern).removeprefix("^").removesuffix("$")
        yield from [route] if isinstance(each, URLPattern) else routes(each, route)


def everywhere(values):
    """An address for every pattern of the admin that can be filled in, every type of page and every bulk action."""
    firsts = {model._meta.label_lower: model._default_manager.first() for model in get_snippet_models()}
    of_links = {"figure-links": Observation.objects.first().pk, "school-links": SchoolPage.objects.first().pk}
    for route in routes(get_resolver()):
        known = values
        if found := re.search(r"snippets/(?:choose/)?(\w+)/(\w+)/", route):
            obj = firsts.get(".".join(found.groups()))
            known = {"pk": quote(obj.pk)} if obj else {}
        elif found := re.search("figure-links|school-links", route):
            known = {"pk": of_links[found[0]]}
        with suppress(KeyError):
            yield "/" + re.sub(
                r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>", lambda m, known=known: str(known[m[1] or m[2]]), route
            ).replace("\\", "")
    for page in BasePage.objects.filter(depth__gt=1):
        yield reverse("wagtailadmin_pages:edit", args=(page.pk,))
    for action in ("delete", "move", "publish", "unpublish"):
        yield f"/admin/bulk/core/basepage/{action}/?id={values['page_id']}"


def walked(client, addresses, reach):
    """The answers below those addresses and, `reach` links further, below what they lead to. Each kind once."""
    seen = set()
    for step in range(reach + 1):
        found = []
        for address in addresses:
            kind = re.sub(r"\d+", "1", address) if step else address
            if kind in seen or not address.startswith("/admin/") or NOT_READ.search(address):
                continue
            seen.add(kind)
            answer = client.get(address)
            if answer.status_code == 200 and answer["Content-Type"].startswith(("text/html", "application/json")):
                found += re.findall(r'"(/admin/[^"#?\s]*)', answer.content.decode())
                yield address, answer
        addresses = found


def read(answers):
    """{text that is not Chinese: the addresses where it is}"""
    found = defaultdict(list)
    for address, answer in answers:
        for text in english(answer):
            found[text].append(address)
    return {text: sorted(set(addresses))[:2] for text, addresses in found.items()}


@pytest.mark.parametrize("role", ROLES)
def test_what_a_role_reads_is_chinese(world, client, role):
    members, values = world
    client.force_login(members[role])
    addresses = everywhere(values) if role == "Site managers" else ["/admin/"]
    reach = 0 if role == "Site managers" else 2
    assert read(walked(client, addresses, reach)) == {}


def test_what_is_said_of_a_form_that_is_wrong_is_chinese(world, client):
    members, values = world
    client.force_login(members["Site managers"])
    story = StoryPage.objects.get(pk=values["page_id"])
    address = reverse("wagtailadmin_pages:edit", args=(story.pk,))
    wrong = [(address, client.post(address, form_data(StoryPage, story) | {"title": ""}))]
    for name in ("metrics_metric", "metrics_period", "schools_honour"):
        wrong.append((name, client.post(reverse(f"wagtailsnippets_{name}:add"), {"name": ""})))
    wrong.append(("redirects", client.post(reverse("wagtailredirects:add"), {})))
    assert all(answer.status_code == 200 for _address, answer in wrong)
    assert read(wrong) == {}


@pytest.mark.parametrize("widget", [AdminSnippetChooser(Phrase), AdminPageChooser(SchoolPage)])
def test_a_form_is_in_the_language_of_whoever_asks_for_it(widget):
    said = {}
    for code in ("en", "zh-hans", "en"):
        with override(code):
            said[code] = str(widget.choose_one_text), json.dumps(widget.base_js_init_options, cls=DjangoJSONEncoder)
    assert "Choose" in said["en"][0]
    assert not re.search("[A-Z][a-z]+", said["zh-hans"][0])
