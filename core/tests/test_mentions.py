"""`@name`: whom it means in Chinese and in Latin letters, and how it is shown."""

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from core.models import User
from core.notices import mentions


pytestmark = pytest.mark.once


def person(username, first="", last="", pk=None):
    return User(pk=pk or abs(hash(username)) % 10**6, username=username, first_name=first, last_name=last)


ANNA = person("anna", "Anna", "Bell", pk=1)
ANNABEL = person("annabel", pk=2)
WANG = person("wxm", "小明", "王", pk=3)
WANG_2 = person("wxm2", "小明", "王", pk=4)
LI = person("李老师", pk=5)
DESK = person("translator-en", pk=6)
PEOPLE = [ANNA, ANNABEL, WANG, LI, DESK]


def found(text, people=PEOPLE):
    return {written: who.username for written, who in mentions.find(text, people).people.items()}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@anna please look", {"@anna": "anna"}),
        ("@Anna Bell: look", {"@Anna Bell": "anna"}),
        ("@annabel and @ANNA.", {"@annabel": "annabel", "@ANNA": "anna"}),
        ("请@王小明看一下", {"@王小明": "wxm"}),
        ("＠王小明，@李老师：请看", {"＠王小明": "wxm", "@李老师": "李老师"}),
        ("@anna请看", {"@anna": "anna"}),
        ("(@translator-en)", {"@translator-en": "translator-en"}),
        ("@translator-english @annas @anna_b @anna.b", {}),
        ("write to mail@anna.example, or a.b@anna", {}),
        ("@小明 王 and @wxm", {"@wxm": "wxm", "@小明 王": "wxm"}),
        ("no sign at all: anna", {}),
        ("@", {}),
    ],
)
def test_whom_a_text_means(text, meant):
    assert found(text) == meant


def test_a_chinese_name_is_said_last_name_first():
    assert WANG.get_full_name() == "王小明"
    assert ANNA.get_full_name() == "Anna Bell"


def test_a_name_of_several_people_means_nobody():
    result = mentions.find("@王小明 @wxm2 @nobody", [*PEOPLE, WANG_2])
    assert [who.pk for who in result.people.values()] == [4]
    assert result.shared == ["@王小明"]
    assert result.unknown == ["nobody"]


def test_the_writer_is_told_who_was_not_told():
    said = mentions.outcome(mentions.find("@anna @annabel @ghost", PEOPLE), [ANNA], [ANNABEL])
    assert all(name in said for name in ("Anna Bell", "annabel", "ghost"))
    assert mentions.outcome(mentions.find("nothing", PEOPLE), [], []) == ""


def test_a_mention_is_shown_as_such_and_the_rest_as_text():
    text = "<b>@anna</b> @annabel & 请@王小明看"
    kept = mentions.stored(mentions.find(text, [ANNA, WANG]))
    assert kept == [["@anna", 1], ["@王小明", 3]]
    shown = mentions.marked(text, kept, ANNA)
    assert '&lt;b&gt;<strong class="mention mention--me">@anna</strong>&lt;/b&gt;' in shown
    assert " @annabel &amp; 请" in shown
    assert '<strong class="mention">@王小明</strong>看' in shown
    assert mentions.marked("<i>", []) == "&lt;i&gt;"


@pytest.mark.parametrize(
    ("typed", "usernames"),
    [
        ("ann", ["anna", "annabel"]),
        ("BELL", ["anna"]),
        ("王", ["wxm"]),
        ("wangxi", ["wxm"]),
        ("xm", ["wxm"]),
        ("李", ["李老师"]),
        ("zzz", []),
    ],
)
def test_people_are_offered_by_the_beginning_of_a_name_or_its_pinyin(typed, usernames):
    assert [each["username"] for each in mentions.offers(typed, PEOPLE, DESK)] == usernames


def test_what_is_offered_is_what_will_be_understood():
    people = [*PEOPLE, WANG_2]
    for each in mentions.offers("", people, DESK):
        assert list(found(f"@{each['write']} x", people).values()) == [each["username"]]
    assert DESK.username not in {each["username"] for each in mentions.offers("", people, DESK)}


PIECES = [
    "@",
    "＠",
    "anna",
    "Anna Bell",
    "李老师",
    "王小明",
    "wxm",
    " ",
    ".",
    "-",
    "_",
    "<b>",
    "&",
    "\n",
    "\0",
    "字",
    "x" * 70,
    "@" * 500,
]


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=12).map("".join))
def test_whatever_is_written_is_shown_as_it_was_and_nobody_is_made_up(text):
    meant = mentions.find(text, [*PEOPLE, WANG_2])
    assert set(meant.people.values()) <= {*PEOPLE, WANG_2}
    assert all(written in text for written in (*meant.people, *meant.shared, *meant.unknown))
    html = mentions.marked(text, mentions.stored(meant), ANNA)
    shown = BeautifulSoup(f"<i>{html}</i>", "html.parser")
    assert {tag.name for tag in shown.find_all(True)} <= {"i", "strong"}
    assert shown.get_text() == BeautifulSoup(f"<i>{mentions.marked(text, [])}</i>", "html.parser").get_text()
    assert len(shown.find_all("strong")) >= bool(meant.people)
