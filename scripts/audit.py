#!/usr/bin/env python3
"""Check the HTML of every page type, and what Lighthouse says of the main ones.

    make audit                      (RUNS=5 for more runs of Lighthouse; the default is 3)

It seeds a database of its own in a temporary folder, opens Arabic in it, and serves it as `make run` does. The Nu HTML
checker reads every page in three languages, plain and in the senior mode with pinyin. Lighthouse looks with its own
default, a slow phone, several times: a busy machine only ever makes a page slower, so what counts is the best of the
performance, and the worst of the rest. `machine` is Lighthouse's measure of the speed of this one. Needs Node, Java and Chromium; both tools are installed by npm in `var/audit`.
Ends with 1 if there is an error of HTML, or a score below `LEAST`.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from pathlib import Path

from screenshots import FLAGS, PAGES, PYTHON, ROOT, free_port, serve, wait_for


TOOLS = ROOT / "var" / "audit"
PACKAGES = {"vnu-jar": "26.9.27", "lighthouse": "12.8.2"}
NEEDED = {
    "node": ("node",),
    "npm": ("npm",),
    "Java": ("java",),
    "Chromium": ("chromium", "chromium-browser", "google-chrome"),
}
LANGUAGES = {"zh-hans": "", "en": "/en", "ar": "/ar"}
DISPLAYS = ("standard", "senior.ruby")
MORE_PAGES = (
    "/news/?kind=notice",
    "/schools/?stage=primary",
    "/schools/compare/",
    "/schools/compare/?s=shuangfu-liuxiao&s=jiangjin-zhongxue",
    "/data/download/",
    "/search/",
    "/search/?q=qqqqqqq",
    "/sitemap/",
    "/api/v1/",
)
LOOKED_AT = ("home", "feature", "story", "school", "metric")
LEAST = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
KINDS = ("Document", "Stylesheet", "Script", "Image")


def main() -> int:
    need()
    install()
    with tempfile.TemporaryDirectory(prefix="eduportal-audit-") as folder:
        environment = seeded(folder)
        port = free_port()
        server = serve(port, environment)
        try:
            origin = f"http://127.0.0.1:{port}"
            wait_for(f"{origin}/-/ready")
            html_is_right = check_html(origin, Path(folder))
            scores_are_right = check_scores(origin, Path(folder))
        finally:
            server.terminate()
            server.wait()
    return 0 if html_is_right and scores_are_right else 1


# Before --------------------------------------------------------------------------------------


def program(names: tuple[str, ...]) -> str | None:
    return next(filter(None, map(shutil.which, names)), None)


def need() -> None:
    missing = [name for name, names in NEEDED.items() if program(names) is None]
    if missing:
        raise SystemExit(f"make audit needs {', '.join(missing)}: install what is missing, then run it again.")


def install() -> None:
    """Both tools, at these versions; nothing happens if they are there."""
    wanted = json.dumps({"private": True, "dependencies": PACKAGES})
    manifest = TOOLS / "package.json"
    if manifest.exists() and manifest.read_text() == wanted and (TOOLS / "node_modules" / "lighthouse").exists():
        return
    TOOLS.mkdir(parents=True, exist_ok=True)
    manifest.write_text(wanted)
    run("npm", "install", "--no-fund", "--no-audit", "--ignore-scripts", "--loglevel=error", cwd=TOOLS)


def run(*command: str, **options) -> subprocess.CompletedProcess:
    return subprocess.run(command, check=True, text=True, **options)  # noqa: S603 (our own commands)


def seeded(folder: str) -> dict[str, str]:
    """The environment in which the portal serves a demo of its own, with Arabic open."""
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "DJANGO_SETTINGS_MODULE": "eduportal.settings.local",
    }
    open_arabic = "from core.models import Language; Language.objects.filter(code='ar').update(is_open=True)"
    for command in (
        ["migrate", "--verbosity", "0"],
        ["seed_demo"],
        ["shell", "--verbosity", "0", "--command", open_arabic],
        ["collectstatic", "--noinput", "--verbosity", "0"],
    ):
        run(PYTHON, "manage.py", *command, cwd=ROOT, env=environment)
    return environment


# The Nu HTML checker ---------------------------------------------------------------------------


def check_html(origin: str, folder: Path) -> bool:
    """True if no page has an error; prints a line for each page type, and the errors."""
    paths = [path for _title, path in PAGES.values()] + list(MORE_PAGES)
    files: dict[Path, tuple[str, str, str]] = {}
    for language, prefix in LANGUAGES.items():
        for display in DISPLAYS:
            for path in paths:
                file = folder / f"{len(files)}.html"
                file.write_bytes(page(origin + prefix + urllib.request.quote(path, safe="/?=&"), display))
                files[file] = (path, language, display)
    jar = TOOLS / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    command = ("java", "-jar", str(jar), "--format", "json", "--errors-only", "--exit-zero-always", *map(str, files))
    errors = json.loads(run(*command, capture_output=True).stderr)["messages"]
    places = [files[Path(error["url"].removeprefix("file:"))] for error in errors]
    print(
        f"\nNu HTML checker: {len(files)} pages ({len(paths)} addresses, {len(LANGUAGES)} languages, plain and senior)"
    )
    for path in paths:
        print(f"  {sum(place[0] == path for place in places):3} errors  {path}")
    for place, error in zip(places, errors, strict=True):
        print(f"  {' '.join(place)}: {error['message']} {error.get('extract', '')!r}")
    return not errors


def page(address: str, display: str) -> bytes:
    """The content of the response, also if it is an error page."""
    request = urllib.request.Request(address, headers={"Cookie": f"display={display}"})  # noqa: S310 (our own server)
    try:
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return response.read()
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        return error.read()


# Lighthouse --------------------------------------------------------------------------------------


def check_scores(origin: str, folder: Path) -> bool:
    """Whether every score is high enough; prints a line for each page."""
    runs = int(os.environ.get("RUNS") or 3)
    print(f"\nLighthouse {PACKAGES['lighthouse']}, a slow phone, {runs} runs; sizes as sent, in kB")
    columns = [*LEAST, "(median)", "machine", "LCP s", "TBT ms", "CLS", *(f"{kind.lower()}" for kind in KINDS)]
    print("  " + " ".join(f"{column:>14}" for column in columns))
    right = True
    for name in LOOKED_AT:
        path = PAGES[name][1]
        page(origin + path, "standard")  # nobody is the first reader
        reports = [looked_at(origin + path, folder / "report.json") for _run in range(runs)]
        scores = {category: score(reports, category) for category in LEAST}
        right = right and all(scores[category] >= least for category, least in LEAST.items())
        cells = [f"{value:.0f}" for value in scores.values()]
        cells += [
            f"({statistics.median(100 * report['categories']['performance']['score'] for report in reports):.0f})"
        ]
        cells += [f"{statistics.median(report['environment']['benchmarkIndex'] for report in reports):.0f}"]
        cells += [f"{median(reports, 'largest-contentful-paint') / 1000:.1f}"]
        cells += [f"{median(reports, 'total-blocking-time'):.0f}"]
        cells += [f"{median(reports, 'cumulative-layout-shift'):.3f}"]
        cells += [f"{sent(reports[0], kind) / 1000:.1f}" for kind in KINDS]
        print("  " + " ".join(f"{cell:>14}" for cell in cells) + f"  {path}", flush=True)
    print(f"  at least: {', '.join(f'{category} {least}' for category, least in LEAST.items())}")
    return right


def looked_at(address: str, report: Path) -> dict:
    """What Lighthouse reports; again if Chromium lost the trace, as it does on a busy machine."""
    lighthouse = str(TOOLS / "node_modules" / ".bin" / "lighthouse")
    flags = " ".join(["--headless", *FLAGS])
    options = ("--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={flags}")
    environment = os.environ | {"CHROME_PATH": program(NEEDED["Chromium"]) or ""}
    for _attempt in range(3):
        report.unlink(missing_ok=True)
        subprocess.run([lighthouse, address, *options], env=environment, capture_output=True)  # noqa: S603
        found = json.loads(report.read_text(encoding="utf-8")) if report.exists() else {"runtimeError": "no report"}
        if "runtimeError" not in found:
            return found
    raise SystemExit(f"Lighthouse could not look at {address}: {found['runtimeError']}")


def score(reports: list[dict], category: str) -> float:
    values = [100 * (report["categories"][category]["score"] or 0) for report in reports]
    return round(max(values) if category == "performance" else min(values))


def median(reports: list[dict], audit: str) -> float:
    return statistics.median(report["audits"][audit]["numericValue"] for report in reports)


def sent(report: dict, kind: str) -> int:
    requests = report["audits"]["network-requests"]["details"]["items"]
    return sum(request["transferSize"] for request in requests if request.get("resourceType") == kind)


if __name__ == "__main__":
    sys.exit(main())
