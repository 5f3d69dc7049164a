"""What a process of the portal takes of the memory: fresh, and after it has answered everything for a while."""

from ..addresses import PAGE_TYPES
from ..figures import Spread
from ..load import run
from ..portal import BROWSER, Bench
from ..processes import Memory
from ..report import Section, Table


def measure(bench: Bench) -> Section:
    paths = [prefix + kind.demo for kind in PAGE_TYPES for prefix in ("", "/en") if not prefix or kind.is_kept]
    paths = [path for path in paths if path != "/en/sitemap.xml"]
    with bench.portal(page_cache=True) as portal:
        states = [("after the start", portal.memory())]
        for page_cache_is_used, headers in (
            ("from cache", BROWSER),
            ("logged in", BROWSER | {"Cookie": "sessionid=nobody"}),
        ):
            run(portal, paths, connections=8, seconds=2 * bench.options.seconds, headers=headers)
            states.append((f"after all types of pages, {page_cache_is_used}", portal.memory()))
    return Section(
        "Memory",
        "MB of each of the 2 processes of gunicorn (4 threads): RSS counts what is shared in full, PSS by halves.",
        [Table(("When", "RSS", "PSS"), [row(*state) for state in states])],
    )


def row(when: str, workers: list[Memory]) -> tuple[str, ...]:
    return when, str(Spread.of(each.rss for each in workers)), str(Spread.of(each.pss for each in workers))
