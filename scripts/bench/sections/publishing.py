"""How long it takes until readers see what was published, and how long an editor waits for the buttons."""

import threading
import time
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from statistics import median
from typing import TypeVar

from django.db import transaction

from core.models import User
from core.publishing import bypass_review
from core.publishing.checklist import findings_for
from demo.accounts import ADMIN
from news.models import StoryPage

from ..editor import Editor, Form
from ..figures import Aim, Spread, Waited
from ..portal import WORKERS, Bench
from ..processes import Server, processor_time
from ..report import Section, Table, waits_table


T = TypeVar("T")

PROCESSES = 3
VISIBLE, PUBLISH, LISTED = 1.0, 1.0, 0.05  # seconds
LENGTH = 4000  # characters
SENTENCE = "双福六小新增学位8660个，投入1.2亿元，电话023-47521234，办学条件持续改善，学生在家门口上好学。"
FEATURE = "jiangjin-education-autumn-2023"
PATIENCE = 30  # seconds
TIMES = 5
REVIEWERS = ("reviewer1", "reviewer2", "reviewer3")


def measure(bench: Bench) -> Section:
    visible, buttons, listed = until_visible(bench), pressed(bench), looked_through(bench)
    return Section(
        "Publishing",
        f"*Visible*: from the commit until the last of {PROCESSES} servers of one process each, with whole pages kept in the "
        "memory of each and no Redis, shows the new title in the story and in the list. The others: the demo's long feature, "
        "as an editor's browser posts it, from the request to the answer, and processor time of gunicorn's processes; *publish* "
        "is the button of the last of three reviewers.",
        [
            Table(
                ("What", "ms"),
                [
                    (f"visible on {PROCESSES} processes", str(Spread.of(visible).times(1000))),
                    (f"the list before publishing of {LENGTH} characters", str(Spread.of(listed).times(1000))),
                ],
            ),
            waits_table(buttons),
        ],
        [
            Aim("published is visible on three processes, at most", max(visible), VISIBLE, " s"),
            Aim("publishing the long feature by the button", buttons["publish"].seconds.median, PUBLISH, " s"),
            Aim("the list before publishing", Spread.of(listed).median, LISTED, " s"),
        ],
    )


def until_visible(bench: Bench) -> list[float]:
    story = StoryPage.objects.live().order_by("-first_published_at", "-pk").first()
    paths = [story.url, "/news/"]
    with ExitStack() as stack:
        servers = [
            stack.enter_context(bench.portal(page_cache=True, workers=1, name=f"process {number}"))
            for number in range(PROCESSES)
        ]
        return [
            once_visible(story, f"{story.title[:40]}[{number}]", servers, paths)
            for number in range(bench.options.rounds)
        ]


def once_visible(story: StoryPage, title: str, servers: list[Server], paths: list[str]) -> float:
    for server in servers:
        for path in paths:
            read(server.origin + path)
    story.title = title
    with transaction.atomic(), bypass_review("the bench"):
        story.save_revision().publish()
    committed = time.perf_counter()
    seen: list[float] = []
    threads = [
        threading.Thread(target=watch, args=[server.origin + path, title, committed, seen])
        for server in servers
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(seen) != len(threads):
        raise RuntimeError(f"“{title}” is not to be seen on every process after {PATIENCE} seconds")
    return max(seen)


def watch(address: str, title: str, since: float, seen: list[float]) -> None:
    while time.perf_counter() - since < PATIENCE:
        if title in read(address):
            seen.append(time.perf_counter() - since)
            return
        time.sleep(0.01)


def read(address: str) -> str:
    with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 (our own server)
        return answer.read().decode()


def pressed(bench: Bench) -> dict[str, Waited]:
    """By name what an editor waits for, again and again."""
    feature = StoryPage.objects.get(slug=FEATURE)
    names = ("open", "autosave", "save", "submit", "approve", "publish")
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in names}

    def timed(name: str, act: Callable[[], T]) -> T:
        started, spent = time.perf_counter(), processor_time(portal.pid)
        result = act()
        times[name].append((time.perf_counter() - started, processor_time(portal.pid) - spent))
        return result

    with bench.portal(page_cache=True) as portal:
        editor = Editor(portal, User.objects.get(username=ADMIN))
        reviewers = [Editor(portal, User.objects.get(username=name)) for name in REVIEWERS]
        for each in (editor, *reviewers):
            for _process in range(WORKERS):
                Form(each, feature)  # the processes have loaded what they need
        for number in range(bench.options.rounds):
            form = timed("open", partial(Form, editor, StoryPage.objects.get(pk=feature.pk)))
            timed("save", partial(form.press, "", standfirst=f"{feature.standfirst}[save {number}]"))
            form = timed("open", partial(Form, editor, StoryPage.objects.get(pk=feature.pk)))
            standfirst = f"{feature.standfirst}[publish {number}]"
            timed("autosave", partial(form.save_by_itself, standfirst=standfirst))
            form.data["saved_revision_id"] = form.data.pop("overwrite_revision_id")  # static/js/admin/autosave.js
            timed("submit", partial(form.press, "action-submit", standfirst=standfirst))
            for name, reviewer in zip(("approve", "approve", "publish"), reviewers, strict=True):
                timed(name, partial(reviewer.approve, feature))
        check_published(feature, standfirst)
    return {name: Waited.of(each) for name, each in times.items()}


def looked_through(bench: Bench) -> list[float]:
    """Seconds of all checks for a text that nobody has looked through before, no paragraph like another one; the draft is
    never stored. Of each round the median of several."""
    story = StoryPage.objects.get(slug=FEATURE)
    return [
        median(look_through(story, f"{number}.{again}") for again in range(TIMES))
        for number in range(bench.options.rounds)
    ]


def look_through(story: StoryPage, mark: str) -> float:
    text = "".join(f"<p>{mark}.{line}{SENTENCE}</p>" for line in range(LENGTH // len(SENTENCE)))
    story.body = [{"type": "text", "id": "bench", "value": text}]
    started = time.perf_counter()
    findings_for(story)
    return time.perf_counter() - started


def check_published(feature: StoryPage, standfirst: str) -> None:
    stored = StoryPage.objects.get(pk=feature.pk)
    if stored.standfirst != standfirst or len(stored.body) != len(feature.body):
        raise RuntimeError("The feature is not published as it was posted")
