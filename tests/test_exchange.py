"""A story with links and tags goes to a translator and comes back: no link is lost, and none is smuggled in."""

import polib
import pytest
from lxml import etree
from translate.storage import factory

from core.models import User
from core.segments import extract
from languages import exchange
from languages.desk.originals import original_of
from languages.exchange.planning import ImportStatus
from languages.models import Unit
from languages.publishing.publish import publish
from news.tests.factories import make_story


pytestmark = pytest.mark.django_db

PATH = "body.b1#k1"
BODY = '<p data-block-key="k1">见<a href="https://example.org/a?b=1&amp;c=2">通知</a>，<b>三项</b>新规。</p><p data-block-key="k2">家校共育</p>'


@pytest.fixture
def story():
    body = [{"type": "text", "id": "b1", "value": BODY}]
    return make_story(title="开学", standfirst="新校园", body=body)


@pytest.fixture
def admin():
    return User.objects.create_superuser("admin", "admin@example.org", "demo")


def imported(story, text, admin):
    """The outcome of a file in which the paragraph with the link says `text`."""
    content = exchange.export_bytes([original_of(story)], "en", "po")
    file = polib.pofile(content.decode())
    next(entry for entry in file if f":{PATH}@" in entry.msgctxt).msgstr = text
    report = exchange.import_file(str(file).encode(), admin)
    return next(outcome for outcome in report.outcomes if outcome.entry.path == PATH)


def test_a_story_goes_out_and_comes_back_whole(story, admin, tmp_path):
    original = original_of(story)
    path = tmp_path / "story.xlf"
    path.write_bytes(exchange.export_bytes([original], "en", "xliff"))
    store = factory.getobject(str(path))
    assert len(store.units) == len(extract(story))
    root = etree.fromstring(path.read_bytes())
    said = {
        "title": "<target>Back to school</target>",
        "standfirst": "<target>A new campus</target>",
        PATH: '<target><g id="b.1">Three</g> new rules: see <g id="a1">the notice</g>.</target>',
        "body.b1#k2": "<target>Families and schools</target>",
    }
    for unit in root.iter("{*}trans-unit"):
        unit.append(etree.fromstring(said[unit.get("id")]))
    content = etree.tostring(root)
    assert {outcome.status for outcome in exchange.import_file(content, admin).outcomes} == {ImportStatus.REVIEW}
    assert not type(story).objects.get(pk=story.pk).title_en
    for format in exchange.FORMATS:
        again = exchange.import_file(exchange.export_bytes([original], "en", format), admin)
        assert {outcome.status for outcome in again.outcomes} == {ImportStatus.UNCHANGED}
    Unit.objects.update(state="approved", reviewer=admin)
    publish(original, "en", admin)
    body = str(type(story).objects.get(pk=story.pk).body_en)
    assert "<b>Three</b> new rules" in body
    assert 'href="https://example.org/a?b=1&amp;c=2"' in body


@pytest.mark.parametrize(
    "text",
    [
        "See the notice: three new rules.",
        '<a id="a1">See</a> <a id="a2">this</a>: three new rules.',
        '<a id="a1">See</a> <a id="a1">this</a>: three new rules.',
        '<a href="https://evil.example/">See</a>: three new rules.',
        '<a id="a1">See</a><script>alert(1)</script>: three new rules.',
        '<a id="a1">See</a><img src="x">: three new rules.',
        '<b><a id="a1">See</b></a>: three new rules.',
        '<a id="a1"></a>',
    ],
)
def test_tags_are_protected(story, admin, text):
    outcome = imported(story, text, admin)
    assert (outcome.status, bool(outcome.reasons)) == (ImportStatus.REFUSED, True)
    assert not Unit.objects.exists()


def test_bare_tags_may_differ_and_hold_no_attributes(story, admin):
    outcome = imported(story, 'See <a id="a1" onclick="x()">it</a>: <i class="x">three</i> rules.', admin)
    assert (outcome.status, outcome.text) == (ImportStatus.REVIEW, 'See <a id="a1">it</a>: <i>three</i> rules.')


def test_a_paragraph_that_moved_gets_its_text(story, admin):
    content = exchange.export_bytes([original_of(story)], "en", "po")
    file = polib.pofile(content.decode())
    next(entry for entry in file if "#k2@" in entry.msgctxt).msgstr = "Families and schools"
    story.body = [{"type": "text", "id": "b2", "value": '<p data-block-key="k9">家校共育</p>'}]
    story.save_revision().publish()
    report = exchange.import_file(str(file).encode(), admin)
    assert [outcome.status for outcome in report.outcomes].count(ImportStatus.REVIEW) == 1
    assert Unit.objects.get().path == "body.b2#k9"
