"""How far a translation is: what is approved, and what is handed in."""

import re

import pytest
from django.urls import reverse

from core.models import User
from languages.desk.progress import translation_of
from languages.models import Translation, UnitState
from languages.models.translations import Progress
from languages.publishing.readiness import readiness_of

from .desk import STANDFIRST, TITLE, Bench, posted, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

QUARTERS = {("done", "25"), ("handed-in", "25"), ("25", "25")}


@pytest.fixture
def bench():
    take_up(review_required=True)
    return Bench(story_of(("a", "操场已经铺好。"), ("b", "教室已经粉刷。")), translator())


def reached(bench):
    found = translation_of(bench.original, "fr")
    return found.done, found.handed_in, found.progress.percent, found.progress.percent_handed_in


def bars(answer):
    """What the bars of a screen show, and say in words."""
    html = answer.content.decode()
    drawn = re.findall(r'class="desk-bar__([\w-]+)"(?: x="\d+")? width="(\d+)"', html)
    said = re.findall(r'class="desk-percent">(.*?)</span>', html, re.DOTALL)
    return {*drawn, *(tuple(re.findall(r"\d+", words)) for words in said)}


def test_what_is_handed_in_counts_beside_what_is_approved(bench, client):
    assert reached(bench) == (0, 0, 0, 0)
    bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
    bench.writes(STANDFIRST, "Les premiers élèves.", UnitState.DRAFT)
    assert reached(bench) == (0, 1, 0, 25)
    client.force_login(publisher())
    row = bench.row(TITLE)
    known = {"path": row.segment.path, "hash": row.hash, "version": row.version, "text": row.text, "act": "done"}
    answer = posted(client, reverse("languages_save", args=[bench.original.pk, "fr"]), **known).json()
    assert reached(bench) == (1, 0, 25, 0)
    assert 'class="desk-bar__done" width="25"' in answer["progress"]


def test_the_screens_show_both(bench, client):
    bench.writes(TITLE, "La rentrée", UnitState.REVIEW)
    other = publisher()
    Bench(bench.obj, other).writes(TITLE, "La rentrée", UnitState.APPROVED)
    bench.writes(STANDFIRST, "Les premiers élèves.", UnitState.REVIEW)
    Translation.objects.filter(language="fr").update(assignee=bench.user)
    client.force_login(bench.user)
    of_text = [bench.original.pk, "fr"]
    shown = [reverse("languages_matrix"), reverse("languages_workbench", args=of_text), reverse("languages_my_work")]
    for address in (*shown, reverse("wagtailadmin_home")):
        assert bars(client.get(address)) >= QUARTERS, address
    User.objects.filter(pk=bench.user.pk).update(is_superuser=True)  # a translator has no page to open
    assert bars(client.get(reverse("languages_page_translations", args=[bench.obj.pk]))) >= QUARTERS
    assert "desk-bar__handed-in" in client.get(reverse("languages_overview")).content.decode()
    client.force_login(other)
    assert "25" in client.get(reverse("languages_matrix"), {"export": "csv"}).getvalue().decode("utf-8-sig")
    language = readiness_of(bench.language)
    assert (language.done, language.handed_in) == (1, 1)


@pytest.mark.parametrize(
    ("progress", "percents"),
    [
        (Progress(3, 1, 2), (33, 67)),
        (Progress(3, 2, 0), (66, 0)),
        (Progress(0), (100, 0)),
        (Progress(2, 3, 1), (100, 0)),  # the Chinese lost a segment, and nobody has counted again yet
    ],
)
def test_both_together_are_all_only_if_nothing_is_left(progress, percents):
    assert (progress.percent, progress.percent_handed_in) == percents


def test_a_new_translation_has_nothing(bench):
    assert Translation(original=bench.original, language="es").progress.percent == 0
