"""Ten editors whose browsers save by themselves while others read: how long a save takes, and that nothing is lost."""

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.contrib.auth.models import Group

from core.models import User
from news.models import StoryIndexPage, StoryPage

from ..addresses import PAGE_TYPES
from ..editor import Editor, Form
from ..figures import Aim, number, percentile
from ..machine import say
from ..portal import BROWSER, Bench
from ..processes import Server
from ..report import Section, Table


EDITORS, EVERY = 10, 4.0  # seconds between two saves of one editor
READS, READERS = 100, 4  # in a second, by so many threads
SAVED, GROUP = 2.0, "Final review"
PARAGRAPHS = 8


@dataclass
class Seen:
    """What the threads have seen."""

    saves: list[float] = field(default_factory=list)
    reads: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    last: dict[int, str] = field(default_factory=dict)  # key of a story: the last title that was saved


def measure(bench: Bench) -> Section:
    say(f"Ten editors save by themselves for {bench.options.autosave_seconds} seconds …")
    seen = Seen()
    with bench.portal(page_cache=True) as portal:
        forms = [Form(Editor(portal, user(number)), short_story(number)) for number in range(EDITORS)]
        took = together(portal, forms, bench.options.autosave_seconds, seen)
    lost = lost_titles(seen)
    slow = percentile(seen.saves, 95)
    rows = [
        ("saves", str(len(seen.saves)), *(number(1000 * percentile(seen.saves, share)) for share in (50, 95, 100))),
        ("reads", str(len(seen.reads)), *(number(1000 * percentile(seen.reads, share)) for share in (50, 95, 100))),
    ]
    return Section(
        "Editors who save while others read",
        f"{EDITORS} editors, each at a short story that is saved every {EVERY:g} seconds, beside {READS} reads a second of pages "
        f"that are kept, for {took:.0f} seconds ({len(seen.reads) / took:.0f} reads a second came about). Milliseconds.",
        [Table(("What", "number", "median", "p95", "most"), rows)],
        [
            Aim("autosave beside readers, p95", slow, SAVED, " s"),
            Aim("titles lost, and requests that failed", len(lost) + len(seen.failures), 0),
        ],
        [f"Lost: {each}" for each in lost] + seen.failures[:5],
    )


def user(number: int) -> User:
    made, _is_new = User.objects.get_or_create(username=f"editor{number}", defaults={"email": f"e{number}@example.org"})
    made.groups.add(Group.objects.get(name=GROUP))
    return made


def short_story(number: int) -> StoryPage:
    slug = f"bench-short-{number}"
    found = StoryPage.objects.filter(slug=slug).first()
    if found:
        return found
    body = [
        {
            "type": "text",
            "id": f"p{line}",
            "value": f'<p data-block-key="k{line}">{"新校园的图书馆里，孩子们在看书。" * 6}</p>',
        }
        for line in range(PARAGRAPHS)
    ]
    made = StoryPage(title=f"短稿{number}", slug=slug, standfirst="校园生活", body=body, live=False)
    StoryIndexPage.objects.get().add_child(instance=made)
    made.save_revision()
    return made


def together(portal: Server, forms: Sequence[Form], seconds: float, seen: Seen) -> float:
    """Editors and readers at the same time; the seconds that it took."""
    started = time.perf_counter()
    until = started + seconds
    paths = [kind.demo for kind in PAGE_TYPES if kind.is_kept]
    threads = [
        threading.Thread(target=edit, args=[form, started + EVERY * number / EDITORS, until, seen])
        for number, form in enumerate(forms)
    ]
    threads += [
        threading.Thread(target=read, args=[portal, paths, started + number / READS, until, seen])
        for number in range(READERS)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - started


def edit(form: Form, first: float, until: float, seen: Seen) -> None:
    key = int(form.path.strip("/").split("/")[-2])
    for turn in paced(first, EVERY, until):
        title = f"短稿，第{turn}次"
        started = time.perf_counter()
        try:
            form.save_by_itself(title=title)
        except Exception as failure:  # noqa: BLE001 (whatever it is, the editor has lost it)
            seen.failures.append(f"{form.path}: {failure}"[:300])
        else:
            seen.saves.append(time.perf_counter() - started)
            seen.last[key] = title


def read(portal: Server, paths: Sequence[str], first: float, until: float, seen: Seen) -> None:
    for turn in paced(first, READERS / READS, until):
        path = paths[turn % len(paths)]
        started = time.perf_counter()
        connection = http.client.HTTPConnection(urlsplit(portal.origin).netloc, timeout=60)
        try:
            connection.request("GET", path, headers=BROWSER)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                seen.failures.append(f"{path} answers {answer.status}")
        except OSError as failure:
            seen.failures.append(f"{path}: {failure}")
        finally:
            connection.close()
        seen.reads.append(time.perf_counter() - started)


def paced(first: float, every: float, until: float):
    """The number of each turn, at its time; what comes late makes the next ones no later."""
    turn = 0
    while (at := first + every * turn) < until:
        time.sleep(max(0.0, at - time.perf_counter()))
        yield turn
        turn += 1


def lost_titles(seen: Seen) -> list[str]:
    """Stories whose newest draft is not what was saved last."""
    drafts = {key: StoryPage.objects.get(pk=key).get_latest_revision_as_object().title for key in seen.last}
    return [f"{title} of story {key}: {drafts[key]}" for key, title in seen.last.items() if drafts[key] != title]
