"""The same pages with few stories and with very many, made anew: they are to stay as quick."""

import io
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median

from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from core.models import User
from demo.accounts import ADMIN
from news.models import StoryIndexPage

from ..addresses import MORE, PAGE_TYPES, found
from ..editor import Editor
from ..figures import Aim, Spread, Waited, number, paired, ratio
from ..load import run
from ..machine import say
from ..portal import Bench, copy_of_database, vacuum
from ..processes import Server
from ..report import Section, Table
from . import desk


SLOWER, LISTS, GENERATED = 1.5, 1.0, 600.0  # times as long; seconds for the lists of the admin, and for generating


@dataclass(frozen=True)
class Asked:
    """Addresses of one kind that are asked for in turn; of the admin, with a session."""

    name: str
    paths: Sequence[str]
    is_public: bool = True


@dataclass(frozen=True)
class Reads:
    """What 95 of 100 requests do not exceed, in seconds, of each round."""

    p95: Sequence[float]
    is_public: bool


def measure(bench: Bench) -> Section:
    options = bench.options
    generate(options.few_stories, options.few_schools)
    asked_few, desk_few = list(asked()), desk.waited(options.rounds)
    cookie = Editor.cookie_of(User.objects.get(username=ADMIN))  # valid in the copy too
    database = copy_of_database("few")
    took = generate(options.stories, options.schools)
    asked_many, desk_many = list(asked()), desk.waited(options.rounds)
    few, many = waited(bench, database, cookie, list(zip(asked_few, asked_many, strict=True)))
    slow = slower(few, many)
    section = Section(
        "Growth",
        f"`PAGE_CACHE=off`, one reader at a time, milliseconds of which 95 of 100 requests stay below, with {options.few_stories:,} "
        f"generated stories and {options.few_schools:,} schools, and with {options.stories:,} and {options.schools:,}: two portals on "
        "two databases of one server, asked in turn. Of stories, schools and pages of the list a sample from the newest to "
        "the oldest is asked for.",
        [
            table(
                "Page, p95",
                p95s(few),
                p95s(many),
                times(few, many),
                {name: f" {aim.mark}" for name, aim in slow.items()},
            ),
            table("Translators' desk, median", seconds(desk_few), seconds(desk_many), once(desk_few, desk_many), {}),
        ],
        list(aims(slow, many)),
        [
            f"Generating what was lacking took {took:.0f} seconds.",
            f"The database takes {size() / 1e9:.1f} GB.",
        ],
    )
    if options.stories >= 100_000:  # the aim is about so many
        section.aims.append(Aim(f"generating {options.stories:,} stories", took, GENERATED, " s"))
    return section


def p95s(known: Mapping[str, Reads]) -> dict[str, Spread]:
    return {name: Spread.of(each.p95) for name, each in known.items()}


def times(few: Mapping[str, Reads], many: Mapping[str, Reads]) -> dict[str, float]:
    return {name: paired(late.p95, few[name].p95) for name, late in many.items()}


def seconds(known: Mapping[str, Waited]) -> dict[str, Spread]:
    return {name: each.seconds for name, each in known.items()}


def once(few: Mapping[str, Waited], many: Mapping[str, Waited]) -> dict[str, float]:
    return {name: late.seconds.median / few[name].seconds.median for name, late in many.items()}


def generate(stories: int, schools: int) -> float:
    """Seconds, without what the database tidies up afterwards."""
    say(f"Generating {stories} stories and {schools} schools …")
    started = time.perf_counter()
    call_command("generate_content", stories=stories, schools=schools, verbosity=0)
    took = time.perf_counter() - started
    say(f"… which took {took:.0f} seconds.")
    call_command("translations", "check", fix=True, stdout=io.StringIO())  # rows were written past its signals
    vacuum()
    return took


def size() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return cursor.fetchone()[0]


def asked() -> Iterator[Asked]:
    for kind in PAGE_TYPES:
        yield Asked(kind.name, kind.grown() if kind.grown else [kind.demo])
    for more in MORE:
        yield Asked(more.name, more.grown())
    section = StoryIndexPage.objects.get()
    yield Asked("admin: explorer", [reverse("wagtailadmin_explore", args=[section.pk])], is_public=False)
    yield Asked("admin: list of stories", [reverse("story_pages:index")], is_public=False)
    yield Asked("admin: search for 学校", [found(reverse("wagtailadmin_pages:search"), "学校")], is_public=False)


def waited(
    bench: Bench, database: str, cookie: str, both: Sequence[tuple[Asked, Asked]]
) -> tuple[dict[str, Reads], dict[str, Reads]]:
    """By name what readers and editors wait for: of few stories, which are in that database, and of many."""
    few, many = {}, {}
    with (
        bench.portal(page_cache=False, name="few", database=database) as small,
        bench.portal(page_cache=False) as large,
    ):
        for each, grown in both:
            say(f"  {each.name} …")
            headers = {} if each.is_public else {"Cookie": cookie}
            pairs = [(small, each.paths), (large, grown.paths)]
            for portal, paths in pairs:  # each process has been asked for each, as far as chance goes
                run(portal, paths, connections=2, seconds=1, headers=headers)
            rounds = [
                [p95(bench, portal, paths, headers) for portal, paths in pairs] for _ in range(bench.options.rounds)
            ]
            few[each.name], many[each.name] = (
                Reads(list(found), each.is_public) for found in zip(*rounds, strict=True)
            )
    return few, many


def p95(bench: Bench, portal: Server, paths: Sequence[str], headers: dict[str, str]) -> float:
    return run(portal, paths, connections=1, seconds=bench.options.seconds, headers=headers).p95


def table(
    what: str,
    few: Mapping[str, Spread],
    many: Mapping[str, Spread],
    ratios: Mapping[str, float],
    limits: Mapping[str, str],
) -> Table:
    rows = [
        (name, str(few[name].times(1000)), str(late.times(1000)), f"{number(ratios[name])}×{limits.get(name, '')}")
        for name, late in many.items()
    ]
    return Table((what, "few", "many", "times as long"), rows)


def slower(few: Mapping[str, Reads], many: Mapping[str, Reads]) -> dict[str, Aim]:
    """How many times as long readers wait, by name."""
    return {name: ratio(name, factor, SLOWER) for name, factor in times(few, many).items() if many[name].is_public}


def aims(slow: Mapping[str, Aim], many: Mapping[str, Reads]) -> Iterator[Aim]:
    """For the page that is furthest from it, and for that list of the admin."""
    worst = max(slow.values(), key=lambda aim: aim.value)
    yield replace(worst, what=f"p95 with many stories, of that with few (most: {worst.what})")
    name, late = max(((n, median(w.p95)) for n, w in many.items() if not w.is_public), key=lambda each: each[1])
    yield Aim(f"lists of the admin with many stories, p95 (most: {name})", late, LISTS, " s")
