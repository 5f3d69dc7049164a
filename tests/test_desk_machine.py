"""A machine translator that fails harms nothing: the desk works on, and says once what is lacking."""

from threading import Event

import pytest
from django.urls import reverse
from django.utils import translation

from core.segments import Segment
from languages.desk import filling
from languages.desk.machine import Machine
from languages.models import Comment, Origin, Term, TermTarget, UnitState

from .desk import Bench, story_of, take_up, translator


pytestmark = [pytest.mark.django_db, pytest.mark.once]

KNOWN, UNKNOWN, LINKED = "操场已经铺好。", "校门朝南。", '<a href="https://example.org/">图书馆</a>还在装修。'
KNOWN_FR = "La cour est prête."
FAILED = "The machine translator does not answer."


class Elsewhere:
    """A translator on another machine: `translate` is what each test makes of it; it counts how often it is asked."""

    asked = 0

    def offers(self, language):
        return True

    def translate(self, segments, language):
        type(self).asked += 1
        return self.answer(segments)


class Silent(Elsewhere):
    woken = Event()

    def answer(self, segments):
        self.woken.wait(60)
        return [None] * len(segments)


class Raising(Elsewhere):
    def answer(self, segments):
        raise RuntimeError("no credit")


class Leaving(Elsewhere):
    def answer(self, segments):
        raise SystemExit


class Short(Elsewhere):
    def answer(self, segments):
        return ["Une seule réponse"] * (len(segments) + 1)


class NoTexts(Elsewhere):
    def answer(self, segments):
        return [{"text": "Bonjour"} for _segment in segments]


class Nothing(Elsewhere):
    def answer(self, segments):
        return None


class RaisingOffers(Raising):
    def offers(self, language):
        raise ValueError


class Untidy(Elsewhere):
    """It writes HTML where there is none, and loses links."""

    def answer(self, segments):
        return ["<p onclick='x()'>La <b>porte</b> &amp; le sud</p><script>alert(1)</script>" for _segment in segments]


class Tiring(Elsewhere):
    """It answers once, and never again."""

    def answer(self, segments):
        if self.asked > 1:
            raise RuntimeError
        return [f"Texte {number}" for number in range(len(segments))]


FAILING = ["Silent", "Raising", "Leaving", "Short", "NoTexts", "Nothing", "RaisingOffers", "NotThere"]


@pytest.fixture
def provider(settings):
    """`provider("Raising")` installs that translator, and returns its class."""

    def install(name):
        settings.TRANSLATION_PROVIDERS = settings.TRANSLATION_PROVIDERS | {"mt": f"{__name__}.{name}"}
        settings.TRANSLATION_TIMEOUT = 0.2 if name == "Silent" else 30
        kind = globals().get(name, Elsewhere)
        kind.asked = 0
        return kind

    Silent.woken.clear()
    with translation.override("en"):
        yield install
    Silent.woken.set()


@pytest.fixture
def bench(client):
    """A story of which one paragraph is in the memory."""
    take_up(review_required=False)
    bench = Bench(story_of(("k", KNOWN), slug="elsewhere"), translator())
    bench.writes(KNOWN, KNOWN_FR, UnitState.APPROVED)
    bench = Bench(story_of(("k", KNOWN), ("u", UNKNOWN), ("l", LINKED), title="新的题目", standfirst=""), bench.user)
    client.force_login(bench.user)
    client.cookies["django_language"] = "en"
    return bench


def fragment(client, bench, name, words):
    answer = client.get(
        reverse(f"languages_{name}", args=[bench.original.pk, "fr"]), {"path": bench.row(words).segment.path}
    )
    assert answer.status_code == 200
    return answer.content.decode()


def filled(client, bench):
    """Presses the button; returns what is said, and the units."""
    answer = client.post(reverse("languages_pretranslate", args=[bench.original.pk, "fr"]), follow=True)
    assert answer.status_code == 200
    return [str(message).strip() for message in answer.context["messages"]], bench.original.units.filter(language="fr")


@pytest.mark.parametrize("name", FAILING)
def test_whatever_it_does_there_are_no_texts_and_it_is_left_alone(provider, name):
    kind = provider(name)
    segments = [Segment(f"p{number}", UNKNOWN, "plain", "") for number in range(3)]
    for _time in range(2):
        machine = Machine("fr")
        assert (machine.texts(segments), machine.failed) == ({}, True)
        assert list(machine.suggestions(segments[0], "0" * 64)) == []
    assert kind.asked <= 1


def test_the_panel_shows_all_else_and_says_once_that_the_machine_is_silent(bench, client, provider):
    kind = provider("Raising")
    term = Term.objects.create(source="校门")
    TermTarget.objects.create(term=term, language="fr", text="portail")
    path = bench.row(UNKNOWN).segment.path
    Comment.objects.create(original=bench.original, language="fr", path=path, text="Quelle porte ?", by=bench.user)
    bench.writes(UNKNOWN, "La porte", UnitState.REVIEW)
    shown = fragment(client, bench, "segment", UNKNOWN)
    assert [words in shown for words in ("portail", "Quelle porte ?", "La porte", FAILED)] == [True, True, True, False]
    assert kind.asked == 0
    assert KNOWN_FR in fragment(client, bench, "segment", KNOWN)
    assert [fragment(client, bench, "machine", words).count(FAILED) for words in (UNKNOWN, KNOWN)] == [1, 1]
    assert kind.asked == 1  # nobody waits for it again


def test_what_the_memory_has_is_filled_in_and_the_rest_is_counted(bench, client, provider):
    provider("NotThere")
    said, units = filled(client, bench)
    assert [(unit.text, unit.origin) for unit in units] == [(KNOWN_FR, Origin.MEMORY)]
    assert any("1 from memory, 0 by machine" in message for message in said)
    assert any("3 not filled in, because the machine translator did not answer" in message for message in said)


def test_many_texts_at_once_are_filled_in_as_well(bench, client, provider):
    provider("Raising")
    data = {"original": [bench.original.pk], "language": "fr", "act": "pretranslate"}
    answer = client.post(reverse("languages_bulk"), data, follow=True)
    said = " ".join(str(message) for message in answer.context["messages"])
    assert "1 from memory, 0 by machine" in said
    assert "3 not filled in" in said


def test_what_is_no_translation_of_the_segment_is_not_used(bench, client, provider):
    provider("Untidy")
    said, units = filled(client, bench)
    assert any("1 from memory, 2 by machine" in message for message in said)
    assert any("1 not filled in, because the machine translator lost their links" in message for message in said)
    texts = {unit.path: (unit.text, unit.origin) for unit in units}
    assert texts["title"] == ("La porte & le sud", Origin.MACHINE)
    assert texts[bench.row(UNKNOWN).segment.path] == ("La <b>porte</b> &amp; le sud", Origin.MACHINE)
    assert bench.row("图书馆").status == "missing"
    assert "lost the links" in fragment(client, bench, "machine", "图书馆")


def test_what_was_answered_before_it_failed_is_kept(bench, client, provider, monkeypatch):
    monkeypatch.setattr("languages.desk.machine.BATCH", 2)
    provider("Tiring")
    said, units = filled(client, bench)
    assert sorted(units.values_list("origin", flat=True)) == [Origin.MACHINE, Origin.MACHINE, Origin.MEMORY]
    assert any("1 not filled in, because the machine" in message for message in said)


def test_another_translator_steps_in(bench, provider, settings):
    provider("Raising")
    settings.TRANSLATION_PROVIDERS = settings.TRANSLATION_PROVIDERS | {"dummy": "languages.providers.Dummy"}
    counted = filling.fill(bench.original, bench.language, bench.user)
    assert (counted.memory, counted.machine, counted.unanswered) == (1, 3, 0)


def test_without_a_machine_nothing_is_said_of_one(bench, client):
    assert "data-machine-place" not in fragment(client, bench, "segment", UNKNOWN)
    said, units = filled(client, bench)
    assert not any("machine translator" in message for message in said)
    assert units.count() == 1
    said, _units = filled(client, bench)
    assert said == ["Nothing was filled in: the memory has no text for what is missing."]
