"""Every act of an editor on every page type and snippet, in a Chinese and in an English admin.

The interface's language must never reach the content: each word lands in the Chinese columns, and what has been
published in English stays as it is until a translator changes it.
"""

import json
import os
import re
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import conditional_escape
from django.utils.translation import gettext
from openpyxl import load_workbook
from wagtail.models import DraftStateMixin, PreviewableMixin, RevisionMixin
from wagtail.snippets.models import get_snippet_models
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield
from wagtail.users.models import UserProfile

from core.languages import SOURCE, TARGETS, column, translated_fields
from core.models import BasePage, KeyedMixin, Language, SiteNotice, User
from core.publishing.projection import project
from core.segments import extract
from languages.models import Phrase, SectionLimit, Term
from metrics.models import Dimension, Metric, MetricsPage, Observation, Period, Source, Theme, Unit
from metrics.tests.factories import make_metric, make_observation
from news.models import (
    Contributor,
    HomePage,
    ProgrammeIndexPage,
    ProgrammePage,
    StandardPage,
    StoryIndexPage,
    StoryPage,
    Topic,
)
from news.tests.factories import make_index, make_story, publish
from newsroom.models import StyleRule
from schools.models import Honour, Organisation, SchoolGroup, SchoolIndexPage, SchoolPage, SchoolZone, Town
from schools.tests.factories import make_home, make_organisation, make_school

from .forms import form_data


pytestmark = [pytest.mark.django_db, pytest.mark.once]

CHINESE = re.compile(r"[\u4e00-\u9fff]")
UNTOUCHED = [code for code in TARGETS if code != "zh-hant"]  # zh-hant is projected automatically


# What is filled in ------------------------------------------------------------------------------


def text_block(words):
    return streamfield([("text", rich_text(f"<p>{words}正文</p>"))])


def stream(name, words):
    """Form data of the stream field of that name."""
    if name == "parts":
        return streamfield([("part", {"name": f"{words}部分", "description": f"{words}说明"})])
    if name == "targets":
        return streamfield([("target", {"promise": f"{words}目标", "due": "2027年"})])
    if name == "figures":
        figure = Observation.objects.first() or make_observation()
        items = {"count": "1", "0": {"value": str(figure.pk), "deleted": "", "order": "0", "id": ""}}
        return streamfield([("figures", {"heading": f"{words}数字", "figures": items})])
    return text_block(words)


def chinese(model, words):
    """Chinese in every translated field of the model."""
    values = {}
    for name in translated_fields(model):
        model_field = model._meta.get_field(name)
        if hasattr(model_field, "stream_block"):
            values[name] = stream(name, words)
        elif name == "symbol":
            values[name] = words
        elif name != "catchment_source" or model is SchoolPage:
            values[name] = f"{words}{name}"[: model_field.max_length or 1000]
    return values


# What is checked --------------------------------------------------------------------------------


def row(obj):
    """The stored row, past every descriptor."""
    names = [column(name, code) for name in translated_fields(type(obj)) for code in (SOURCE, *TARGETS)]
    return models.QuerySet(type(obj)).filter(pk=obj.pk).values(*names).get()


def text_of(value):
    if isinstance(value, str | None):
        return value or ""
    return str(value.stream_block.get_prep_value(value) or "")


def assert_written(obj, words):
    """All of it in Chinese columns, none of it in a language that a translator has to fill."""
    stored = row(obj)
    for name in translated_fields(type(obj)):
        assert words in text_of(stored[column(name, SOURCE)]), name
    assert_no_chinese_elsewhere(obj)


def assert_no_chinese_elsewhere(obj):
    stored = row(obj)
    for name in translated_fields(type(obj)):
        for code in UNTOUCHED:
            text = text_of(stored[column(name, code)])
            assert not CHINESE.search(text), f"{column(name, code)}: {text}"


def translate(obj):
    """Publish the object in English as a translator does."""
    return project(obj, "en", {segment.path: "word" for segment in extract(obj)})


def english(obj):
    stored = row(obj)
    return {name: text_of(stored[column(name, "en")]) for name in translated_fields(type(obj))}


def assert_translated(obj, before):
    assert "word" in before[type(obj).name_field()]
    assert english(obj) == before
    assert_no_chinese_elsewhere(obj)


# The things -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Thing:
    """How one is made, and what its form needs beside Chinese words."""

    model: type
    make: object
    extra: object = field(default=dict)

    def __repr__(self):
        return self.model.__name__


def filled(model, parent, **values):
    """A live page whose translated fields are filled in, so that a translation has something in each."""
    words = {n: f"原{n}" for n in translated_fields(model) if not hasattr(model._meta.get_field(n), "stream_block")}
    page = parent.add_child(instance=model(**words | {"slug": f"a-{model.__name__.lower()}"} | values))
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


BODY = [("text", '<p data-block-key="a1">原正文</p>')]


def make_programme():
    index = make_index(ProgrammeIndexPage, slug="programmes")
    return filled(ProgrammePage, index, category="plan", body=BODY)


def make_metrics_page():
    return MetricsPage.objects.first() or filled(MetricsPage, make_home())


PAGES = [
    Thing(HomePage, lambda: publish(make_home(standfirst="原文"))),
    Thing(StoryIndexPage, lambda: make_index(standfirst="原文")),
    Thing(StoryPage, lambda: filled(StoryPage, make_index(), body=BODY)),
    Thing(ProgrammeIndexPage, lambda: make_index(ProgrammeIndexPage, slug="programmes")),
    Thing(ProgrammePage, make_programme, lambda: {"category": "plan"}),
    Thing(SchoolIndexPage, lambda: make_index(SchoolIndexPage, slug="schools")),
    Thing(
        SchoolPage,
        lambda: filled(SchoolPage, make_index(SchoolIndexPage, slug="schools"), stage="primary", body=BODY),
        lambda: {"stage": "primary"},
    ),
    Thing(MetricsPage, make_metrics_page),
    Thing(StandardPage, lambda: filled(StandardPage, make_home(), body=BODY)),
]
# Types of which a site has any number
REPEATABLE = [thing for thing in PAGES if thing.model in (StoryPage, ProgrammePage, SchoolPage, StandardPage)]


def make_keyed(model, **values):
    names = {n: f"原{n}" for n in translated_fields(model)}
    return lambda: model.objects.create(**names | {"key": f"a-{model.__name__.lower()}"} | values)


def needs_metric():
    return {"theme": Theme.objects.get_or_create(key="t", name="主题")[0].pk, "unit": unit().pk, "measure": "flow"}


def unit():
    return Unit.objects.filter(key="place").first() or Unit.objects.create(key="place", symbol="个")


def make_full_metric():
    """Published by a revision: Wagtail takes a live object without one offline when an edit is scheduled."""
    metric = make_metric(name="原name", definition="原definition", name_en=None)
    metric.save_revision().publish()
    return Metric.objects.get(pk=metric.pk)


def make_full_observation():
    make_observation(note="原note").save_revision().publish()
    return Observation.objects.get()


def needs_observation():
    pattern = Observation.objects.first() or make_observation()
    period = Period.objects.get_or_create(key="p2025", defaults={"label": "2025年", "kind": "year"})[0]
    names = ("metric", "unit", "dimension", "source", "subject_organisation")
    return {name: getattr(pattern, f"{name}_id") for name in names} | {"period": period.pk, "value": "12"}


SNIPPETS = [
    Thing(Metric, make_full_metric, needs_metric),
    Thing(Observation, make_full_observation, needs_observation),
    Thing(Period, make_keyed(Period, kind="year"), lambda: {"kind": "year"}),
    Thing(Dimension, make_keyed(Dimension, axis="a", member="m"), lambda: {"axis": "a", "member": "n"}),
    Thing(Unit, make_keyed(Unit), lambda: {"kind": "count"}),
    Thing(Theme, make_keyed(Theme)),
    Thing(Source, make_keyed(Source)),
    Thing(Organisation, make_keyed(Organisation), lambda: {"kind": "area"}),
    Thing(
        Honour,
        lambda: make_keyed(Honour, holder_organisation=make_organisation())(),
        lambda: {"holder_organisation": make_organisation().pk},
    ),
    Thing(Town, make_keyed(Town)),
    Thing(SchoolZone, make_keyed(SchoolZone)),
    Thing(SchoolGroup, make_keyed(SchoolGroup)),
    Thing(Topic, make_keyed(Topic)),
    Thing(Contributor, make_keyed(Contributor)),
    Thing(SiteNotice, lambda: SiteNotice.objects.create(text="原text"), lambda: {"level": "urgent"}),
]
KEYED = [thing for thing in SNIPPETS if issubclass(thing.model, KeyedMixin)]
# Not translated themselves, and without a key: languages/tests has their acts
OTHER_SNIPPETS = [
    Thing(Term, lambda: Term.objects.create(source="原词", note="原文")),
    Thing(Phrase, lambda: Phrase.objects.create(simplified="原词", traditional="原詞")),
    Thing(StyleRule, lambda: StyleRule.objects.create(words="原词", right="新词")),
    Thing(SectionLimit, lambda: SectionLimit.objects.create(group=Group.objects.first(), section=make_home())),
]
WITH_REVISIONS = [thing for thing in SNIPPETS if issubclass(thing.model, RevisionMixin)]
WITH_DRAFTS = [thing for thing in SNIPPETS if issubclass(thing.model, DraftStateMixin)]
WITH_PREVIEW = [thing for thing in SNIPPETS if issubclass(thing.model, PreviewableMixin)]


# The admin --------------------------------------------------------------------------------------


# The English interface is the one that writes into the wrong columns if anything does. EVERY_TEST=1 adds the Chinese
# one, which the editor's journey in the browser uses as well.
INTERFACES = [SOURCE, "en"] if os.environ.get("EVERY_TEST") else ["en"]


@pytest.fixture(params=INTERFACES, ids=lambda code: f"admin-{code}")
def admin(request, client):
    """The client of somebody who may do everything, in one of the admin's languages."""
    user = User.objects.create_superuser("admin", "admin@example.org", "demo")
    UserProfile.objects.create(user=user, preferred_language=request.param)
    client.force_login(user)
    client.cookies["django_language"] = request.param
    return client


def parent_of(model):
    parents = {
        HomePage: lambda: BasePage.objects.get(depth=1),
        StoryPage: make_index,
        ProgrammePage: lambda: make_index(ProgrammeIndexPage, slug="programmes"),
        SchoolPage: lambda: make_index(SchoolIndexPage, slug="schools"),
    }
    return parents.get(model, make_home)()


def page_url(name, *args):
    return reverse(f"wagtailadmin_pages:{name}", args=args)


def snippet_url(thing, name, *args):
    return reverse(thing.snippet_viewset.get_url_name(name), args=args)


def post(client, url, data, action=None):
    """Post a form that is expected to be accepted."""
    response = client.post(url, data | ({f"action-{action}": "1"} if action else {}))
    if response.status_code == 200 and (form := response.context and response.context.get("form")):
        raise AssertionError(
            f"{url}: {form.errors.as_json()} {[f.errors for f in getattr(form, 'formsets', {}).values()]}"
        )
    assert response.status_code == 302, url
    return response


def edit_page(client, page, words, action=None, **own):
    data = form_data(type(page), page, **chinese(type(page), words) | own)
    post(client, page_url("edit", page.pk), data, action)
    return type(page).objects.get(pk=page.pk)


def edit_snippet(client, thing, obj, words, action=None, **own):
    data = form_data(thing.model, obj, **chinese(thing.model, words) | own)
    post(client, snippet_url(obj, "edit", obj.pk), data, action)
    return thing.model.objects.get(pk=obj.pk)


def assert_draft(obj, words):
    """The newest revision says so, in Chinese columns only."""
    content = obj.latest_revision.content
    for name in translated_fields(type(obj)):
        for key in (name, column(name, SOURCE)):
            stored = content[key]
            assert words in (str(json.loads(stored)) if stored.startswith("[") else stored), key
    assert not [name for name in content if name.endswith(tuple(f"_{code.replace('-', '_')}" for code in TARGETS))]


def times_pass(monkeypatch):
    later = timezone.now() + timedelta(hours=3)
    monkeypatch.setattr(timezone, "now", lambda: later)


def in_an_hour():
    return timezone.localtime(timezone.now() + timedelta(hours=1)).strftime("%Y-%m-%d %H:%M")


class TestPages:
    """Acts on pages."""

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    @pytest.mark.parametrize("action", [None, "publish"], ids=["draft", "publish"])
    def test_create(self, admin, thing, action):
        parent = parent_of(thing.model)
        data = form_data(thing.model, **chinese(thing.model, "新建") | {"slug": "created"} | dict(thing.extra()))
        url = page_url("add", thing.model._meta.app_label, thing.model._meta.model_name, parent.pk)
        assert admin.get(url).status_code == 200
        post(admin, url, data, action)
        page = thing.model.objects.get(slug="created")
        assert page.live == (action == "publish")
        assert page.draft_title.startswith("新建")
        assert_written(page, "新建")
        assert_draft(page, "新建")

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_save_a_draft(self, admin, thing):
        page = translate(thing.make())
        before, stored = english(page), row(page)
        assert admin.get(page_url("edit", page.pk)).status_code == 200
        page = edit_page(admin, page, "草稿")
        assert_draft(page, "草稿")
        assert row(page) == stored
        assert page.draft_title.startswith("草稿")
        assert_translated(page, before)

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_publish(self, admin, thing):
        page = translate(thing.make())
        before = english(page)
        page = edit_page(admin, page, "发布", "publish")
        assert_written(page, "发布")
        assert_translated(page, before)
        assert not page.has_unpublished_changes

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_preview(self, admin, thing):
        page = translate(thing.make())
        url = page_url("preview_on_edit", page.pk)
        stored = row(page)
        data = form_data(thing.model, page, **chinese(thing.model, "预览"))
        assert admin.post(url, data).json() == {"is_valid": True, "is_available": True}
        answer = admin.get(url, {"mode": SOURCE})
        assert answer.status_code == 200
        assert "预览title" in answer.content.decode()
        assert admin.get(url, {"mode": "en"}).status_code == 200
        assert row(page) == stored

    def test_preview_of_relations_that_are_not_saved_yet(self, admin):
        page, school, metric = make_programme(), make_school(title="双福六小"), make_full_metric()
        related = filled(ProgrammePage, page.get_parent(), category="plan", slug="b-programme", title="相关方案")
        rows = {
            "school_links": inline_formset([{"school": school.pk}]),
            "related_links": inline_formset([{"related": related.pk}]),
            "metrics": str(metric.pk),
        }
        data = form_data(ProgrammePage, page, **chinese(ProgrammePage, "预览") | rows)
        url = page_url("preview_on_edit", page.pk)
        assert admin.post(url, data).json() == {"is_valid": True, "is_available": True}
        shown = admin.get(url, {"mode": SOURCE}).content.decode()
        assert "双福六小" in shown
        assert "相关方案" in shown

    @pytest.mark.parametrize("thing", REPEATABLE, ids=repr)
    def test_copy(self, admin, thing):
        page = translate(thing.make())
        before = english(page)
        data = {
            "new_title": "副本",
            "new_slug": "the-copy",
            "new_parent_page": page.get_parent().pk,
            "publish_copies": "on",
        }
        assert admin.get(page_url("copy", page.pk)).status_code == 200
        post(admin, page_url("copy", page.pk), data)
        copy = thing.model.objects.get(slug="the-copy")
        assert (copy.title, copy.live) == ("副本", True)
        assert not copy.is_in("en")
        assert not any(english(copy).values())
        assert_no_chinese_elsewhere(copy)
        assert_translated(page, before)

    @pytest.mark.parametrize("thing", [thing for thing in PAGES if thing.model is StandardPage], ids=repr)
    def test_move(self, admin, thing):
        page = translate(thing.make())
        before, stored = english(page), row(page)
        goal = filled(StandardPage, make_home(), slug="goal")
        assert admin.get(page_url("move", page.pk)).status_code == 200
        post(admin, page_url("move_confirm", page.pk, goal.pk), {})
        page = StandardPage.objects.get(pk=page.pk)
        assert (page.get_parent().pk, page.url_path) == (goal.pk, f"{goal.url_path}{page.slug}/")
        assert row(page) == stored
        assert_translated(page, before)

    @pytest.mark.parametrize("thing", [thing for thing in PAGES if thing.model is not StandardPage], ids=repr)
    def test_a_move_to_where_it_does_not_belong_is_refused(self, admin, thing):
        page = thing.make()
        goal = filled(StandardPage, make_home(), slug="goal")
        admin.post(page_url("move_confirm", page.pk, goal.pk))
        moved = thing.model.objects.get(pk=page.pk)
        assert (moved.path, moved.url_path) == (page.path, page.url_path)

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_revert(self, admin, thing):
        page = edit_page(admin, thing.make(), "初版", "publish")
        first = page.latest_revision
        page = translate(edit_page(admin, page, "二版", "publish"))
        before = english(page)
        shown = admin.get(page_url("revisions_revert", page.pk, first.pk))
        assert shown.status_code == 200
        assert shown.context["form"].instance.title.startswith("初版")
        page = edit_page(admin, page, "初版", "publish", revision=str(first.pk))
        assert_written(page, "初版")
        assert_translated(page, before)

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_schedule(self, admin, thing, monkeypatch):
        page = translate(thing.make())
        before, stored = english(page), row(page)
        page = edit_page(admin, page, "定时", "publish", go_live_at=in_an_hour())
        assert row(page) == stored
        times_pass(monkeypatch)
        call_command("publish_scheduled")
        page = thing.model.objects.get(pk=page.pk)
        assert_written(page, "定时")
        assert_translated(page, before)

    @pytest.mark.parametrize("thing", [thing for thing in PAGES if thing.model is not HomePage], ids=repr)
    def test_delete(self, admin, thing):
        page = thing.make()
        page.unpublish()  # else it has to be withdrawn first
        assert admin.get(page_url("delete", page.pk)).status_code == 200
        post(admin, page_url("delete", page.pk), {})
        assert not BasePage.objects.filter(pk=page.pk).exists()

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_delete_in_use(self, admin, thing):
        page = thing.make()
        if thing.model is not HomePage:  # the site itself uses the front page
            link = f'<p data-block-key="b1">见<a linktype="page" id="{page.pk}">此</a></p>'
            filled(StandardPage, make_home(), slug="linker", body=[("text", link)])
        assert_refused(admin, page_url("delete", page.pk), page, page_url("usage", page.pk))


def assert_refused(client, url, obj, usage):
    """By GET and by POST, with a message in the language of the admin, and nothing is gone."""
    for method in (client.get, client.post):
        response = method(url)
        assert (response.status_code, response.url) == (302, usage)
        page = client.get(response.url)
        assert page.status_code == 200
        language = UserProfile.objects.get().preferred_language
        with translation.override(language):
            words = (
                gettext("“{name}” is in use and was not deleted. Used by: {users}.")
                .split("{name}")[1]
                .split("{users}")[0]
            )
        assert words in page.content.decode()
    assert type(obj).objects.filter(pk=obj.pk).exists()


def use(obj):
    """Something that refers to a snippet."""
    name = type(obj).__name__
    if name in ("Period", "Dimension", "Unit", "Source", "Metric", "Honour"):
        return make_observation(**{name.lower(): obj})
    if name in ("Town", "SchoolZone", "SchoolGroup"):
        return make_school(**{{"Town": "town", "SchoolZone": "zone", "SchoolGroup": "group"}[name]: obj})
    makers = {
        "Theme": lambda: make_metric(theme=obj),
        "Organisation": lambda: make_observation(subject_organisation=obj),
        "Observation": lambda: make_story(
            body=[("text", f'<p data-block-key="c1"><a linktype="figure" id="{obj.pk}">8660个</a></p>')]
        ),
        "Topic": lambda: make_story(topics=[obj]),
        "Contributor": lambda: make_story(byline=[StoryPage.byline.rel.related_model(contributor=obj)]),
    }
    return makers[name]()


def newest(thing, key):
    """The one with this key; of things without keys the last that was made."""
    return thing.model.objects.get(key=key) if thing in KEYED else thing.model.objects.latest("pk")


class TestSnippets:
    """Acts on snippets."""

    @pytest.mark.parametrize("thing", SNIPPETS, ids=repr)
    def test_create(self, admin, thing):
        data = form_data(thing.model, **chinese(thing.model, "新建") | {"key": "created"} | dict(thing.extra()))
        url = snippet_url(thing.model, "add")
        assert admin.get(url).status_code == 200
        post(admin, url, data, "publish")
        assert_written(newest(thing, "created"), "新建")

    @pytest.mark.parametrize("thing", SNIPPETS, ids=repr)
    def test_edit(self, admin, thing):
        obj = translate(thing.make())
        before, stored = english(obj), row(obj)
        page = admin.get(snippet_url(obj, "edit", obj.pk))
        assert page.status_code == 200
        if thing in KEYED:
            assert page.context["form"].fields["key"].widget.attrs["readonly"]
        obj = edit_snippet(admin, thing, obj, "改稿")
        if thing in WITH_DRAFTS:
            assert_draft(obj, "改稿")
            assert row(obj) == stored
        else:
            assert_written(obj, "改稿")
        assert_translated(obj, before)

    @pytest.mark.parametrize("thing", WITH_DRAFTS, ids=repr)
    def test_publish(self, admin, thing):
        obj = translate(thing.make())
        before = english(obj)
        obj = edit_snippet(admin, thing, obj, "发布", "publish")
        assert_written(obj, "发布")
        assert_translated(obj, before)

    @pytest.mark.parametrize("thing", WITH_PREVIEW, ids=repr)
    def test_preview(self, admin, thing):
        make_metrics_page()
        obj = translate(thing.make())
        stored = row(obj)
        url = snippet_url(obj, "preview_on_edit", obj.pk)
        data = form_data(thing.model, obj, **chinese(thing.model, "预览"))
        assert admin.post(url, data).json() == {"is_valid": True, "is_available": True}
        answer = admin.get(url, {"mode": SOURCE})
        assert answer.status_code == 200
        assert "预览name" in answer.content.decode()
        assert row(obj) == stored

    @pytest.mark.parametrize("thing", SNIPPETS, ids=repr)
    def test_copy(self, admin, thing):
        obj = translate(thing.make())
        before, stored = english(obj), row(obj)
        url = snippet_url(obj, "copy", obj.pk)
        shown = admin.get(url)
        assert shown.status_code == 200
        data = form_data(thing.model, obj, **chinese(thing.model, "副本") | {"key": "the-copy"} | dict(thing.extra()))
        assert admin.post(url, data).status_code == 405
        post(admin, shown.context["action_url"], data, "publish")
        copy = newest(thing, "the-copy")
        assert copy.pk != obj.pk
        assert_written(copy, "副本")
        assert not any(english(copy).values())
        assert row(obj) == stored
        assert_translated(obj, before)

    @pytest.mark.parametrize("thing", WITH_REVISIONS, ids=repr)
    def test_revert(self, admin, thing):
        obj = edit_snippet(admin, thing, thing.make(), "初版", "publish")
        first = obj.latest_revision
        obj = translate(edit_snippet(admin, thing, obj, "二版", "publish"))
        before = english(obj)
        url = snippet_url(obj, "revisions_revert", obj.pk, first.pk)
        shown = admin.get(url)
        assert shown.status_code == 200
        name = thing.model.name_field()
        assert getattr(shown.context["form"].instance, name).startswith("初版")
        post(admin, url, form_data(thing.model, obj, **chinese(thing.model, "初版")), "publish")
        obj = thing.model.objects.get(pk=obj.pk)
        assert_written(obj, "初版")
        assert_translated(obj, before)

    @pytest.mark.parametrize("thing", WITH_DRAFTS, ids=repr)
    def test_schedule(self, admin, thing, monkeypatch):
        obj = translate(thing.make())
        before, stored = english(obj), row(obj)
        obj = edit_snippet(admin, thing, obj, "定时", "publish", go_live_at=in_an_hour())
        assert row(obj) == stored
        times_pass(monkeypatch)
        call_command("publish_scheduled")
        obj = thing.model.objects.get(pk=obj.pk)
        assert_written(obj, "定时")
        assert_translated(obj, before)

    @pytest.mark.parametrize("thing", SNIPPETS, ids=repr)
    def test_delete(self, admin, thing):
        obj = thing.make()
        assert admin.get(snippet_url(obj, "delete", obj.pk)).status_code == 200
        post(admin, snippet_url(obj, "delete", obj.pk), {})
        assert not thing.model.objects.filter(pk=obj.pk).exists()

    @pytest.mark.parametrize("thing", KEYED, ids=repr)
    def test_delete_in_use(self, admin, thing):
        obj = thing.make()
        use(obj)
        assert_refused(admin, snippet_url(obj, "delete", obj.pk), obj, snippet_url(obj, "usage", obj.pk))

    @pytest.mark.parametrize("thing", KEYED, ids=repr)
    def test_a_changed_key_is_refused(self, admin, thing):
        obj = thing.make()
        response = admin.post(snippet_url(obj, "edit", obj.pk), form_data(thing.model, obj, key="another"))
        assert response.status_code == 200
        assert response.context["form"].errors["key"]
        assert thing.model.objects.get(pk=obj.pk).key == obj.key


class TestEveryScreen:
    """Whatever an editor can open, opens."""

    @pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
    def test_of_a_snippet(self, admin, model):
        obj = (
            Language.objects.get(code="en")
            if model is Language
            else next(t for t in (*SNIPPETS, *OTHER_SNIPPETS) if t.model is model).make()
        )
        names = ["list", "list_results"] + (["add"] if model is not Language else [])
        urls = [snippet_url(obj, name) for name in names]
        urls += [snippet_url(obj, name, obj.pk) for name in ("edit", "usage", "history", "history_results")]
        chooser = model.snippet_viewset.get_chooser_admin_url_namespace()
        urls += [reverse(f"{chooser}:{name}") for name in ("choose", "choose_results")]
        urls += [f"{reverse(f'{chooser}:choose')}?q=原", reverse(f"{chooser}:chosen", args=(obj.pk,))]
        for url in urls:
            assert admin.get(url).status_code == 200, url

    @pytest.mark.parametrize("thing", PAGES, ids=repr)
    def test_of_a_page(self, admin, thing):
        page = thing.make()
        page.save_revision()
        names = ("edit", "usage", "history", "history_results", "set_privacy")
        urls = [page_url(name, page.pk) for name in names] + [reverse("wagtailadmin_explore", args=(page.pk,))]
        for url in urls:
            assert admin.get(url).status_code == 200, url

    @pytest.mark.parametrize("name", ["story_pages", "school_pages", "programme_pages"])
    def test_of_a_listing_of_pages(self, admin, name):
        for thing in REPEATABLE:
            thing.make()
        for part in ("index", "index_results"):
            page = admin.get(reverse(f"{name}:{part}"))
            assert page.status_code == 200
            assert "原title" in page.content.decode()
        assert admin.get(reverse(f"{name}:choose_parent")).status_code in (200, 302)

    @pytest.mark.parametrize("namespace", ["story_pages", "school_pages", "programme_pages"])
    def test_any_search_order_and_filter_of_pages_go_together(self, admin, namespace):
        for thing in REPEATABLE:
            thing.make()
        assert_combinations(admin, reverse(f"{namespace}:index"))

    @pytest.mark.parametrize("model", get_snippet_models(), ids=lambda model: model.__name__)
    def test_any_search_order_and_filter_of_snippets_go_together(self, admin, model):
        for thing in (*SNIPPETS, *OTHER_SNIPPETS):
            if thing.model is model:
                thing.make()
        assert_combinations(admin, snippet_url(model, "list"))

    @pytest.mark.parametrize("model", [Metric, Observation, Honour])
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_export(self, admin, model, kind):
        obj = next(thing for thing in SNIPPETS if thing.model is model).make()
        answer = admin.get(snippet_url(model, "list"), {"export": kind})
        body = b"".join(answer.streaming_content)
        assert answer.status_code == 200
        assert kind == "xlsx" or obj.key in body.decode()

    def test_exported_text_is_no_formula(self, admin):
        make_metric(name="=1+1")
        body = b"".join(admin.get(snippet_url(Metric, "list"), {"export": "csv"}).streaming_content).decode()
        assert "'=1+1" in body
        book = b"".join(admin.get(snippet_url(Metric, "list"), {"export": "xlsx"}).streaming_content)
        (cell,) = [cell for row in load_workbook(BytesIO(book)).active for cell in row if cell.value == "=1+1"]
        assert (cell.data_type, cell.quotePrefix) == ("s", True)

    def test_nor_is_it_in_a_report(self, admin):
        make_story(title="＝1+1").save_revision(log_action=True)
        for name in ("site_history", "aging_pages"):
            report = admin.get(reverse(f"wagtailadmin_reports:{name}"), {"export": "csv"})
            cells = b"".join(report.streaming_content).decode().replace("\r\n", ",").split(",")
            assert "'＝1+1" in cells, name
            assert "＝1+1" not in cells

    def test_a_search_finds_parts_of_a_chinese_name(self, admin):
        make_keyed(Organisation, name="重庆市江津区教育委员会")()
        make_keyed(Organisation, name="重庆市财政局", key="b")()
        page = admin.get(snippet_url(Organisation, "list"), {"q": "教育", "kind": "other", "ordering": "-name"})
        assert "教育委员会" in page.content.decode()
        assert "财政局" not in page.content.decode().split('class="listing')[-1]

    def test_languages_are_neither_added_nor_deleted(self, admin):
        count = Language.objects.count()
        french = Language.objects.get(code="fr")
        for url in (snippet_url(Language, "add"), snippet_url(Language, "delete", french.pk)):
            assert admin.get(url).status_code == 302
            assert admin.post(url, {"order": "1"}).status_code == 302
        bulk = reverse("wagtail_bulk_action", args=("core", "language", "delete"))
        admin.post(f"{bulk}?id={french.pk}")
        assert Language.objects.count() == count
        post(admin, snippet_url(french, "edit", french.pk), {"is_open": "on", "order": "33", "provider": ""})
        french.refresh_from_db()
        assert (french.order, french.is_open) == (33, False)  # it is opened at the desk, where it is seen what it needs


def assert_combinations(client, url):
    """The listing searched, with every filter chosen, sorted by each of its columns."""
    page = client.get(url)
    orders = [f"-{c.sort_key}" for c in page.context["table"].columns.values() if c.sort_key]
    assert orders
    filters = page.context.get("filters")
    chosen = {name: first_choice(f) for name, f in filters.form.fields.items() if first_choice(f)} if filters else {}
    for order in orders:
        assert client.get(url, chosen | {"q": "原", "ordering": order}).status_code == 200, order


def first_choice(form_field):
    choices = [str(value) for value, _label in getattr(form_field, "choices", []) or [] if str(value)]
    return choices[0] if choices else None


def refused(client, url, data, name, msgid, action=None):
    """The form comes back with this error beside this field, in the admin's language."""
    response = client.post(url, data | ({f"action-{action}": "1"} if action else {}))
    assert response.status_code == 200
    with translation.override(UserProfile.objects.get().preferred_language):
        words = gettext(msgid)
        assert words in [str(error) for error in response.context["form"].errors[name]]
    assert conditional_escape(words) in response.content.decode()
    assert list(response.context["form"].errors) == [name]


class TestBadInput:
    """Whatever is wrong is said beside its field, and nothing is saved."""

    @pytest.fixture
    def observation(self, admin):
        data = form_data(Observation, **chinese(Observation, "新") | {"key": "created"} | needs_observation())
        yield data
        assert not Observation.objects.filter(key="created").exists()

    def test_an_observation_without_a_value(self, admin, observation):
        data = observation | {"value": ""}
        refused(admin, snippet_url(Observation, "add"), data, "value", "This field is required.", "publish")

    def test_an_observation_that_is_there_already(self, admin, observation):
        there = Observation.objects.get()
        response = admin.post(snippet_url(Observation, "add"), observation | {"period": there.period_id})
        [message] = response.context["form"].errors["period"]
        assert there.key in message

    def test_an_observation_of_two_subjects(self, admin, observation):
        msgid = "Choose a school or an organisation, not both."
        data = observation | {"subject_school": make_school().pk}
        refused(admin, snippet_url(Observation, "add"), data, "subject_organisation", msgid)

    def test_an_observation_of_nothing(self, admin, observation):
        msgid = "Choose a school or an organisation."
        refused(
            admin, snippet_url(Observation, "add"), observation | {"subject_organisation": ""}, "subject_school", msgid
        )

    def test_more_than_a_hundred_percent_without_a_note(self, admin, observation):
        percent = Unit.objects.create(key="percent", symbol="%", kind="percent")
        msgid = "More than 100 percent: say in the note how that can be."
        data = observation | {"unit": percent.pk, "value": "101", "note": ""}
        refused(admin, snippet_url(Observation, "add"), data, "note", msgid)

    def test_a_comparator_of_nobody(self, admin, observation):
        msgid = "Say whose total the comparator is."
        data = observation | {"comparator_value": "5"}
        refused(admin, snippet_url(Observation, "add"), data, "comparator_scope", msgid)

    def test_an_honour_of_nobody_and_of_two(self, admin):
        data = form_data(Honour, **chinese(Honour, "新") | {"key": "created"})
        url = snippet_url(Honour, "add")
        refused(admin, url, data, "holder_school", "Choose a school or an organisation.")
        both = {"holder_school": make_school().pk, "holder_organisation": make_organisation().pk}
        refused(admin, url, data | both, "holder_organisation", "Choose a school or an organisation, not both.")
        assert not Honour.objects.exists()

    def test_a_notice_that_ends_before_it_begins(self, admin):
        times = {"starts_at": "2026-09-02 08:00", "ends_at": "2026-09-01 08:00"}
        data = form_data(SiteNotice, text="新", **times)
        refused(admin, snippet_url(SiteNotice, "add"), data, "ends_at", "The end is not after the beginning.")
        assert not SiteNotice.objects.exists()

    @pytest.mark.parametrize("link", ["javascript:alert(1)", "//example.org", "news", "/\\example.org", "https://"])
    def test_a_notice_that_leads_nowhere(self, admin, link):
        msgid = "Write /news/… for a page of this site, https://… for another site."
        refused(admin, snippet_url(SiteNotice, "add"), form_data(SiteNotice, text="新", link=link), "link", msgid)
        assert not SiteNotice.objects.exists()

    def test_dates_of_a_period_in_the_wrong_order(self, admin):
        data = form_data(Period, label="新", key="created", kind="range", start="2025-02-01", end="2025-01-01")
        refused(admin, snippet_url(Period, "add"), data, "end", "The last day is before the first day.")
        assert not Period.objects.exists()

    def test_dates_of_a_programme_in_the_wrong_order(self, admin):
        url = page_url("add", "news", "programmepage", parent_of(ProgrammePage).pk)
        dates = {"starts_on": "2025-02-01", "ends_on": "2025-01-01", "category": "plan", "slug": "created"}
        for action in (None, "publish"):
            data = form_data(ProgrammePage, **chinese(ProgrammePage, "新") | dates)
            refused(admin, url, data, "ends_on", "The last day is before the first day.", action)
        assert not ProgrammePage.objects.exists()

    @pytest.mark.parametrize("thing", REPEATABLE, ids=repr)
    def test_a_slug_that_is_used(self, admin, thing):
        page = thing.make()
        url = page_url("add", thing.model._meta.app_label, thing.model._meta.model_name, page.get_parent().pk)
        data = form_data(thing.model, **chinese(thing.model, "新") | {"slug": page.slug} | dict(thing.extra()))
        response = admin.post(url, data)
        assert response.status_code == 200
        assert response.context["form"].errors["slug"]
        assert list(response.context["form"].errors) == ["slug"]
        assert thing.model.objects.count() == 1

    def test_a_key_that_is_used_elsewhere(self, admin):
        make_keyed(Town, key="used")()
        response = admin.post(snippet_url(Town, "add"), {"name": "新", "key": "used"})
        assert response.status_code == 200
        assert list(response.context["form"].errors) == ["key"]
        assert Town.objects.count() == 1

    def test_the_key_of_a_published_school(self, admin):
        page = next(thing for thing in PAGES if thing.model is SchoolPage).make()
        data = form_data(SchoolPage, page, **chinese(SchoolPage, "新") | {"slug": "another"})
        msgid = "The key is part of public addresses: it is fixed after the first publish."
        refused(admin, page_url("edit", page.pk), data, "slug", msgid, "publish")
        assert SchoolPage.objects.get(pk=page.pk).slug == page.slug

    def test_an_address_without_its_source(self, admin):
        story = make_story()
        data = form_data(StoryPage, story, source_url="https://example.org/", credit_line="")
        refused(admin, page_url("edit", story.pk), data, "credit_line", "Name the source that this address belongs to.")

    def test_a_title_that_is_missing(self, admin):
        story = make_story()
        before = row(story)
        data = form_data(StoryPage, story, title="")
        refused(admin, page_url("edit", story.pk), data, "title", "This field is required.", "publish")
        assert row(StoryPage.objects.get(pk=story.pk)) == before
