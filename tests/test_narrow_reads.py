"""What a public page loads: the columns of its own language and of Chinese, no body in a list, and nothing by itself.

The walk begins at the front pages and follows the links that readers and programs have. It looks at the rows that
become objects, and at those that they bring along.
"""

import re
from collections import Counter
from urllib.parse import urljoin, urlsplit

import pytest
from django.db import models
from django.db.models.query import ModelIterable
from django.db.models.query_utils import DeferredAttribute
from wagtail.models import Site

from core.caching import stamp
from core.caching.kept import forget_all
from core.languages import TARGETS, column, translated_fields
from core.models import PortalSettings
from core.queries import narrow
from core.queries.narrow import narrow_reads
from metrics.preloading import load_figures
from metrics.tests.factories import make_observation
from schools.tests.factories import make_school


pytestmark = [pytest.mark.django_db, pytest.mark.once]

STARTS = ["/", "/ar/", "/sitemap.xml", "/search/?q=8660", "/ar/search/?q=Shuangfu", "/search/suggest?q=双福"]
STARTS += [f"/api/v1/{name}" for name in ("stories", "schools", "programmes", "metrics", "observations")]
LINK = re.compile(r'href="([^"]+)"|<loc>([^<]+)|(http://testserver/[^"<>\s]+)')
ELSEWHERE = ("/static/", "/media/", "/documents/", "/admin/")
ALIKE = 2  # how many addresses of one view are asked: a list has hundreds, with filters
KEPT = (PortalSettings,)  # one row, the same for every page
ALSO_SEARCHED = "en"  # English names are found from every language


class Loads:
    """Notes (model, column) of what is loaded, and what of it in a list of pages."""

    def __init__(self, monkeypatch):
        self.columns, self.bodies, self.late = set(), set(), []
        check = DeferredAttribute._check_parent_chain

        def noted(rows):
            def iterate(*args):
                found = list(rows(*args))
                for row in found:
                    self.note(row, is_listed=len(found) > 1)
                return iter(found)

            return iterate

        def missed(attribute, obj):
            """Where Django asks before it loads a column. Not `refresh_from_db`: modeltranslation gives models their own."""
            if (found := check(attribute, obj)) is None:
                self.late.append(f"{type(obj).__name__}.{attribute.field.attname}, by itself")
            return found

        monkeypatch.setattr(ModelIterable, "__iter__", noted(ModelIterable.__iter__))
        monkeypatch.setattr(narrow, "sharing_rows", noted(narrow.sharing_rows))
        monkeypatch.setattr(DeferredAttribute, "_check_parent_chain", missed)

    def clear(self):
        self.columns.clear()
        self.bodies.clear()
        self.late.clear()

    def note(self, row, is_listed, seen=()):
        loaded = {f.attname for f in row._meta.concrete_fields} - row.get_deferred_fields()
        self.columns |= {(type(row), name) for name in loaded}
        self.bodies |= {type(row).__name__} if is_listed and "body" in loaded else set()
        for other in row._state.fields_cache.values():
            if isinstance(other, models.Model) and other not in seen and not isinstance(row, Site):  # Wagtail's own
                self.note(other, True, (*seen, row))

    def foreign(self, codes):
        """Names of the loaded columns of languages other than these."""
        ends = {column("", code): code for code in TARGETS}
        for model, name in self.columns:
            for field in () if model in KEPT else translated_fields(model):
                if name.startswith(f"{field}_") and ends.get(name.removeprefix(field)) not in {None, *codes}:
                    yield f"{model.__name__}.{name}"


@pytest.fixture
def loads(monkeypatch):
    return Loads(monkeypatch)


def links(response, address):
    """The addresses of ours in a page, a feed or a record."""
    for found in LINK.findall(response.content.decode().replace("&amp;", "&")):
        link = urlsplit(urljoin(f"http://testserver{address}", next(filter(None, found))))
        if link.netloc == "testserver" and not link.path.startswith(ELSEWHERE):
            yield link.path + (f"?{link.query}" if link.query else "")


def walk(client, loads):
    """Addresses of public views of every kind, each after what it loads was noted."""
    waiting, seen, alike = list(STARTS), set(), Counter()
    while waiting:
        address = waiting.pop(0)
        path = urlsplit(address).path
        kind = re.sub(r"[^/?&]*\d[^/?&]*|(?<=/)[\w-]+(?=/$)", "…", path), bool(urlsplit(address).query)
        if address in seen or alike[kind] >= ALIKE:
            continue
        seen.add(address)
        alike[kind] += 1
        loads.clear()
        response = client.get(address)
        yield address, response
        if not response.streaming and response.headers.get("Content-Type", "").endswith(
            ("html; charset=utf-8", "xml", "json")
        ):
            waiting += links(response, address)


def test_public_pages_load_their_own_language_and_chinese(portal, client, loads):
    wrong, walked = {}, 0
    for address, response in walk(client, loads):
        assert response.status_code < 500, address
        walked += 1
        parts = address.strip("/").split("/")
        codes = {parts[0]} & set(TARGETS) | ({ALSO_SEARCHED} if any("search" in part for part in parts) else set())
        found = {*loads.foreign(codes), *loads.late}
        # A metric's page says the sentences of the stories that cite it.
        found |= loads.bodies - ({"StoryPage"} if "/data/" in address else set())
        for each in found:
            wrong.setdefault(each, address)
    assert wrong == {}
    assert walked > 60


def test_what_is_kept_has_the_columns_of_all_readers(portal, client, monkeypatch, loads):
    """It is read by whoever comes first, in any language."""
    monkeypatch.setattr("core.caching.writes.has_moved", lambda _connection: False)
    monkeypatch.setattr(stamp, "INTERVAL", 3600.0)
    PortalSettings.for_site(Site.objects.get())  # made at the first occasion, with all columns
    forget_all()
    try:
        for address in ("/", "/en/", "/ar/", "/en/search/?q=8660"):
            loads.clear()
            assert client.get(address).status_code == 200
            assert loads.late == [], address
    finally:
        forget_all()


def test_what_comes_along_brings_what_it_is_cited_by():
    pk = make_observation(subject_school=make_school(telephone="023-47521234"), subject_organisation=None).pk
    with narrow_reads():
        [figure] = load_figures([pk])
    assert {"key", "value", "note_zh_hans"} & figure.get_deferred_fields() == set()
    assert {"latest_revision_id", "change_reason", "note_en"} <= figure.get_deferred_fields()
    assert {"title_zh_hans", "url_path", "key"} & figure.subject_school.get_deferred_fields() == set()
    assert {"title", "telephone", "locked_at"} <= figure.subject_school.get_deferred_fields()
    assert figure.subject_school.title == str(figure.subject_school)
    [whole] = load_figures([pk])
    assert whole.get_deferred_fields() == {"first_published_at", "last_published_at"}
    assert not whole.subject_school.get_deferred_fields()
