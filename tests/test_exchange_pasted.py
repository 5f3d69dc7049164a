"""A file was exported, then the whole text was pasted anew, then the file comes back: nothing of it is lost."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from languages import exchange
from languages.exchange import wordings
from languages.exchange.planning import ImportStatus
from languages.models import Unit, UnitVersion
from languages.tests.translated_files import filled

from .desk import Bench, edited, pasted, publisher, story_of, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

A = "区教委昨天公布，今年秋季全区新增学位三千个，家长可以在网上查看。"
B = "图书馆还在装修，预计下个月底对全体师生开放，馆里的书由各班借阅。"
C = "食堂的饭菜由营养师搭配，每周公布菜单，家长可以到校陪餐。"
D = "校门朝南，门前新铺了盲道，接送孩子的车辆停在路的另一边。"
B_CHANGED = B.replace("还在装修", "已经装修好").replace("下个月底", "下周")
FRENCH = {
    A: "3 000 places de plus seront créées à l'automne ; les parents les trouvent en ligne.",
    B: "La bibliothèque ouvrira à la fin du mois prochain ; les classes y emprunteront.",
    C: "La cantine affiche son menu chaque semaine ; les parents peuvent y déjeuner.",
}
FORMATS = ["po", "xliff", "xliff-2.0", "xliff-2.1"]


@pytest.fixture
def bench():
    """A story of which nothing is translated."""
    take_up(review_required=False, is_open=True)
    return Bench(story_of(("a", A), ("b", B), ("c", C)), publisher())


def sent(bench, format="po", texts=FRENCH):
    """The file as a translator's program leaves it."""
    places = {bench.row(words).segment.path: text for words, text in texts.items()}
    return filled(exchange.export_bytes([bench.original], "fr", format), **places)


def imported(bench, content, **options):
    """What is said of each text that the file has, by its French."""
    report = exchange.import_file(content, bench.user, **options)
    return {each.entry.target: each.status for each in report.outcomes if each.entry.target}


@pytest.mark.parametrize("format", FORMATS)
def test_a_changed_paragraph_gets_its_text_as_outdated_with_the_difference(bench, format):
    content = sent(bench, format)
    edited(bench.obj, *pasted(C, B_CHANGED, D, A))
    said = {FRENCH[A]: ImportStatus.REVIEW, FRENCH[B]: ImportStatus.OUTDATED, FRENCH[C]: ImportStatus.REVIEW}
    assert imported(bench, content, dry_run=True) == said
    assert not Unit.objects.exists()
    assert imported(bench, content) == said
    row = bench.row(B_CHANGED)
    assert (row.status, row.text) == ("outdated", FRENCH[B])
    assert (row.earlier.source_text, row.earlier.state, row.earlier.origin) == (
        row.earlier.source_text,
        "draft",
        "import",
    )
    assert "还在装修" in row.earlier.source_text
    assert (bench.row(D).status, bench.row(A).text) == ("missing", FRENCH[A])
    versions = UnitVersion.objects.count()
    assert set(imported(bench, content).values()) == {ImportStatus.UNCHANGED}
    assert set(imported(bench, exchange.export_bytes([bench.original], "fr", format)).values()) == {
        ImportStatus.UNCHANGED
    }
    assert UnitVersion.objects.count() == versions


def test_the_report_says_so_before_anything_is_stored_and_on_the_command_line(bench, client, capsys, tmp_path):
    path = tmp_path / "story.po"
    path.write_bytes(sent(bench))
    edited(bench.obj, *pasted(A, B_CHANGED, C))
    client.force_login(bench.user)
    file = SimpleUploadedFile("story.po", path.read_bytes())
    page = client.post(reverse("languages_import"), {"file": file}).content.decode()
    assert str(ImportStatus.OUTDATED.label) in page
    assert html.escape(FRENCH[B]) in page
    call_command("import_translations", path, dry_run=True)
    assert "outdated: " in capsys.readouterr().out
    assert not Unit.objects.exists()


def test_what_has_become_no_other_paragraph_is_reported(bench):
    content = sent(bench)
    edited(bench.obj, *pasted(A, D))
    assert imported(bench, content) == {
        FRENCH[A]: ImportStatus.REVIEW,
        FRENCH[B]: ImportStatus.UNKNOWN,
        FRENCH[C]: ImportStatus.UNKNOWN,
    }
    assert [unit.text for unit in Unit.objects.all()] == [FRENCH[A]]


@pytest.mark.parametrize("format", FORMATS)
def test_a_wording_that_was_never_exported_is_not_taken_in(bench, format, monkeypatch):
    monkeypatch.setattr(
        f"languages.exchange.{format.partition('-')[0]}{'2' * ('-' in format)}.proof", lambda *each: "made-up"
    )
    content = sent(bench, format)
    edited(bench.obj, *pasted(C, B_CHANGED, A))
    assert imported(bench, content)[FRENCH[B]] is ImportStatus.UNKNOWN
    assert bench.row(B_CHANGED).status == "missing"


def test_a_proof_of_another_place_does_not_do(bench):
    row = bench.row(B)
    content = sent(bench, "xliff")
    name = f"news.storypage:{bench.obj.pk}"
    signed, elsewhere = (wordings.proof(name, path, row.hash) for path in (row.segment.path, "body.elsewhere#x"))
    assert signed.encode() in content
    content = content.replace(signed.encode(), elsewhere.encode())
    edited(bench.obj, *pasted(C, B_CHANGED, A))
    assert imported(bench, content)[FRENCH[B]] is ImportStatus.UNKNOWN


def test_a_paragraph_that_has_been_translated_anew_stays_as_it_is(bench):
    content = sent(bench)
    edited(bench.obj, *pasted(A, B_CHANGED, C))
    bench.writes(B_CHANGED, "La bibliothèque ouvrira la semaine prochaine.")
    assert imported(bench, content)[FRENCH[B]] is ImportStatus.OUTDATED
    assert bench.row(B_CHANGED).text == "La bibliothèque ouvrira la semaine prochaine."
    assert imported(bench, content)[FRENCH[B]] is ImportStatus.UNCHANGED


def test_what_was_exported_with_its_text_comes_back_as_no_news(bench):
    for words, text in FRENCH.items():
        bench.writes(words, text)
    content = exchange.export_bytes([bench.original], "fr", "po")
    edited(bench.obj, *pasted(C, B_CHANGED, A))
    assert set(imported(bench, content).values()) == {ImportStatus.UNCHANGED}
    assert bench.row(B_CHANGED).text == FRENCH[B]
