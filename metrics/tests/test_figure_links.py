"""Links from numbers in a text to figures: on the page, in the editor, in the reference index."""

import json
import re
from decimal import Decimal

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.admin.forms.models import registry
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.documents import get_document_model
from wagtail.models import ReferenceIndex
from wagtail.rich_text import RichText, expand_db_html

from core.languages import column, reading
from core.rendering.rich_text import _links, render
from metrics.rich_text import FigureLinkHandler
from schools.tests.factories import make_organisation, make_school, make_story, text_stream

from .factories import make_metric, make_observation, make_unit


pytestmark = [pytest.mark.django_db, pytest.mark.once]

FEATURES = settings.WAGTAILADMIN_RICH_TEXT_EDITORS["default"]["OPTIONS"]["features"]


def link(observation, words="8660个"):
    return f'<a linktype="figure" id="{observation.pk}">{words}</a>'


def show(page):
    return Template("{% body page.body %}").render(Context({"page": page})).strip()


@pytest.fixture
def observation():
    return make_observation(metric=make_metric(key="new-places"))


# On the page -----------------------------------------------------------------------------------


def test_in_chinese_the_words_stay_the_writers(observation):
    assert render(f"<p>今年{link(observation, '八千多个')}学位</p>") == (
        '<p>今年<a class="figure-link" href="/data/new-places/" title="新增学位 · 江津区 · 2024年">'
        '<data value="8660">八千多个</data></a>学位</p>'
    )


def test_in_another_language_the_translators_words_stay(observation):
    with reading("en", address=True):
        html = render(link(observation, "some <b>8,700</b> places"))
    assert html == (
        '<a class="figure-link" href="/en/data/new-places/" title="New places · Jiangjin District · 2024">'
        '<data value="8660">some <b>8,700</b> places</data></a>'
    )


@pytest.mark.parametrize("words", ["", " ", "<b></b>"])
@pytest.mark.parametrize("code", ["zh-hans", "en"])
def test_a_link_without_words_shows_the_figure_in_the_language_being_read(observation, code, words):
    with reading(code):
        assert f'<data value="8660">{observation.display()}</data>' in render(link(observation, words))
    assert observation.display() == "8660个"


def test_the_language_of_the_address_is_apart_from_that_of_the_words(observation):
    """At /en/… a page that is not in English is shown in Chinese as a whole, and its links stay at /en/."""
    with reading("en", address=True), reading("zh-hans"):
        html = render(link(observation, ""))
    assert 'href="/en/data/new-places/"' in html
    assert ">8660个</data>" in html


@pytest.mark.parametrize(
    ("value", "machine"),
    [("137000000", "137000000"), ("98.0200", "98.02"), ("0", "0"), ("0.0050", "0.005"), ("8E+8", "800000000")],
)
def test_machines_read_the_value_in_base_units(value, machine):
    assert f'<data value="{machine}">x</data>' in render(link(make_observation(value=Decimal(value)), "x"))


def test_the_part_of_the_whole_is_named(observation):
    observation.dimension = observation.dimension.__class__.objects.create(
        key="p", axis="stage", member="p", label="小学"
    )
    assert FigureLinkHandler.description(observation) == "新增学位 · 小学 · 江津区 · 2024年"


@pytest.mark.parametrize("without", ["value", "unit"])
def test_a_figure_that_is_not_finished_contradicts_nothing(without):
    observation = make_observation(printed="8660个", value=Decimal(8660))
    assert FigureLinkHandler.contradicts(observation, "8000个")
    setattr(observation, without, None)
    assert (FigureLinkHandler.stated(observation), FigureLinkHandler.contradicts(observation, "8000个")) == ("", False)


def test_a_figure_of_a_school_names_the_school():
    observation = make_observation(subject_school=make_school(title="双福六小"))
    assert 'title="新增学位 · 双福六小 · 2024年"' in render(link(observation))


@pytest.mark.parametrize(("stored", "shown"), [("", "<p></p>"), ("8660个", "<p>8660个</p>")])
def test_a_figure_that_is_gone_leaves_its_words(observation, stored, shown):
    html = f"<p>{link(observation, stored)}</p>"
    observation.delete()
    assert render(html) == shown


@pytest.mark.parametrize("words", ["8660个", ""])
def test_a_figure_whose_metric_is_a_draft_has_no_link(observation, words):
    observation.metric.live = False
    observation.metric.save()
    assert render(link(observation, words)) == '<data value="8660">8660个</data>'


@pytest.mark.parametrize(
    "attributes", ["", 'id=""', 'id="x"', 'id="-1"', 'id="²"', f'id="{"9" * 40}"', 'id="1 OR 1=1"']
)
def test_a_link_to_nonsense_is_its_words_and_refers_to_nothing(attributes):
    story = make_story(f'<p><a linktype="figure" {attributes}>字</a></p>')
    assert "<p>字</p>" in show(story)
    assert "<a" not in show(story)
    assert not story.observation_links.exists()


@pytest.mark.parametrize(
    "html",
    [
        '<p><a href="https://example.org/">x</a></p>',
        '<p><a href="#here">x</a></p>',
        "",
    ],
)
def test_other_links_are_left_as_they_are(html):
    assert render(html) == html


def test_an_unknown_kind_of_link_is_not_a_link():
    assert render('<a linktype="video" id="1">x</a>') == "x"


def test_names_and_addresses_are_escaped():
    organisation = make_organisation(name='"><script>alert(1)</script>')
    unit = make_unit(key="evil", symbol="<b>&个")
    observation = make_observation(subject_organisation=organisation, metric=make_metric(name="<i>'x'", unit=unit))
    html = render(link(observation, ""))
    assert "<script" not in html
    assert "<i>" not in html
    assert 'title="&lt;i&gt;&#x27;x&#x27; · &quot;&gt;&lt;script&gt;' in html
    assert "&lt;b&gt;&amp;个</data>" in html


@pytest.mark.parametrize("text", ["<a " * 30_000, "</a" * 30_000, '<a linktype="figure" id="1">' * 5_000, "<" * 90_000])
def test_odd_text_takes_no_longer_than_its_length(text):
    """A quadratic pattern would need minutes."""
    assert list(_links(text)) == []


def test_wagtails_own_filter_shows_the_link_too(observation):
    html = expand_db_html(link(observation))
    assert html == '<a class="figure-link" href="/data/new-places/" title="新增学位 · 江津区 · 2024年">8660个</a>'


def test_the_filter_takes_a_block_value_a_string_or_nothing(observation):
    template = Template("{% load rich %}{{ value|rich }}")
    shown = render(link(observation))
    assert template.render(Context({"value": RichText(link(observation))})) == shown
    assert template.render(Context({"value": link(observation)})) == shown
    assert template.render(Context({"value": None})) == ""


# The body of a story ---------------------------------------------------------------------------


def test_a_story_shows_each_language_from_its_own_column(observation):
    story = make_story(f"<p>今年{link(observation)}</p>")
    english = text_stream(f"<p>{link(observation, '')} this year</p>")
    type(story).objects.filter(pk=story.pk).update(**{column("body", "en"): json.dumps(english)})
    story.refresh_from_db()
    assert re.sub("<.*?>", "", show(story)) == "今年8660个"
    with reading("en"):
        assert re.sub("<.*?>", "", show(story)) == f"{observation.display()} this year"
        assert observation.display() != "8660个"


def test_an_aside_has_links_too(observation):
    story = make_story("<p>x</p>")
    story.body = [{"type": "aside", "value": {"heading": "<学位>", "text": f"<p>{link(observation)}</p>"}}]
    html = show(story)
    assert "&lt;学位&gt;" in html
    assert 'href="/data/new-places/"' in html


def number_of_queries(*texts):
    story = apps.get_model("news.StoryPage")(body=text_stream(*texts))
    with CaptureQueriesContext(connection) as queries:
        html = show(story)
    assert html.count("<a ") == sum(text.count("<a ") for text in texts)
    assert html.count("href=") == html.count("<a ")
    return len(queries)


def test_the_number_of_queries_is_the_same_for_any_number_of_links():
    schools = [make_school(title=f"第{number}小学") for number in range(40)]
    subject = make_organisation()
    figures = [make_observation(subject_organisation=subject) for _ in range(40)]
    documents = [get_document_model().objects.create(title="d", file=f"documents/{n}.pdf") for n in range(40)]
    links = [
        link(figure, "")
        + f'<a linktype="school" id="{school.pk}"></a><a linktype="page" id="{school.pk}">校</a>'
        + f'<a linktype="document" id="{document.pk}">文</a>'
        for figure, school, document in zip(figures, schools, documents, strict=True)
    ]
    number_of_queries(links[0])  # fills the caches of content types and sites
    one = number_of_queries(f"<p>{links[0]}</p>")
    assert one == number_of_queries(f"<p>{''.join(links)}</p>")
    assert one == number_of_queries(*[f"<p>{each}</p>" for each in links])
    assert one == 3  # figures, pages, documents


# References ------------------------------------------------------------------------------------


def test_publishing_a_story_writes_down_what_it_refers_to(observation):
    other = make_observation()
    story = make_story(f"<p>{link(other)}和{link(observation)}</p>", f"<p>{link(other, '又')}</p>")
    assert list(story.observation_links.values_list("observation", "origin")) == [
        (other.pk, "body"),
        (observation.pk, "body"),
    ]
    usage = ReferenceIndex.get_references_to(observation)
    assert usage.filter(to_object_id=str(observation.pk), model_path__startswith="body").count() == 1


def test_a_translated_body_adds_no_reference(observation):
    story = make_story(f"<p>{link(observation)}</p>")
    setattr(story, column("body", "en"), text_stream(f"<p>{link(observation, '')}</p>"))
    story.save()
    assert (
        ReferenceIndex.get_references_to(observation)
        .filter(object_id=str(story.pk), model_path__startswith="body")
        .count()
        == 1
    )


# In the editor ---------------------------------------------------------------------------------


@pytest.fixture
def converter():
    return ContentstateConverter(FEATURES)


def test_stored_text_comes_back_from_the_editor_byte_for_byte(observation, converter):
    a, bold = link(observation), link(observation, "<b>8660个</b>")
    for html in (
        f'<p data-block-key="abcde">今年{a}学位，含{bold}和{a}{link(observation, "9千 &lt;&amp;&gt; 个")}。</p>',
        f'<p data-block-key="abcde">{link(observation, "<b>86</b>60个")}</p>',
        f'<ul><li data-block-key="abcde">x</li><li data-block-key="fghij">{a}</li></ul><p data-block-key="klmno"></p>',
        '<p data-block-key="abcde"><a linktype="figure" id="999999">没有了</a></p>',
    ):
        assert converter.to_database_format(converter.from_database_format(html)) == html


def test_the_editor_is_told_what_a_link_points_to(observation, converter):
    state = json.loads(converter.from_database_format(f"<p>{link(observation, '八千多')}</p>"))
    assert state["blocks"][0]["text"] == "八千多"
    assert state["entityMap"]["0"] == {
        "mutability": "MUTABLE",
        "type": "FIGURE",
        "data": {
            "id": str(observation.pk),
            "label": "8660个 · 新增学位 · 江津区 · 2024年",
            "url": "/data/new-places/",
        },
    }


def test_an_editor_with_an_english_interface_sees_chinese_words(observation, converter):
    with translation.override("en"):
        state = json.loads(converter.from_database_format(f"<p>{link(observation)}</p>"))
    assert state["entityMap"]["0"]["data"]["label"].startswith("8660个 · 新增学位")


def test_editing_the_words_keeps_the_link(observation, converter):
    state = json.loads(converter.from_database_format(f'<p data-block-key="abcde">有{link(observation)}</p>'))
    block = state["blocks"][0]
    block["text"] = "有将近8660个"
    block["entityRanges"][0]["length"] = 7
    html = converter.to_database_format(json.dumps(state))
    assert html == f'<p data-block-key="abcde">有{link(observation, "将近8660个")}</p>'


@pytest.mark.parametrize("pk", [None, "", "x", '1" onclick="alert(1)', "²", -1, [], True])
def test_the_editor_cannot_store_another_kind_of_id(converter, pk):
    block = {"key": "abcde", "type": "unstyled", "depth": 0, "text": "8660个", "inlineStyleRanges": []}
    block["entityRanges"] = [{"key": 0, "offset": 0, "length": 5}]
    entity = {"type": "FIGURE", "mutability": "MUTABLE", "data": {"id": pk}}
    html = converter.to_database_format(json.dumps({"blocks": [block], "entityMap": {"0": entity}}))
    assert html == '<p data-block-key="abcde">8660个</p>'


# The chooser -----------------------------------------------------------------------------------


@pytest.fixture
def editor(client, django_user_model):
    client.force_login(django_user_model.objects.create_superuser("editor"))
    return client


@pytest.mark.parametrize(
    ("query", "found"), [("", True), ("学位", True), ("新增 2024", True), ("8660", True), ("教师", False)]
)
@pytest.mark.parametrize("view", ["choose", "choose_results"])
def test_the_chooser_finds_figures_in_chinese(editor, observation, view, query, found):
    response = editor.get(reverse(f"figure_links:{view}"), {"q": query})
    html = response.json()["html"] if view == "choose" else response.content.decode()
    assert response.status_code == 200
    assert (reverse("figure_links:chosen", args=[observation.pk]) in html) is found
    assert all((word in html) is found for word in ("新增学位", "江津区", "2024年", "8660个"))


def test_a_chosen_figure_comes_with_its_words(editor, observation):
    response = editor.get(reverse("figure_links:chosen", args=[observation.pk]))
    assert response.json() == {
        "step": "chosen",
        "result": {
            "id": str(observation.pk),
            "label": "8660个 · 新增学位 · 江津区 · 2024年",
            "url": "/data/new-places/",
            "title": "8660个",
        },
    }


def test_figures_of_a_draft_metric_are_not_offered(editor, observation):
    observation.metric.live = False
    observation.metric.save()
    for params in ({}, {"q": "学位"}):
        assert "新增学位" not in editor.get(reverse("figure_links:choose"), params).json()["html"]
    assert editor.get(reverse("figure_links:chosen", args=[observation.pk])).status_code == 404


@pytest.mark.parametrize("pk", ["0", "x", "²", "9" * 40, "1 OR 1"])
def test_a_figure_that_is_not_there_is_not_found(editor, pk):
    assert editor.get(reverse("figure_links:chosen", args=[pk])).status_code == 404


@pytest.mark.parametrize("params", [{"q": "\0"}, {"q": "学" * 5000}, {"q": "'\"*"}])
def test_odd_queries_are_no_error(editor, observation, params):
    assert editor.get(reverse("figure_links:choose_results"), params).status_code in (200, 400)


@pytest.mark.parametrize("view", ["choose", "choose_results", "chosen"])
def test_the_chooser_is_for_the_admin_only(client, django_user_model, observation, view):
    url = reverse(f"figure_links:{view}", args=[observation.pk] if view == "chosen" else [])
    assert client.get(url).status_code == 302
    client.force_login(django_user_model.objects.create_user("reader"))
    assert client.get(url).status_code == 302


def test_the_chooser_asks_the_same_number_of_queries_for_any_number_of_figures(editor, observation):
    url = reverse("figure_links:choose_results")
    editor.get(url)
    with CaptureQueriesContext(connection) as few:
        editor.get(url)
    for _ in range(8):
        make_observation(subject_school=make_school())
    with CaptureQueriesContext(connection) as many:
        editor.get(url)
    assert len(few) == len(many)


def test_forms_keep_their_own_chooser_of_figures():
    field = apps.get_model("news.StoryObservation")._meta.get_field("observation")
    widget = (registry.get(field) or {}).get("widget")
    assert getattr(widget, "chooser_modal_url_name", "") != "figure_links:choose"
