"""What is stored already is mended by one command."""

import io

import pytest
from django.core.management import CommandError, call_command

from core.models import PortalImage
from core.publishing import mending
from core.publishing.mending import Flaw, mender


@pytest.fixture
def menders(monkeypatch, db):
    """No menders but those of the test."""
    monkeypatch.setattr(mending, "_menders", {})


@pytest.fixture
def lowercase(menders):
    """Titles that have to be capitals; one of them cannot be saved, one is for a person."""
    for title in ("one", "broken", "two", "ask"):
        PortalImage.objects.create(title=title, file=f"{title}.png", width=1, height=1)

    @mender("titles", is_safe=True)
    def find():
        for image in PortalImage.objects.order_by("pk").iterator():
            if image.title.islower():
                ask = image.title == "ask"
                yield Flaw(f"image {image.title}", "small letters", "capitals", None if ask else lambda i=image: put(i))

    def put(image):
        PortalImage.objects.filter(pk=image.pk).update(title=image.title.upper())
        if image.title == "broken":
            raise ValueError(image.title)


def run(*args, **options):
    out, err = io.StringIO(), io.StringIO()
    call_command("mend_stored", *args, stdout=out, stderr=err, **options)
    return out.getvalue().splitlines()


def titles():
    return list(PortalImage.objects.order_by("pk").values_list("title", flat=True))


def test_a_dry_run_says_what_would_be_done_and_does_nothing(lowercase):
    said = run("--dry-run")
    assert said[0] == "titles: image one: small letters. would: capitals"
    assert said[-1] == "3 would, 1 left"
    assert titles() == ["one", "broken", "two", "ask"]


def test_what_fails_is_undone_and_stops_nothing(lowercase, caplog):
    with pytest.raises(CommandError):
        run()
    assert titles() == ["ONE", "broken", "TWO", "ask"]
    assert "Could not mend image broken" in caplog.text
    with pytest.raises(CommandError):
        run()
    assert titles() == ["ONE", "broken", "TWO", "ask"], "mending again changes nothing more"


def test_a_kind_is_chosen_by_its_name_and_by_whether_it_is_safe(menders):
    @mender("a", is_safe=True)
    def find_a():
        yield Flaw("x", "y", "z", lambda: None)

    @mender("b")
    def find_b():
        yield Flaw("p", "q", "r", lambda: None)

    assert run("--safe") == ["a: x: y. done: z", "1 done"]
    assert run("--only", "b") == ["b: p: q. done: r", "1 done"]
    assert run("--only", "b", "--safe") == ["Nothing to mend."]
    with pytest.raises(CommandError):
        run("--only", "c")


def test_an_ordinary_deployment_says_nothing_when_nothing_is_found(menders):
    assert run("--safe", verbosity=0) == []
