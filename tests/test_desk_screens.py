"""What the workbench answers its script, and what its panel shows."""

import pytest
from django.urls import reverse

from languages.desk.dismissals import dismiss, judged
from languages.desk.errors import ChecksFailed
from languages.desk.unit_findings import findings
from languages.models import Unit, UnitState
from metrics.tests.factories import make_unit

from .desk import TITLE, Bench, edited, posted, publisher, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = ("a", "操场已经铺好。")
EVIL = '<img src="x" onerror="alert(6)">La rentrée'


@pytest.fixture
def bench():
    take_up(review_required=True)
    return Bench(story_of(A), translator())


def saved(client, bench, words, text, user, **data):
    client.force_login(user)
    row = bench.row(words)
    address = reverse("languages_save", args=[bench.original.pk, "fr"])
    known = {"path": row.segment.path, "hash": row.hash, "version": row.version, "text": text}
    return posted(client, address, **known | data)


def sent(client, bench, **odd):
    row = bench.row(TITLE)
    data = {"path": row.segment.path, "hash": row.hash, "version": row.version, "text": "Une rentrée"} | odd
    return posted(client, reverse("languages_save", args=[bench.original.pk, "fr"]), **data)


def panel(client, bench, words):
    address = reverse("languages_segment", args=[bench.original.pk, "fr"])
    return client.get(address, {"path": bench.row(words).segment.path}).content.decode()


def test_done_goes_as_far_as_one_may_and_takes_nothing_back(bench, client):
    author, other = bench.user, publisher()
    assert saved(client, bench, TITLE, "La rentrée", author, act="done").json()["standing"] == "review"
    assert saved(client, bench, A[1], "La cour est prête.", other, act="done").json()["standing"] == "review"  # own
    assert saved(client, bench, TITLE, "La rentrée", other, act="done").json()["standing"] == "approved"
    answer = saved(client, bench, TITLE, "La rentrée", author, act="done").json()
    assert (answer["standing"], answer["stage"]) == ("approved", "draft")  # the standfirst is missing
    assert saved(client, bench, TITLE, "La rentrée", author, act="draft").json()["standing"] == "approved"
    assert saved(client, bench, TITLE, "Une rentrée", author, act="draft").json()["standing"] == "draft"


def test_a_publisher_is_told_why_what_is_done_is_not_approved(bench, client):
    author, other = bench.user, publisher()
    assert saved(client, bench, TITLE, "La rentrée", author, act="done").json()["outcome"] == ""  # handed in
    mine = saved(client, bench, TITLE, "Une rentrée", other, act="done").json()
    assert (mine["standing"], author.username in mine["outcome"]) == ("review", True)
    assert saved(client, bench, TITLE, "Une rentrée", author, act="done").json()["outcome"] == ""  # approved
    source, wrong = "学生有300人。", "Il y a 30 élèves."
    edited(bench.obj, ("a", source))
    bench.writes(source, wrong)
    row = bench.row(source)
    errors = [
        each.key for each in judged(findings(bench.original, row.segment, wrong, "fr"), None) if each.stops_review
    ]
    for key in errors:  # the translator asks for it
        dismiss(bench.original, bench.language, row.segment.path, row.hash, key, "C'est exact.", author)
    assert saved(client, bench, source, wrong, author, act="done").json()["standing"] == "review"
    answer = saved(client, bench, source, wrong, other, act="done").json()
    assert (answer["standing"], "错误" in answer["outcome"]) == ("review", True)


def test_the_slower_one_is_shown_what_the_other_wrote(bench, client):
    bench.writes(TITLE, "La rentrée")
    answer = saved(client, bench, TITLE, "Une rentrée", publisher(), version=0)
    assert answer.status_code == 409
    assert (answer.json()["text"], answer.json()["version"]) == ("La rentrée", 1)
    assert "colette" in answer.json()["theirs"]
    assert "La rentrée" in answer.json()["theirs"]
    assert saved(client, bench, TITLE, "Une rentrée", bench.user, version=1).json()["version"] == 2


@pytest.mark.parametrize("odd", [{"text": ["La"]}, {"act": {"a": 1}}, {"path": None}, {"hash": 7}, {"origin": []}])
def test_what_is_no_text_is_refused_and_nothing_is_stored(bench, client, odd):
    bench.writes(TITLE, "La rentrée")
    client.force_login(bench.user)
    assert sent(client, bench, **odd).status_code == 400
    for body in ("[]", '"x"', "7", "[" * 20_000, ""):
        address = reverse("languages_save", args=[bench.original.pk, "fr"])
        assert client.post(address, body, content_type="application/json").status_code == 400
    assert bench.row(TITLE).text == "La rentrée"


def test_what_others_wrote_is_shown_as_text_never_as_markup(bench, client):
    bench.writes(TITLE, EVIL, UnitState.REVIEW)
    edited(bench.obj, title=f"{TITLE}了")
    bench.writes(A[1], "La cour", UnitState.REVIEW)
    client.force_login(bench.user)
    shown = panel(client, bench, TITLE)
    assert "La rentrée" in shown
    assert "onerror" not in shown
    theirs = saved(client, bench, TITLE, "x", publisher(), version=9).json()["theirs"]
    assert "&lt;img" in theirs
    assert "<img" not in theirs


def test_a_text_that_figures_could_not_be_written_with_is_stopped(client):
    take_up(review_required=False)
    unit = Bench(make_unit(key="school", symbol="所", symbol_en="school | schools"), translator())
    with pytest.raises(ChecksFailed, match=r"one \| many \| other"):
        unit.writes("所", "école | écoles", UnitState.APPROVED)
    unit.writes("所", "école | d'écoles | écoles", UnitState.APPROVED)
    assert Unit.objects.get(original=unit.original).state == UnitState.APPROVED
