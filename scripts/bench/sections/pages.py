"""Each type of page, made anew and from what is kept, beside what other programs do with the same machine."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import ExitStack

from ..addresses import PAGE_TYPES, PageType
from ..figures import Aim, Spread, number, paired, ratio, share
from ..load import MISSING as NO_WRK
from ..load import Cost, cost, has_wrk, run, together
from ..machine import say
from ..neighbours import BAKERY, Answer, Unusable, bakerydemo, bare_view, fresh_wagtail, has_nginx, nginx
from ..portal import BROWSER, Bench
from ..processes import Server
from ..report import Section, Table


FRESH = "fresh Wagtail site"
UNCACHED, CACHED = 4, 8  # connections
OF_BARE, OF_FILE = 60, 90  # per cent of their requests in a second
NO_NGINX = "nginx is not on this machine (apt-get install nginx): nothing was measured through it."


def measure(bench: Bench) -> Section:
    section = Section(
        "Pages",
        f"gunicorn, gthread, 2 processes with 4 threads, over the loopback. *Made*: `PAGE_CACHE=off`, {UNCACHED} connections; "
        "processor time is that of gunicorn's processes, user and system, by the number of requests; PostgreSQL's own is apart. "
        f"Beside it the front page of a fresh `wagtail start` site, on the same server and database, before and after each. *Kept*: {CACHED} "
        "connections, compressed as browsers ask for it; beside it a Django view without middleware that answers the same "
        "bytes, and nginx with the same bytes as a file. *Through nginx* is with the cache of `deploy/nginx.conf`.",
        remarks=[] if has_wrk() else [NO_WRK],
    )
    made_anew(bench, section)
    from_what_is_kept(bench, section)
    return section


# Made anew --------------------------------------------------------------------------------------


def made_anew(bench: Bench, section: Section) -> None:
    with ExitStack() as stack:
        fresh = stack.enter_context(fresh_wagtail(bench))
        portal = stack.enter_context(bench.portal(page_cache=False))
        asked = {kind.name: (portal, kind.demo) for kind in PAGE_TYPES}
        if bench.options.beside:
            try:
                bakery = stack.enter_context(bakerydemo(bench, bench.options.beside))
                asked |= {f"bakerydemo, {name}": (bakery, path) for name, path in BAKERY.items()}
            except (Unusable, RuntimeError) as failure:
                say(str(failure))
                section.remarks.append("bakerydemo could not be served here: see what was printed.")
        everything = {**asked, FRESH: (fresh, "/")}
        sizes = {name: len(Answer.of(server.origin + path, {}).body) for name, (server, path) in everything.items()}
        costs, beside = rounds(bench, asked, (fresh, "/"))
    section.tables.append(
        Table(
            ("Made", "kB", "CPU ms", "PostgreSQL ms", "requests/s", "of fresh Wagtail"),
            [made_row(name, sizes[name], costs[name], beside[name]) for name in everything],
        )
    )
    section.aims += [
        ratio(f"{kind.name}, of a fresh Wagtail page", times_as_dear(costs[kind.name], beside[kind.name]), kind.aim)
        for kind in PAGE_TYPES
        if kind.aim
    ]


def made_row(name: str, size: int, costs: list[Cost], fresh: list[Cost]) -> tuple[str, ...]:
    mine = processor(costs)
    return (
        name,
        number(size / 1000),
        str(mine.times(1000)),
        str(Spread.of(each.database for each in costs).times(1000)),
        str(Spread.of(each.load.rate for each in costs)),
        f"{number(times_as_dear(costs, fresh))}×",
    )


def times_as_dear(ours: list[Cost], theirs: list[Cost]) -> float:
    return paired([each.processor for each in ours], [each.processor for each in theirs])


def processor(costs: Iterable[Cost]) -> Spread:
    return Spread.of(each.processor for each in costs)


Costs = dict[str, list[Cost]]


def rounds(bench: Bench, asked: Mapping[str, tuple[Server, str]], fresh: tuple[Server, str]) -> tuple[Costs, Costs]:
    """(costs by name, what the fresh site cost then), of each round. All of them are asked in turn, again and again, and
    the fresh site before and after each: a busy moment of the machine is nobody's alone."""
    costs: Costs = {name: [] for name in (*asked, FRESH)}
    beside: Costs = {name: [] for name in asked}

    def once(server: Server, path: str, seconds: float) -> Cost:
        return cost(server, bench.database_process, [path], connections=UNCACHED, seconds=seconds)

    for server, path in (*asked.values(), fresh):
        run(server, [path], connections=UNCACHED, seconds=1)
    seconds = bench.options.seconds
    for number_of_round in range(bench.options.rounds):
        say(f"Pages made, round {number_of_round + 1} of {bench.options.rounds} …")
        theirs = [once(*fresh, seconds / 2)]
        for name, (server, path) in asked.items():
            costs[name].append(once(server, path, seconds))
            theirs.append(once(*fresh, seconds / 2))
            beside[name].append(together(*theirs[-2:]))
        costs[FRESH].append(together(*theirs))
    return costs, beside | {FRESH: costs[FRESH]}


# From what is kept ----------------------------------------------------------------------------------


def from_what_is_kept(bench: Bench, section: Section) -> None:
    kept = [kind for kind in PAGE_TYPES if kind.is_kept]
    with ExitStack() as stack:
        portal = stack.enter_context(bench.portal(page_cache=True))
        answers = {kind.key: Answer.of(portal.origin + kind.demo) for kind in kept}
        bare = stack.enter_context(bare_view(bench, answers))
        servers = {"portal": portal, "bare": bare}
        if has_nginx():
            servers["file"], servers["front"] = stack.enter_context(nginx(bench, portal.origin, answers))
        else:
            section.remarks.append(NO_NGINX)
        found = kept_rounds(bench, kept, servers)
    rows = [kept_row(kind, answers[kind.key], {name: each[kind.name] for name, each in found.items()}) for kind in kept]
    columns = (
        "Kept",
        "kB sent",
        "CPU ms",
        "bare view, CPU ms",
        "requests/s",
        "bare view",
        "share",
        "through nginx",
        "file",
        "share",
    )
    section.tables.append(Table(columns, rows))
    section.aims.append(worst("from cache, of a bare view", found["portal"], found["bare"], OF_BARE))
    if "front" in found:
        section.aims.append(worst("through nginx, of a file in nginx", found["front"], found["file"], OF_FILE))


def kept_rounds(bench: Bench, kept: list[PageType], servers: Mapping[str, Server]) -> dict[str, Costs]:
    """Each round asks there and back, for half the time each: a machine that slows down meanwhile is then nobody's loss."""
    found: dict[str, Costs] = {name: {kind.name: [] for kind in kept} for name in servers}
    there_and_back = [*servers, *reversed(list(servers))]
    for number_of_round in range(bench.options.rounds):
        say(f"Pages kept, round {number_of_round + 1} of {bench.options.rounds} …")
        for kind in kept:
            paths = {name: kind.demo if name in ("portal", "front") else f"/{kind.key}" for name in servers}
            if not number_of_round:
                for name, server in servers.items():
                    run(server, [paths[name]], connections=CACHED, seconds=1, headers=BROWSER)
            halves: Costs = {name: [] for name in servers}
            for name in there_and_back:
                options = {"connections": CACHED, "seconds": bench.options.seconds / 2, "headers": BROWSER}
                halves[name].append(cost(servers[name], None, [paths[name]], **options))
            for name, both in halves.items():
                found[name][kind.name].append(together(*both))
    return found


def kept_row(kind: PageType, answer: Answer, costs: Mapping[str, list[Cost]]) -> tuple[str, ...]:
    rates = {name: rate(each) for name, each in costs.items()}
    row = [kind.name, number(len(answer.body) / 1000)]
    row += [str(processor(costs[name]).times(1000)) for name in ("portal", "bare")]
    row += [str(rates["portal"]), str(rates["bare"]), percent(costs["portal"], costs["bare"], OF_BARE)]
    if "front" not in rates:
        return (*row, "–", "–", "–")
    return (*row, str(rates["front"]), str(rates["file"]), percent(costs["front"], costs["file"], OF_FILE))


def rate(costs: Iterable[Cost]) -> Spread:
    return Spread.of(each.load.rate for each in costs)


def part(ours: Sequence[Cost], theirs: Sequence[Cost]) -> float:
    """Of their requests in a second."""
    return paired([each.load.rate for each in ours], [each.load.rate for each in theirs])


def percent(ours: Sequence[Cost], theirs: Sequence[Cost], limit: float) -> str:
    aim = share("", part(ours, theirs), limit)
    return f"{aim.value:.0f} % {aim.mark}"


def worst(what: str, ours: Mapping[str, Sequence[Cost]], theirs: Mapping[str, Sequence[Cost]], limit: float) -> Aim:
    """The aim for the page that is furthest from it, by its name."""
    parts = {name: part(costs, theirs[name]) for name, costs in ours.items()}
    name = min(parts, key=lambda name: parts[name])
    return share(f"{what} (least: {name})", parts[name], limit)
