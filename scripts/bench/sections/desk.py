"""What translators wait for: a page of 600 segments, and the matrix of all texts. Within this process, over no network."""

import json
import time
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse

from core.models import User
from core.publishing import bypass_review
from core.segments import extract
from demo.accounts import ADMIN
from languages.desk.originals import original_of
from languages.desk.rows import rows_of
from languages.models import LanguageWork
from languages.publishing.loading import load
from languages.publishing.publish import publish
from news.models import StoryIndexPage, StoryPage

from ..figures import Aim, Waited
from ..machine import say
from ..portal import Bench
from ..report import Section, waits_table


LANGUAGES = ("en", "fr", "es")
SEGMENTS = 600
SLUG = "bench-segments"
AIMS = {"matrix of all texts": 0.3, "opening a page of 600 segments": 0.5, "publishing a page of 600 segments": 0.5}


def measure(bench: Bench) -> Section:
    say("The translators' desk …")
    times = waited(bench.options.rounds)
    return Section(
        "The translators' desk",
        f"Milliseconds within one process: what passes, and processor time without PostgreSQL's. {len(LANGUAGES)} languages are taken up: {', '.join(LANGUAGES)}.",
        [waits_table(times)],
        [Aim(name, times[name].seconds.median, limit, " s") for name, limit in AIMS.items()],
    )


def waited(rounds: int) -> dict[str, Waited]:
    """By what somebody waits for."""
    acts = {
        "matrix of all texts": matrix(),
        "opening a page of 600 segments": open_long(),
        "saving one of 600 segments": save_one(),
        "publishing a page of 600 segments": publish_long(),
    }
    return {name: timed(act, rounds) for name, act in acts.items()}


def timed(act: Callable[[], Any], rounds: int) -> Waited:
    """After one that warms what is kept."""
    act()
    times = []
    for _number in range(rounds):
        started, spent = time.perf_counter(), time.process_time()
        act()
        times.append((time.perf_counter() - started, time.process_time() - spent))
    return Waited.of(times)


def client() -> Client:
    """Of somebody who may translate and publish; the languages are taken up."""
    for code in LANGUAGES:
        LanguageWork.objects.get_or_create(language=code)
    made = Client(HTTP_HOST="localhost")
    made.force_login(User.objects.get(username=ADMIN))
    return made


def long_story() -> StoryPage:
    """A story of 600 segments, which is made once and taken back."""
    found = StoryPage.objects.filter(slug=SLUG).first()
    if found:
        return found
    rows = range(SEGMENTS - 1)
    body = [{"type": "text", "value": f'<p data-block-key="k{n}">{n}</p>', "id": f"bench-{n}"} for n in rows]
    made = StoryPage(title="bench", slug=SLUG, standfirst="", body=body, live=False)
    StoryIndexPage.objects.get().add_child(instance=made)
    with bypass_review("the bench"):
        made.save_revision().publish()
    return StoryPage.objects.get(pk=made.pk)


def matrix() -> Callable[[], Any]:
    return asked(client(), reverse("languages_matrix"))


def open_long() -> Callable[[], Any]:
    return asked(client(), reverse("languages_workbench", args=[original_of(long_story()).pk, "fr"]))


def asked(by: Client, path: str) -> Callable[[], Any]:
    def ask() -> None:
        check(by.get(path), path)

    return ask


def check(response: Any, path: str) -> None:
    if response.status_code != 200:
        raise RuntimeError(f"{path} answers {response.status_code}")


def save_one() -> Callable[[], Any]:
    translator, original = client(), original_of(long_story())
    address, row = reverse("languages_save", args=[original.pk, "fr"]), rows_of(original, "fr")[5]
    known = {"path": row.segment.path, "hash": row.hash, "version": row.version}

    def save() -> None:
        data = known | {"text": f"{row.segment.text} ({known['version']})"}
        response = translator.post(address, json.dumps(data), content_type="application/json")
        check(response, address)
        known["version"] = response.json()["version"]

    return save


def publish_long() -> Callable[[], Any]:
    story = long_story()
    original = load(story, "es", {segment.path: segment.text for segment in extract(story)}, publish=False)
    return lambda: publish(original, "es", None)
