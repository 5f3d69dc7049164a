"""What `make bench` makes of what it has measured: figures, aims and tables. No time is tested."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

import pytest
from wagtail.blocks.stream_block import StreamValue

from core.models import User
from news.models import StoryPage
from news.tests.factories import make_story
from scripts.bench import __main__ as command
from scripts.bench import addresses, editor, load, machine, neighbours, portal, processes, report
from scripts.bench.figures import Aim, Spread, Waited, number, paired, percentile, ratio, share
from scripts.bench.sections import SECTIONS, autosaving, growth, pages


pytestmark = pytest.mark.once

WRK = """Running 1s test @ http://127.0.0.1:8000
  1 threads and 4 connections
Requests/sec:     46.10

RESULT {"requests": 46, "microseconds": 1000400, "bytes": 9, "refused": 0, "broken": 0, "p50": 76000, "p95": 98000, "most": 120000}
"""


def cost(processor=0.01, rate=100.0, database=0.002):
    return load.Cost(load.Load(int(rate), 1.0, 0.01, 0.02, 0.03), processor, database)


# Figures ------------------------------------------------------------------------------------------


def test_a_figure_is_the_median_with_the_least_and_the_greatest():
    assert Spread.of([3, 1, 2, 40, 2.5]) == Spread(2.5, 1, 40)
    assert str(Spread.of([3, 1, 2, 40, 2.5])) == "2.50 (1.00–40.0)"
    assert str(Spread.of([7]).times(1000)) == "7,000"


@pytest.mark.parametrize(("value", "text"), [(0.4234, "0.42"), (4.2, "4.20"), (42.31, "42.3"), (4200.4, "4,200")])
def test_a_number_has_as_many_digits_as_say_something(value, text):
    assert number(value) == text


@pytest.mark.parametrize(("percent", "value"), [(50, 10), (95, 19), (100, 20), (1, 1)])
def test_a_percentile_is_a_value_that_was_measured(percent, value):
    assert percentile([*range(20, 0, -1)], percent) == value


def test_two_runs_count_as_one():
    both = load.together(cost(processor=0.01, rate=100), cost(processor=0.04, rate=200))
    assert (both.load.requests, both.load.seconds, both.load.rate) == (300, 2, 150)
    assert both.processor == pytest.approx(0.03)
    assert both.database == pytest.approx(0.002)


def test_an_aim_is_met_up_to_its_bound():
    assert ratio("story", 4, 4).is_met
    assert not ratio("story", 4.1, 4).is_met
    assert share("cached", 0.6, 60).is_met
    assert not share("cached", 0.59, 60).is_met
    assert [Aim("a", 1, 2).mark, Aim("a", 3, 2).mark] == ["✓", "✗"]
    assert (ratio("a", 4, 4).bound, share("a", 0.5, 60).bound, Aim("a", 1, 1.5, " s").bound) == (
        "≤ 4×",
        "≥ 60 %",
        "≤ 1.5 s",
    )


def test_a_fresh_page_is_asked_for_before_and_after_each_of_ours(monkeypatch):
    """The machine becomes slower and slower: the ratios stay what they are."""
    dear, asked = {"/": 0.01, "/story": 0.04, "/list": 0.02}, []

    def told(server, database, paths, **options):
        asked.append(paths[0])
        return cost(processor=dear[paths[0]] * (1 + len(asked) / 10))

    monkeypatch.setattr(pages, "run", lambda *args, **options: None)
    monkeypatch.setattr(pages, "cost", told)
    bench = SimpleNamespace(database_process=1, options=SimpleNamespace(rounds=1, seconds=2))
    ours = {"story": (None, "/story"), "list": (None, "/list")}
    costs, beside = pages.rounds(bench, ours, (None, "/"))
    assert asked == ["/", "/story", "/", "/list", "/"]
    assert pages.times_as_dear(costs["story"], beside["story"]) == pytest.approx(4)
    assert pages.times_as_dear(costs["list"], beside["list"]) == pytest.approx(2)


def test_what_slows_the_machine_down_in_one_round_says_nothing_about_the_ratio():
    assert paired([1, 2, 8], [1, 2, 4]) == 1
    with pytest.raises(ValueError, match="argument"):
        paired([1, 2], [1])


# Reports ------------------------------------------------------------------------------------------


def test_a_section_is_written_as_markdown():
    section = report.Section("Pages", "How.", [report.Table(("Page", "ms"), [("a|b", "1")])], remarks=["Odd."])
    assert list(section.lines()) == [
        "## Pages", "", "How.", "", "| Page | ms |", "|---|--:|", "| a\\|b | 1 |", "", "- Odd."
    ]  # fmt: skip


def test_the_document_says_which_aims_are_met_before_the_rest():
    sections = [
        report.Section("One", "", aims=[Aim("quick", 1, 2, " s")]),
        report.Section("Two", "", aims=[Aim("small", 3, 2, "×")]),
    ]
    text = report.document(sections, report.Table(("Measured on", ""), [("date", "today")]), "Five of each.")
    assert "1 of 2 aims are met." in text
    assert "| quick | ≤ 2 s | 1.00 s | ✓ |\n| small | ≤ 2× | 3.00× | ✗ |" in text
    assert text.index("| date | today |") < text.index("## Aims") < text.index("## One") < text.index("## Two")


def test_what_somebody_waits_for_stands_beside_its_processor_time():
    table = report.waits_table({"publish": Waited.of([(2.0, 0.5), (1.0, 0.25), (4.0, 0.75)])})
    assert list(table.rows) == [("publish", "2,000 (1,000–4,000)", "500 (250–750)")]


def test_a_section_that_fails_takes_nothing_from_the_others(capsys):
    def fails(_bench):
        raise RuntimeError("no server")

    wanted = {"a": lambda _bench: report.Section("A", "How."), "b": fails, "c": lambda _bench: report.Section("C", "")}
    sections, failures = command.measured(None, wanted)
    said = capsys.readouterr()
    assert ([each.title for each in sections], failures) == (["A", "C"], ["b"])
    assert "## A" in said.out
    assert "no server" in said.err


def test_with_a_failure_nothing_is_written(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(command, "WRITTEN", tmp_path / "benchmarks.md")
    monkeypatch.setattr(command, "ROOT", tmp_path)
    about = report.Table(("Measured on", ""), [])
    command.report(command.arguments([]), [], about, ["desk"])
    command.report(command.arguments(["--quick"]), [], about, [])
    assert not command.WRITTEN.exists()
    command.report(command.arguments([]), [report.Section("One", "")], about, [])
    assert "## One" in command.WRITTEN.read_text()


def test_only_a_full_run_is_written():
    assert command.is_full(command.arguments([]))
    for less in (["--quick"], ["--only", "desk"], ["--rounds", "3"], ["--stories", "5000"]):
        assert not command.is_full(command.arguments(less))
    assert command.is_full(command.arguments(["--rounds", "7"]))
    assert "no full run" in command.how(command.arguments(["--only", "desk"]))
    assert command.how(command.arguments([])) == "5 measurements of 2 seconds each."


def test_sections_are_chosen_by_name_and_what_is_given_counts_more_than_quick():
    options = command.arguments(["--quick", "--only", "desk,pages", "--seconds", "2"])
    assert (options.names, options.seconds, options.rounds) == (["pages", "desk"], 2, command.QUICK["rounds"])
    assert tuple(SECTIONS) == command.NAMES
    with pytest.raises(SystemExit):
        command.arguments(["--only", "nothing"])


# The load -------------------------------------------------------------------------------------------


def test_what_wrk_says_is_read():
    said = load.Load.read(WRK)
    assert said == load.Load(46, 1.0004, 0.076, 0.098, 0.12)
    assert said.rate == pytest.approx(45.98, abs=0.01)
    with pytest.raises(ValueError, match="no result"):
        load.Load.read("unable to connect")


@pytest.mark.parametrize("wrong", [{"refused": 1}, {"broken": 1}, {"requests": 0}])
def test_figures_of_errors_are_refused(wrong):
    data = {"requests": 5, "seconds": 1.0, "p50": 0, "p95": 0, "most": 0} | wrong
    with pytest.raises(RuntimeError, match="list: "):
        load.Load(**data).checked("list")


@contextmanager
def answering(status=200):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.append((self.path, self.headers["Accept-Encoding"]))
            self.send_response(status)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_arguments):
            pass

    asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield processes.Server("test", server.server_port, 0), asked
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def test_without_wrk_python_asks_for_all_addresses_in_turn(monkeypatch):
    monkeypatch.setattr(load, "MOST", 40)
    with answering() as (server, asked):
        found = load.by_python(server, ["/a", "/b"], 2, 20, {"Accept-Encoding": "br"})
    assert (found.refused, found.broken) == (0, 0)
    assert 40 <= found.requests == len(asked) <= 42
    assert set(asked) == {("/a", "br"), ("/b", "br")}


def test_without_wrk_errors_are_counted_too(monkeypatch):
    monkeypatch.setattr(load, "MOST", 5)
    with answering(status=500) as (server, _asked):
        found = load.by_python(server, ["/"], 1, 0.2, {})
    assert found.requests == 0
    assert found.refused > 0


# Processes ------------------------------------------------------------------------------------------


def test_processor_time_is_read_past_a_name_with_brackets():
    text = "7 (a) b (c)) S 3 7 7 0 -1 4194560 1 2 3 4 250 50 20 10 20 0 1 0 0"
    assert processes.read_stat(text) == processes.Process(parent=3, own=300, ended=30)


def test_time_is_that_of_a_process_and_all_below_it(monkeypatch):
    known = {1: (0, 5, 1), 2: (1, 10, 2), 3: (2, 20, 0), 4: (0, 40, 0)}
    known = {pid: processes.Process(*each) for pid, each in known.items()}
    monkeypatch.setattr(processes, "processes", lambda: known)
    assert processes.processor_time(1) == 38 / processes.TICK


def test_memory_is_read_in_megabytes():
    text = "55 ---p [rollup]\nRss:              102400 kB\nPss:               51200 kB\nPss_Dirty:   5 kB\n"
    assert processes.read_rollup(text) == processes.Memory(rss=100, pss=50)


def test_a_server_that_ends_at_once_is_told_with_its_log(tmp_path):
    log = tmp_path / "log"
    command = ["/bin/sh", "-c", "echo no such module; exit 3"]
    with (
        pytest.raises(RuntimeError, match="no such module"),
        processes.serving("it", command, processes.free_port(), cwd=tmp_path, log=log, env={}),
    ):
        raise AssertionError("it does not answer")


# The machine and the neighbours -----------------------------------------------------------------------


def test_the_machine_says_its_processor_and_memory():
    assert machine.processor("processor\t: 0\nmodel name\t: Xeon 5\nflags\t: fpu") == "Xeon 5"
    assert machine.memory("MemTotal:       8388608 kB\nMemFree: 1 kB\n") == 8


def test_nginx_keeps_pages_as_the_guide_says(tmp_path):
    cache = neighbours.documented_cache()
    assert [line.split()[0] for line in cache] == [
        "proxy_cache_path", "proxy_cache", "proxy_cache_key", "proxy_cache_bypass", "proxy_no_cache", "proxy_cache_lock",
        "proxy_cache_revalidate", "proxy_cache_use_stale", "open_file_cache",
    ]  # fmt: skip
    text = neighbours.nginx_configuration(tmp_path, "http://127.0.0.1:5", files=6, front=7, cache=cache)
    assert f"proxy_cache_path {tmp_path}/cache levels=1:2 keys_zone=eduportal:10m" in text
    assert "/var/" not in text
    outside, _, inside = text.partition("location /")
    assert "proxy_cache_path" in outside
    assert "proxy_cache_key $scheme$host$request_uri$cookie_display;" in inside
    assert "listen 127.0.0.1:6;" in text
    assert "listen 127.0.0.1:7;" in text


def test_a_database_beside_is_on_the_same_server():
    assert (
        portal.beside("postgres://me:secret@127.0.0.1:5/eduportal", "fresh") == "postgres://me:secret@127.0.0.1:5/fresh"
    )


# Tables -----------------------------------------------------------------------------------------------


def test_a_page_that_is_made_is_compared_with_a_fresh_wagtail_page():
    row = pages.made_row("story", 25_000, [cost(0.016), cost(0.018), cost(0.012)], [cost(0.004)] * 3)
    assert row == ("story", "25.0", "16.0 (12.0–18.0)", "2.00", "100", "4.00×")


def test_a_kept_page_is_compared_with_the_same_bytes():
    kind = addresses.PAGE_TYPES[0]
    costs = {
        "portal": [cost(0.001, 500)],
        "bare": [cost(0.0004, 1000)],
        "file": [cost(rate=9000)],
        "front": [cost(rate=8100)],
    }
    answer = neighbours.Answer(b"x" * 5000, {})
    assert pages.kept_row(kind, answer, costs)[6:] == ("50 % ✗", "8,100", "9,000", "90 % ✓")
    assert pages.kept_row(kind, answer, costs)[1:4] == ("5.00", "1.00", "0.40")
    without_nginx = {name: costs[name] for name in ("portal", "bare")}
    assert pages.kept_row(kind, answer, without_nginx)[7:] == ("–", "–", "–")


def test_the_aim_of_many_pages_is_about_the_one_that_is_furthest_from_it():
    aim = pages.worst("cached", {"a": [cost(rate=90)], "b": [cost(rate=50)]}, {"a": [cost()], "b": [cost()]}, 60)
    assert (aim.what, aim.value, aim.is_met) == ("cached (least: b)", 50, False)


def test_growth_is_judged_by_the_page_that_slows_most_and_by_the_slowest_list():
    def waited(seconds, is_public=True):
        return growth.Reads([seconds], is_public)

    few = {"list": waited(0.1), "story": waited(0.1), "admin": waited(0.1, False), "search": waited(0.1)}
    many = {"list": waited(0.12), "story": waited(0.2), "admin": waited(0.9, False), "search": waited(0.15)}
    slow = growth.slower(few, many)
    assert {name: aim.mark for name, aim in slow.items()} == {"list": "✓", "story": "✗", "search": "✓"}
    public, admin = growth.aims(slow, many)
    assert ("story" in public.what, public.value, public.is_met) == (True, 2, False)
    assert ("admin" in admin.what, admin.value, admin.is_met) == (True, 0.9, True)
    times = growth.times(few, many)
    table = growth.table("Page", growth.p95s(few), growth.p95s(many), times, {"story": " ✗"})
    assert table.rows[1] == ("story", "100", "200", "2.00× ✗")


def test_turns_come_at_their_time(monkeypatch):
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(autosaving.time, "perf_counter", lambda: clock.now)
    monkeypatch.setattr(autosaving.time, "sleep", lambda seconds: setattr(clock, "now", clock.now + seconds))
    began = []
    for _turn in autosaving.paced(1, 4, 12):
        began.append(clock.now)
        clock.now += 5 if len(began) == 1 else 1  # the first takes too long
    assert began == [1, 6, 9]


# The editor -------------------------------------------------------------------------------------------


BODY = [
    {"type": "heading", "id": "h1", "value": {"heading": "校园", "subheading": ""}},
    {"type": "text", "id": "t1", "value": '<p data-block-key="a">新校园有<b>48</b>个班。</p>'},
]


@pytest.mark.django_db
def test_a_body_is_posted_as_it_is_stored(client):
    user = User.objects.create_superuser("ann")
    client.force_login(user)
    story = make_story(title="开学", slug="first-day", body=BODY)
    path = f"/admin/pages/{story.pk}/edit/"
    html = client.get(path).content.decode()
    data = editor.fields_of(html) | editor.bodies_of(story) | {"title": "开学了", "action-publish": "on"}
    assert client.post(path, data).status_code == 302
    stored = StoryPage.objects.get(pk=story.pk)
    assert stored.title == "开学了"
    assert isinstance(stored.body, StreamValue)
    assert [*stored.body.raw_data] == BODY


@pytest.mark.django_db
def test_what_is_lost_is_told_by_the_newest_draft():
    story = make_story(title="一")
    story.title = "二"
    story.save_revision()
    seen = autosaving.Seen(last={story.pk: "二"})
    assert autosaving.lost_titles(seen) == []
    seen.last[story.pk] = "三"
    assert autosaving.lost_titles(seen) == [f"三 of story {story.pk}: 二"]
