"""A translator's own words for a figure, in files, in the memory and in the preview: they arrive, and are checked everywhere."""

import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from languages.desk.errors import ChecksFailed
from languages.desk.memory import suggest
from languages.exchange import import_file
from languages.exchange.exporting import export_bytes
from languages.exchange.memory import exported, import_memory
from languages.exchange.planning import ImportStatus
from languages.models import MemoryEntry, Unit, UnitState, UnitVersion
from metrics.models import MetricsPage
from metrics.tests.factories import make_metric, make_observation, make_unit
from news.tests.factories import make_index

from .desk import Bench, publisher, story_of, take_up


pytestmark = [pytest.mark.django_db, pytest.mark.once]

OWN = 'Il y a <a id="a1">une seule école</a> près du fleuve.'
WRONG = 'Il y a <a id="a1">deux écoles</a> près du fleuve.'
BARE = 'Il y a <a id="a1"></a> près du fleuve.'
STOPPED = "“deux écoles” is not what the figure says: 1 école."
FORMATS = ["po", "xliff", "xliff-2.0", "xliff-2.1"]


@pytest.fixture
def bench():
    """A story that says how many schools there are, to be translated by somebody who may publish."""
    make_index(MetricsPage, title="数据")
    unit = make_unit(key="school", symbol="所", symbol_fr="école | d'écoles | écoles", kind="count")
    metric = make_metric(name="学校数", name_fr="Nombre d’écoles", unit=unit)
    figure = make_observation(metric=metric, value=Decimal(1), printed="1所")
    take_up(review_required=False, is_open=True)
    text = f'双福有<a linktype="figure" id="{figure.pk}">1所</a>学校。'
    with translation.override("en"):
        yield Bench(story_of(("a", text), title="双福的学校", standfirst=""), publisher())


def with_words(content, words):
    """What a translator's program makes of a file in which the figure has no words: it gives it some."""

    def said(match):
        name = re.match("<([a-z]+)", match[1])[1]
        return f"{match[1]}>{words}</{name}>"

    empty = r'(<a id="a1"|<a id=\\"a1\\"|<(?:g|pc) id="a1"[^>]*?)(?:/>|></(?:a|g|pc)>)'
    text, count = re.subn(empty, said, content.decode())
    assert count == 1
    return text.encode()


def told(bench, content):
    """(status, reasons) of the paragraph with the figure."""
    report = import_file(content, bench.user)
    return next((each.status, list(each.reasons)) for each in report.outcomes if "fleuve" in each.text)


@pytest.mark.parametrize("format", FORMATS)
def test_words_travel_in_files_and_come_back_as_they_were(bench, format):
    bench.writes("双福有", BARE, UnitState.REVIEW)
    content = with_words(export_bytes([bench.original], "fr", format), "une seule école")
    assert told(bench, content) == (ImportStatus.REVIEW, [])
    assert bench.row("双福有").text == OWN
    out = export_bytes([bench.original], "fr", format)
    assert "une seule école" in out.decode()
    kept = UnitVersion.objects.count()
    import_file(out, bench.user)
    import_file(content, bench.user)
    assert (bench.row("双福有").text, UnitVersion.objects.count()) == (OWN, kept)


@pytest.mark.parametrize("format", FORMATS)
def test_wrong_words_in_a_file_are_stopped_as_at_the_desk(bench, format):
    with pytest.raises(ChecksFailed):
        bench.writes("双福有", WRONG, UnitState.REVIEW)
    bench.writes("双福有", BARE, UnitState.REVIEW)
    content = with_words(export_bytes([bench.original], "fr", format), "deux écoles")
    assert told(bench, content) == (ImportStatus.DRAFT, [STOPPED])
    assert (bench.row("双福有").status, bench.row("双福有").text) == ("draft", WRONG)


def test_words_travel_in_a_memory(bench):
    row = bench.writes("双福有", OWN, UnitState.APPROVED)
    content = exported("fr", bench.user)
    assert "une seule école" in content.decode()
    assert not import_memory(content, "schools.tmx", bench.user).has_changes
    Unit.objects.all().delete()
    import_memory(content, "schools.tmx", bench.user)
    assert suggested(bench, row) == [OWN]
    assert bench.writes("双福有", OWN, UnitState.APPROVED).is_done


def test_wrong_words_of_a_memory_are_only_suggested_and_then_stopped(bench):
    row = bench.writes("双福有", OWN, UnitState.APPROVED)
    content = exported("fr", bench.user).decode().replace("une seule école", "deux écoles")
    Unit.objects.all().delete()
    import_memory(content.encode(), "schools.tmx", bench.user)
    assert MemoryEntry.objects.count() == 1
    assert suggested(bench, row) == [WRONG]
    assert not Unit.objects.exists()
    with pytest.raises(ChecksFailed):
        bench.writes("双福有", suggested(bench, row)[0], UnitState.APPROVED)


def suggested(bench, row):
    found = suggest(bench.original, "fr", row.segment.path, row.hash, row.segment.text, bench.user)
    return [each.text for each in found]


@pytest.mark.parametrize(("text", "words"), [(OWN, "une seule école"), (WRONG, "1 école"), (BARE, "1 école")])
def test_the_preview_shows_what_readers_would_see(bench, client, text, words):
    bench.writes("双福有", text)
    client.force_login(bench.user)
    page = client.get(reverse("languages_preview", args=[bench.original.pk, "fr"]))
    link = BeautifulSoup(page.content.decode(), "html.parser").select_one("a.figure-link")
    assert link.get_text().replace("\xa0", " ") == words


def test_files_that_the_command_line_reads_are_checked_too(bench, tmp_path, capsys):
    bench.writes("双福有", BARE)
    path = tmp_path / "story.xlf"
    path.write_bytes(with_words(export_bytes([bench.original], "fr", "xliff-2.0"), "deux écoles"))
    call_command("import_translations", path)
    assert STOPPED in capsys.readouterr().out
    assert bench.row("双福有").status == "draft"
