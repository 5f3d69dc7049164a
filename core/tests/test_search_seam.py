"""The search seam on the real models and the database of the settings: run it on SQLite and on PostgreSQL."""

import copy
import re
from datetime import UTC, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.conf import settings
from django.db import NotSupportedError, connection
from django.urls import reverse
from django.utils.functional import lazystr
from modelsearch.query import MATCH_ALL, MATCH_NONE, And, Boost, Not, Or, Phrase, PlainText
from modelsearch.utils import parse_query_string
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import get_page_models
from wagtail.search import index
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry

from core.languages import PROVISIONED, column
from core.models import BasePage, SearchRow
from core.searching import backend, marks
from core.searching.fields import AutocompleteField, SearchField, tokenised, translated_search_fields
from core.searching.finding import Search, words_among, words_of


pytestmark = pytest.mark.django_db

# slug -> page type, columns. No import: core knows no other app.
PAGES = {
    "places": ("news.StoryPage", {"title": "今年新增学位8660个", "title_en": "New places: 8,660"}),
    "ceremony": ("news.StoryPage", {"title": "开学典礼", "standfirst": "入学率98.02%，比去年高"}),
    "primary": ("schools.SchoolPage", {"title": "双福第六小学校", "other_names": "双福六小", "stage": "primary"}),
    "nursery": (
        "schools.SchoolPage",
        {"title": "几江幼儿园", "title_en": "Jijiang Kindergarten", "stage": "kindergarten"},
    ),
    "ecole": ("news.StandardPage", {"title": "关于", "title_fr": "À propos de l'École", "title_zh_hant": "關於"}),
}

FULL_WIDTH_8660 = "\uff18\uff16\uff16\uff10"

QUERIES = [
    ("学位", {"places"}),
    ("學位", {"places"}),
    ("新增学位8660个", {"places"}),
    ("8660", {"places"}),
    (FULL_WIDTH_8660, {"places"}),
    ("8,660", {"places"}),
    ("典礼", {"ceremony"}),
    ("典禮", {"ceremony"}),
    ("典", {"ceremony"}),
    ("幼儿园", {"nursery"}),
    ("双福第六小学校", {"primary"}),
    ("双福六小", {"primary"}),
    ("福", {"primary"}),
    ("双福 学校", {"primary"}),
    ("双福 典礼", set()),
    ("学", {"places", "ceremony", "primary"}),
    ("New places", {"places"}),
    ("KINDERGARTEN", {"nursery"}),
    ("ecole", {"ecole"}),
    ("關", {"ecole"}),
    ("None", set()),
    ("位学", set()),
]
# Queries for the text of a page: autocomplete, which the admin uses, reads titles and names only.
TEXT_QUERIES = [("98.02", {"ceremony"}), ("98.02%", {"ceremony"}), ("98", {"ceremony"}), ("入学率 典礼", {"ceremony"})]

HOSTILE = [
    "\0",
    "学位\0",
    "!?",
    "😀",
    "👩‍👩‍👧",
    "\u202e\u200b",
    "'",
    '"',
    '"学位',
    "\\",
    "%s %(x)s %",
    "a AND OR NOT",
    "学* -位 ^2 a:b (c",
    "title : x",
    "NEAR(a b)",
    "' | '!'; DROP TABLE x; --",
    "𐄇",
    "②",
    "word " * 2_000,
    '"a" ' * 2_000,
    "学" * 16_000,
    "9" * 16_000,
    "\ufdfa" * 16_000,
]


def create_page(slug, **columns):
    kind, values = PAGES[slug]
    page = apps.get_model(kind)(slug=slug, **values, **columns)
    return BasePage.objects.get(depth=1).add_child(instance=page)


@pytest.fixture(scope="module")
def stored_pages(lasting):
    return {slug: create_page(slug) for slug in PAGES}


@pytest.fixture
def pages(stored_pages):
    """A test gets objects of its own: another may have changed them."""
    return copy.deepcopy(stored_pages)


@pytest.fixture
def editor_client(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor"))
    return client


def slugs(results):
    return {page.slug for page in results}


def found(query, codes, models=None, **options):
    """What the public search finds, of all page types or of some."""
    models = models or get_page_models()
    return BasePage.objects.filter(pk__in=Search(models, words_among(models, words_of(query, codes)), **options).keys)


# Finding -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("query", "expected"), QUERIES + TEXT_QUERIES)
def test_search_finds(pages, query, expected):
    assert slugs(BasePage.objects.search(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"), [*QUERIES, ("New pla", {"places"}), ("开学典", {"ceremony"}), ("86", {"places"})]
)
def test_autocomplete_finds(pages, query, expected):
    assert slugs(BasePage.objects.autocomplete(query)) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (Phrase("开学典礼"), {"ceremony"}),
        (Phrase("開學典禮"), {"ceremony"}),
        (Phrase("学典"), {"ceremony"}),
        (Phrase("学位8660"), {"places"}),
        (Phrase("第六小学"), {"primary"}),
        (Phrase("双福小学"), set()),
        (Phrase("8660个"), {"places"}),
        (Phrase("places New"), set()),
        (PlainText("典礼 幼儿园", operator="or"), {"ceremony", "nursery"}),
        (PlainText("学") & ~PlainText("典礼"), {"places", "primary"}),
        (PlainText("典礼") | Phrase("幼儿园"), {"ceremony", "nursery"}),
        (PlainText("典礼") & PlainText("!?"), {"ceremony"}),
        (PlainText("典礼") & MATCH_ALL, {"ceremony"}),
        (And([PlainText("学")] * 200), {"places", "ceremony", "primary"}),
        (parse_query_string('学 "典礼"')[1], {"ceremony"}),
        (PlainText("!?"), set()),
    ],
)
def test_compound_queries_find(pages, query, expected):
    assert slugs(BasePage.objects.search(query)) == expected


def test_negated_and_empty_and_full_queries(pages):
    assert "ceremony" not in slugs(BasePage.objects.search(~PlainText("典礼")))
    assert set(PAGES) <= slugs(BasePage.objects.search(MATCH_ALL))
    assert not BasePage.objects.search(MATCH_NONE)


@pytest.mark.parametrize("query", HOSTILE)
def test_hostile_queries_do_not_raise(pages, query):
    queries = [query, PlainText(query, operator="or"), Phrase(query), parse_query_string(query)[1]]

    for each in queries:
        list(BasePage.objects.search(each))
    list(BasePage.objects.autocomplete(query))


def test_results_can_be_counted_ordered_scored_and_filtered(pages):
    results = BasePage.objects.live().order_by("title").search("学", order_by_relevance=False)

    assert results.count() == 3
    assert [page.title for page in results] == sorted(page.title for page in results)
    assert all(page.score is not None for page in BasePage.objects.search("学").annotate_score("score"))


def test_an_edited_and_a_deleted_page_are_found_anew(pages):
    page = pages["ceremony"]
    page.title = "毕业典礼"
    page.save()
    assert slugs(BasePage.objects.search("毕业")) == {"ceremony"}
    assert not BasePage.objects.search("开学")

    page.delete()
    assert not BasePage.objects.search("毕业")


def test_rebuilding_the_index_finds_the_same(pages):
    backend = get_search_backend()
    backend.reset_indexes()
    assert not BasePage.objects.search("学位")

    for model in index.get_indexed_models():
        backend.add_bulk(model, list(model.get_indexed_objects()))

    assert slugs(BasePage.objects.search("学位")) == {"places"}


def test_an_indexing_reads_each_field_once(pages, monkeypatch):
    read = []
    kept = SearchField.get_value
    monkeypatch.setattr(SearchField, "get_value", lambda self, obj: read.append(self.field_name) or kept(self, obj))
    page = BasePage.objects.order_by("path").last().specific
    page.save()
    assert read
    assert sorted(read) == sorted(set(read))


def test_stock_fields_of_documents_and_tags_are_tokenised():
    document = get_document_model().objects.create(title="江津教育年报.pdf", file="a.pdf")
    document.tags.add("統計公報")
    document.save()

    assert list(get_document_model().objects.search("教育年报")) == [document]
    assert list(get_document_model().objects.search("公报")) == [document]
    assert list(get_document_model().objects.autocomplete("年")) == [document]


def test_images_are_found_by_title_and_description(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    image = get_image_model().objects.create(title="新校门", description="双福新区", file=get_test_image_file())

    assert list(get_image_model().objects.search("校门")) == [image]
    assert list(get_image_model().objects.autocomplete("新区")) == [image]


# The admin -----------------------------------------------------------------------------------

ADMIN_SEARCHES = [
    ("wagtailadmin_pages:search", {}),
    ("wagtailadmin_pages:search", {"ordering": "title"}),
    ("wagtailadmin_pages:search", {"ordering": "-latest_revision_created_at"}),
    ("wagtailadmin_pages:search_results", {}),
    ("wagtailadmin_choose_page_search", {}),
]


@pytest.mark.parametrize(("name", "options"), ADMIN_SEARCHES)
@pytest.mark.parametrize(
    ("query", "slug"), [("典禮", "ceremony"), ("福", "primary"), (FULL_WIDTH_8660, "places"), ("kinder", "nursery")]
)
def test_admin_page_search_and_chooser_find(pages, editor_client, name, options, query, slug):
    response = editor_client.get(reverse(name), {"q": query, **options})

    assert response.status_code == 200
    found = {other for other in PAGES if pages[other].title in response.content.decode()}
    assert found == {slug}


@pytest.mark.parametrize(("name", "options"), ADMIN_SEARCHES)
@pytest.mark.parametrize("query", ["!?", "😀", "' OR 1", "word " * 300, "学" * 2_000])
def test_admin_searches_survive_hostile_queries(editor_client, name, options, query):
    assert editor_client.get(reverse(name), {"q": query, **options}).status_code == 200


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtaildocs:index", "wagtailimages_chooser:choose_results"])
def test_other_admin_searches_answer(editor_client, name):
    assert editor_client.get(reverse(name), {"q": "学位 !?"}).status_code == 200


def test_explorer_searches_and_orders_by_title(pages, editor_client):
    root = BasePage.objects.get(depth=1)

    response = editor_client.get(reverse("wagtailadmin_explore", args=[root.pk]), {"q": "典礼", "ordering": "title"})

    assert response.status_code == 200
    assert "开学典礼" in response.content.decode()
    assert "几江幼儿园" not in response.content.decode()


# The parts -----------------------------------------------------------------------------------


def test_the_project_uses_the_backend():
    assert settings.WAGTAILSEARCH_BACKENDS["default"]["BACKEND"] == "core.searching.backend"
    assert type(get_search_backend()).__name__ == "ChineseSearchBackend"


@pytest.mark.postgres  # SQLite has no such option
def test_search_config_is_simple_unless_set():
    assert get_search_backend().config == "simple"
    assert get_search_backend(SEARCH_CONFIG="english").config == "english"


def test_fields_argument_is_refused(pages):
    with pytest.raises(NotSupportedError, match="fields"):
        BasePage.objects.search("学位", fields=["title_en"])


def test_other_databases_are_refused():
    with pytest.raises(NotSupportedError, match="mysql"):
        backend._backend_class("mysql")


def test_translated_search_fields_cover_every_language():
    fields = translated_search_fields("title", boost=4, autocomplete=True)

    for code in PROVISIONED:
        kinds = {type(field) for field in fields if field.field_name == column("title", code)}
        assert kinds == {SearchField, AutocompleteField, index.FilterField}
    assert {field.boost for field in fields if isinstance(field, SearchField)} == {4}
    assert {type(field) for field in translated_search_fields("title", filter=False)} == {SearchField}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, ""),
        ("学位", "学位 学 位"),
        (lazystr("学位"), "学位 学 位"),
        (["学", None, ("位",)], ["学", "", ["位"]]),
        ({"a": {"b": "École"}}, {"a": {"b": "ecole"}}),
        (8660, 8660),
    ],
)
def test_every_string_is_tokenised(value, expected):
    assert tokenised(value) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (PlainText(" "), MATCH_NONE),
        (Not(PlainText("!")), MATCH_NONE),
        (And([PlainText("!"), Phrase("?")]), MATCH_NONE),
        (And([]), MATCH_NONE),
        (And([MATCH_ALL, MATCH_ALL]), MATCH_ALL),
        (Or([MATCH_ALL, PlainText("学")]), MATCH_ALL),
        (And([MATCH_ALL, PlainText("学")]), PlainText("学")),
        (Or([PlainText("学位"), PlainText("!")]), PlainText("学位")),
        (Not(MATCH_ALL), MATCH_NONE),
        (Not(PlainText("開學")), Not(PlainText("开学"))),
        (Boost(PlainText("開學"), 2), Boost(PlainText("开学"), 2)),
        (Phrase("幼儿园"), Phrase("幼儿 儿园")),
        (Phrase("园8"), PlainText("园 8")),
    ],
)
def test_rewriting(query, expected):
    assert repr(backend.rewrite(query)) == repr(expected)


# One index, many languages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "codes", "expected"),
    [
        ("ecole", ["fr"], {"ecole"}),
        ("ecole", ["zh-hans", "en", "es"], set()),
        ("ec", ["zh-hans", "en"], set()),  # the beginning of a word
        ("places", ["en"], {"places"}),
        ("places", ["zh-hans"], set()),
        ("学位", ["zh-hans", "en"], {"places"}),
        ("学位", ["en"], set()),
        ("8660", ["en"], {"places"}),
        ("98.02", ["en", "fr"], set()),
        ("98.02", ["zh-hans"], {"ceremony"}),
        ("关于", ["zh-hant"], {"ecole"}),
    ],
)
def test_a_search_reads_the_languages_it_is_asked_for(pages, query, codes, expected):
    asked = PlainText(query) if query.isascii() and query.isalpha() else Phrase(query)
    assert slugs(found(asked, codes)) == expected


def test_words_of_one_query_may_be_of_several_languages(pages):
    asked = And([Phrase("幼儿园"), PlainText("kinder")])
    assert slugs(found(asked, ["zh-hans", "en"])) == {"nursery"}
    assert not found(asked, ["zh-hans"])


LONG = " ".join([*(f"word{place}" for place in range(15)), *"甲乙丙丁戊"])


def test_a_long_query_in_all_languages_is_answered(pages):
    page = pages["places"]
    page.standfirst = page.standfirst_en = LONG
    page.save()
    every = And([PlainText(word) for word in LONG.split()])
    assert len(found(Or([every] * 3), PROVISIONED)) == 1
    assert slugs(BasePage.objects.search(LONG)) == {"places"}
    assert len(BasePage.objects.search(LONG, operator="or")) == 1


@pytest.mark.postgres  # SQLite's rank minds how long a text is, too
def test_no_language_weighs_more_than_another_where_all_are_searched(pages):
    page = pages["places"]
    for code in PROVISIONED:
        setattr(page, column("standfirst", code), f"word{PROVISIONED.index(code)}")
    page.save()
    found = [BasePage.objects.search(f"word{number}").annotate_score("score") for number in range(len(PROVISIONED))]
    assert len({round(page.score, 6) for (page,) in found}) == 1


def test_nobody_can_type_the_marks_of_languages_and_kinds(pages):
    for mark in {*marks._MARKS.values(), marks._KIND} - {""}:
        assert not found(PlainText(mark), ["zh-hans"])
        assert not found(PlainText(f"{mark}ecole"), ["zh-hans"])
    for query in (PlainText, Phrase):
        assert not found(query(marks.kind_word("storypage")), ["zh-hans"])
    assert not BasePage.objects.search(marks.kind_word("storypage"))


# Rows ----------------------------------------------------------------------------------------


STORY, SCHOOL = "news.StoryPage", "schools.SchoolPage"


@pytest.mark.parametrize(
    ("query", "kinds", "expected"),
    [
        ("学", [STORY], {"places", "ceremony"}),
        ("学", [SCHOOL], {"primary"}),
        ("学", [STORY, SCHOOL], {"places", "ceremony", "primary"}),
        ("幼儿园", [STORY], set()),
    ],
)
@pytest.mark.parametrize("names_only", [True, False])
def test_a_search_finds_the_kinds_it_is_asked_for(pages, query, kinds, expected, names_only):
    models = [apps.get_model(kind) for kind in kinds]
    assert slugs(found(PlainText(query), ["zh-hans"], models, names_only=names_only)) == expected


def rows_of(page):
    return list(SearchRow.objects.filter(object_pk=page.pk).values_list("kind", "published"))


def test_what_is_live_has_a_row_and_what_is_deleted_has_none(pages):
    page = pages["ceremony"].specific
    assert rows_of(page) == [("storypage", None)]
    page.save_revision().publish()
    page.refresh_from_db()
    assert rows_of(page) == [("storypage", page.first_published_at)]
    page.unpublish()
    assert rows_of(page) == []
    assert not found(Phrase("典礼"), ["zh-hans"])
    assert slugs(BasePage.objects.search("典礼")) == {"ceremony"}  # editors find drafts
    page.save_revision().publish()
    assert slugs(found(Phrase("典礼"), ["zh-hans"])) == {"ceremony"}
    get_search_backend().delete(page)
    assert rows_of(page) == []
    page.save()
    page.delete()
    assert rows_of(page) == []


def test_the_newest_are_found_first(pages):
    moments = {"places": 2, "ceremony": 3, "primary": 1}
    for slug, day in moments.items():
        page = BasePage.objects.get(slug=slug).specific
        page.first_published_at = datetime(2026, 1, day, tzinfo=UTC)
        page.save()
    models = [apps.get_model(STORY)]
    newest = Search(models, words_among(models, words_of(PlainText("学")))).newest.values_list("object_pk", flat=True)
    assert list(newest) == [pages["ceremony"].pk, pages["places"].pk]
    assert list(Search(models, words_among(models, words_of(PlainText("!?")))).newest) == []


def texts():
    """{key of an entry: its names}: SQLite has them in its full-text table."""
    if connection.vendor == "sqlite":
        from modelsearch.backends.database.sqlite.sqlite import SQLiteFTSIndexEntry

        return dict(SQLiteFTSIndexEntry.objects.order_by("pk").values_list("pk", "title"))
    return dict(IndexEntry.objects.order_by("pk").values_list("pk", "title"))


def stored():
    """The rows, and the words of names."""
    entries = texts().items()
    words = {pk: sorted(re.findall(r"[^\W\d_]+", title)) for pk, title in entries}
    return list(SearchRow.objects.order_by("pk").values_list("pk", "kind", "object_pk", "published")), words


def test_migrating_writes_what_indexing_writes(pages):
    page = pages["ceremony"].specific
    page.save_revision().publish()
    pages["places"].specific.unpublish()
    before = stored()
    migration, once = (
        import_module(f"core.migrations.{name}") for name in ("0014_search_rows", "0017_search_texts_once")
    )
    editor = SimpleNamespace(connection=connection, execute=connection.cursor().execute)
    once.copy_back(None, editor)
    migration.empty(None, editor)
    SearchRow.objects.all().delete()
    assert not any("ᛱ" in title for title in texts().values())
    migration.fill(None, editor)
    once.move(None, editor)
    assert stored() == before


@pytest.mark.sqlite
def test_sqlite_stores_the_texts_of_an_entry_once(pages):
    page = pages["ceremony"].specific
    entry = IndexEntry.objects.get(object_id=str(page.pk), content_type=page.content_type)
    for title in ("开学典礼", "放假通知"):
        page.title = title
        page.save()
        entry.refresh_from_db()
        assert (entry.title, entry.body, entry.autocomplete) == ("", None, None)
        assert [found.pk for found in get_search_backend().search(title, BasePage)] == [page.pk]
    assert get_search_backend().search("开学典礼", BasePage).count() == 0
    page.delete()
    assert entry.pk not in texts()
