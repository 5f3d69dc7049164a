"""Whoever approves or publishes a translation approves what they saw, not what came in meanwhile."""

import json

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import translation

from languages.models import UnitState

from .desk import Bench, posted, publisher, stored, story_of, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

FIRST, LATER = "Texte lu.", "Texte venu après."


@pytest.fixture
def desk(client):
    """A translation that is handed in, its translator and its publisher, who is logged in."""
    with translation.override("en"):
        story = story_of(("a", "操场很大。"))
        colette, georges = Bench(story, translator()), Bench(story, publisher())
        colette.language.review_required = True
        colette.language.save()
        colette.writes_all(UnitState.REVIEW)
        colette.writes("操场", FIRST, UnitState.REVIEW)
        client.force_login(georges.user)
        client.cookies["django_language"] = "en"
        yield colette, georges


def address(bench, name=""):
    return reverse(f"languages_{name or 'workbench'}", args=[bench.original.pk, "fr"])


def form(client, bench, name):
    """What the button of the workbench posts."""
    page = BeautifulSoup(client.get(address(bench)).content.decode(), "html.parser")
    inputs = page.select_one(f"form[action='{address(bench, name)}']").select("input")
    return {each["name"]: each["value"] for each in inputs if each["name"] != "accept_outdated"}


def states(bench):
    return set(bench.statuses().values())


@pytest.mark.parametrize("name", ["approve_all", "publish"])
def test_what_came_in_meanwhile_is_shown_and_nothing_is_done(desk, client, name):
    colette, georges = desk
    if name == "publish":
        client.post(address(georges, "approve_all"), form(client, georges, "approve_all"))
        assert states(georges) == {"approved"}
    seen = form(client, georges, name)
    colette.writes("操场", LATER, UnitState.REVIEW)
    before = georges.statuses()
    answer = client.post(address(georges, name), seen)
    assert answer.status_code == 409
    shown = " ".join(answer.content.decode().split())
    assert "Nothing was approved or published." in shown
    assert "Texte <del>lu</del><ins>venu après</ins>." in shown
    assert (georges.statuses(), stored(georges.obj) or "") == (before, "")


def test_who_has_read_it_goes_on_from_there(desk, client):
    colette, georges = desk
    seen = form(client, georges, "approve_all")
    colette.writes("操场", LATER, UnitState.REVIEW)
    page = BeautifulSoup(client.post(address(georges, "approve_all"), seen).content.decode(), "html.parser")
    again = {"seen": page.select_one(".desk form input[name=seen]")["value"]}
    assert client.post(address(georges, "approve_all"), again).status_code == 302
    assert states(georges) == {"approved"}


def test_what_the_approver_wrote_in_the_page_is_seen(desk, client):
    _colette, georges = desk
    seen = form(client, georges, "approve_all")
    row = georges.row("操场")
    data = {"path": row.segment.path, "hash": row.hash, "version": row.version, "text": LATER, "act": "review"}
    answer = posted(client, address(georges, "save"), **data).json()
    seen["seen"] = json.dumps(json.loads(seen["seen"]) | answer["seen"])
    assert client.post(address(georges, "approve_all"), seen).status_code == 302
    assert georges.statuses()["操场很大。"] == "review"  # their own is for somebody else to approve
    assert states(georges) == {"approved", "review"}


def test_what_is_not_ours_counts_as_nothing_seen(desk, client):
    _colette, georges = desk
    for odd in ("", "[]", "{", '{"title": 1}'):
        assert client.post(address(georges, "approve_all"), {"seen": odd}).status_code == 409
    assert states(georges) == {"review"}
