"""Characters that nobody sees: which go, which stay, and that they go on every way in and every way out."""

from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import AuthenticationForm
from django.core.checks import run_checks
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from core.models import SiteNotice
from core.text import cleaning
from core.text.chinese import query_tokens
from core.text.cleaning import clean, clean_json, legal_xml


HIDDEN = [
    *"\0\x01\x0b\x1f\x7f\x80\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u180b\u180e\u200b\u200c\u200d\u200e\u200f",
    *"\u202a\u202c\u202d\u202e\u2060\u2061\u2066\u2069\u206a\u3164\ufdd0\ufe0f\ufeff\uffa0\ufff9\ufffc\ufffe\uffff",
    *"\U0001d173\U0001fffe\U000e0001\U000e0041\U0010ffff",
    "\ud800",
]


@pytest.mark.parametrize("character", HIDDEN, ids=ascii)
def test_what_nobody_sees_is_taken_away_within_chinese_and_found_without_it(character):
    assert clean(f"校园{character}开放日") == "校园开放日"
    if character != "\x0b":
        assert query_tokens(f"校园{character}开放日") == query_tokens("校园开放日")


def test_a_joiner_that_stays_is_neither_needed_nor_in_the_way_of_a_search():
    assert query_tokens("می\u200cخواهم") == query_tokens("میخواهم")


@pytest.mark.parametrize(
    "text",
    [
        "می‌خواهم",  # ZWNJ
        "👩‍🏫 教师节",  # ZWJ
        "🏳️‍🌈 👩🏽‍🔬 1️⃣ ☎︎ 🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100城、祇\ufe00",
        "क्‍ष",
        "ไทย\u200bแลนด์",
        "\u200fالتعليم في 江津\u200e (2023)",
        "\u2068مدرسة\u2069",
        "\u200e+86 23 4752 0000",
        "a\tb\nc\r\nd",
        "é e\u0301 学 〇 々 １",
        "\ue000𠀀",
    ],
)
def test_what_says_something_stays(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("typed", "line", "lines"),
    [
        ("招生\x0b通知", "招生通知", "招生\n通知"),
        ("open\x0bday", "open day", "open\nday"),
        ("open \x0b\x0bday", "open day", "open \n\nday"),
        ("校园\u2028开放", "校园开放", "校园\n开放"),
        ("a\rb", "a b", "a\nb"),
        ("a\x0c", "a", "a\n"),
        ("edu\u00adcation", "education", "education"),
        ("Auf\u200clage", "Auflage", "Auflage"),
        ("gov\u202ecq", "govcq", "govcq"),
        ("a\ufe0f\u200d👩", "a👩", "a👩"),
    ],
)
def test_ends_of_lines_part_words_that_need_it(typed, line, lines):
    assert (clean(typed), clean(typed, multiline=True)) == (line, lines)


@given(st.text(st.characters() | st.sampled_from([*HIDDEN, "学", "a", "👩", "ی"])))
def test_cleaning_twice_changes_nothing_and_xml_can_hold_it(text):
    once = clean(text)
    assert clean(once) == once
    assert legal_xml(once) == once
    etree.fromstring(f"<a>{once.replace('&', '').replace('<', '')}</a>")


def test_a_text_is_looked_through_once_however_many_signs_of_direction_it_holds(monkeypatch):
    looked = []
    monkeypatch.setattr(cleaning, "_RIGHT_TO_LEFT", SimpleNamespace(search=looked.append))
    assert clean("\u200e" * 100 + "one of these") == "one of these"
    assert len(looked) == 1


def test_json_is_cleaned_in_every_corner_and_left_alone_if_it_is_clean():
    assert clean_json({"a\0": ["x\u200by", {"b": "\ufffe"}], "n": 1}) == {"a": ["xy", {"b": ""}], "n": 1}
    value = {"a": ["x", {"b": None}]}
    assert clean_json(value) is value


# The ways in -------------------------------------------------------------------------------------


def test_a_form_cleans_before_it_asks_whether_anything_is_there():
    form = forms.modelform_factory(SiteNotice, fields=["text"])({"text": " \u200b\u2060"})
    assert form.errors.as_data()["text"][0].code == "required"


def test_a_password_is_what_it_is():
    assert AuthenticationForm().fields["password"].to_python("a\u200bb") == "a\u200bb"


@pytest.mark.django_db
def test_whatever_the_way_into_the_database_is():
    notice = SiteNotice.objects.create(text="校园\0\u200b开放\x0b日")
    SiteNotice.objects.bulk_create([SiteNotice(text_zh_hans="一\ufffe", text_en="open\0day")])
    assert set(SiteNotice.objects.values_list("text_zh_hans", "text_en")) == {("校园开放日", None), ("一", "openday")}
    SiteNotice.objects.filter(pk=notice.pk).update(text="二\ud800")
    assert SiteNotice.objects.filter(text="二\0").get() == notice
    person = get_user_model().objects.create(username="li", first_name="\u200b李\0", last_name="一")
    person.refresh_from_db()
    assert person.first_name == "李"


def test_a_field_that_goes_its_own_way_is_named(monkeypatch):
    field = SiteNotice._meta.get_field("link")
    assert not [each for each in run_checks() if each.id == "core.E007"]
    monkeypatch.setattr(field, "get_prep_value", lambda value: value)
    [error] = [each for each in run_checks() if each.id == "core.E007"]
    assert error.msg.startswith("core.SiteNotice.link ")
