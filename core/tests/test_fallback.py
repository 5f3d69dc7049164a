"""Texts in Chinese on a page of another language: they know what they are, and the page says so."""

import pickle

import pytest
from django.template import Context, Template
from modeltranslation.fields import TranslationFieldDescriptor

from core.languages import column, reading
from core.models import PortalSettings
from core.text.fallback import FallbackText, bare, filled, if_chinese, in_source, joined, marked, part, with_place


CHINESE = '<bdi lang="zh-Hans" dir="ltr">{}</bdi>'


@pytest.fixture
def arabic():
    with reading("ar"):
        yield


def page(source, **values):
    return marked(Template(source).render(Context(values)))


def test_a_text_in_the_language_being_read_is_a_string_like_any_other():
    assert type(in_source("学校")) is str
    with reading("zh-hant"):
        assert isinstance(in_source("学校"), FallbackText)


def test_in_a_text_it_is_an_element_and_escaped(arabic):
    school = in_source("双福<六小>")
    assert page("<b>{{ school }}</b>", school=school) == f"<b>{CHINESE.format('双福&lt;六小&gt;')}</b>"
    assert page("{% firstof none school %}", school=school) == CHINESE.format("双福&lt;六小&gt;")
    assert page("{{ school|default:'' }}", school=school) == CHINESE.format("双福&lt;六小&gt;")


def test_it_is_marked_in_a_translated_sentence(arabic):
    source = "{% load i18n %}{% blocktranslate with name=school %}Watch {{ name }}{% endblocktranslate %}"
    assert page(source, school=in_source("双福六小")).endswith(CHINESE.format("双福六小"))


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ('<a title="{{ it }} 2023">x</a>', '<a title="学校 2023">x</a>'),
        ("<title>{{ it }}</title><p>{{ it }}</p>", f"<title>学校</title><p>{CHINESE.format('学校')}</p>"),
        ('<img alt="{{ it }}" src="/a">', '<img alt="学校" src="/a" lang="zh-Hans" dir="ltr">'),
        ('<option value="1">{{ it }}</option>', '<option value="1" lang="zh-Hans" dir="ltr">学校</option>'),
        ("<option>{{ it }} (2)</option>", "<option>学校 (2)</option>"),
        ('<p data-a=">{{ it }}">x</p>', '<p data-a=">学校">x</p>'),
    ],
)
def test_where_no_element_can_stand_its_neighbour_says_the_language_or_nobody(arabic, source, shown):
    assert page(source, it=in_source("学校")) == shown


def test_what_is_put_together_keeps_the_places(arabic):
    name = joined(" · ", ["مقاعد", in_source("全区"), 2023])
    assert name == "مقاعد · 全区 · 2023"
    assert page("{{ it }}", it=name) == f"مقاعد · {CHINESE.format('全区')} · 2023"
    assert page("{{ it }}", it=filled("(%(name)s: {more})", {"name": name, "more": "x"})).count("<bdi") == 1
    assert page("{{ it }}", it=part(name, 6, 12)) == f"· {CHINESE.format('全区')} ·"
    assert type(joined(", ", ["a", "b"])) is str


def test_only_the_unit_of_a_figure_is_chinese(arabic):
    assert page("{{ it }}", it=with_place("نحو 8,660 人次", in_source("人次"))) == f"نحو 8,660 {CHINESE.format('人次')}"
    assert type(with_place("8,660 人次", "人次")) is str


def test_what_is_the_same_in_all_languages_is_chinese_if_it_looks_so(arabic):
    assert isinstance(if_chinese("津教〔2024〕1号"), FallbackText)
    assert type(if_chinese("Shuangfu")) is str


def test_elsewhere_it_is_a_plain_string(arabic):
    text = in_source("学校")
    assert pickle.loads(pickle.dumps(text)).spans == ((0, 2),)  # noqa: S301 (our own)
    assert f"{text}" == bare(Template("{{ it }}").render(Context({"it": text}))) == "学校"


def test_what_was_searched_for_stands_within_the_place():
    found = "<p>نص \ufdd0<mark>双福</mark>六小\ufdd1 <mark>نص</mark></p>"
    assert marked(found) == '<p>نص <bdi lang="zh-Hans" dir="ltr"><mark>双福</mark>六小</bdi> <mark>نص</mark></p>'
    assert marked("<p>\ufdd0双<mark>福\ufdd1 نص</mark></p>") == "<p>双<mark>福 نص</mark></p>"


def test_signs_that_somebody_typed_open_nothing():
    assert marked("<p>\ufdd0学校</p>") == "<p>学校</p>"


# Quotation marks -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "message", "title", "said"),
    [
        ("zh-hans", "“%(title)s”，江津教育。", "“双减”政策", "“‘双减’政策”，江津教育。"),
        ("zh-hant", "「%(title)s」，江津教育。", "「雙減」政策", "「『雙減』政策」，江津教育。"),
        ("en", "“%(title)s”.", "It’s “double” work", "“It’s ‘double’ work”."),
        ("en", "“%(title)s”.", "a “b ‘c’ d”", "“a ‘b “c” d’”."),
        ("fr", "«\u00a0%(title)s\u00a0».", "«\u00a0Deux\u00a0» fois", "«\u00a0“Deux” fois\u00a0»."),
        ("fr", "%(title)s.", "«\u00a0Deux\u00a0» fois", "«\u00a0Deux\u00a0» fois."),
        ("ru", "«%(title)s».", "«Два»", "«„Два“»."),
        ("ko", "‘%(title)s’.", "“둘”", "‘“둘”’."),
        ("en", "“%(title)s”.", "an “open one", "“an “open one”."),
    ],
)
def test_quotation_marks_within_quotation_marks_are_those_of_the_next_level(language, message, title, said):
    with reading(language):
        assert filled(message, {"title": title}) == said


@pytest.mark.parametrize("code", ["zh-hans", "en"])
@pytest.mark.parametrize("own", ["江津教育", "Jiangjin", "", None])
@pytest.mark.parametrize("chinese", ["江津教育", "江津", "", None])
def test_a_field_is_read_as_modeltranslation_reads_it(code, own, chinese):
    """江津教育 is the default of this field, and so counts as no text."""
    settings = PortalSettings(name_zh_hans=chinese)
    setattr(settings, column("name", code), own)
    with reading(code):
        stock = TranslationFieldDescriptor.__get__(vars(PortalSettings)["name"], settings, PortalSettings)
        assert str(settings.name) == str(stock)
