#!/usr/bin/env python3
"""Take the pictures of docs/screenshots.md again: every page type, two widths, light and dark, several languages; and
those of the newsroom in the editors' guide (guide_pictures.py).

    make screenshots                  (ARGS=pages or ARGS=guide for one of the two)

It seeds a database of its own in a temporary folder, serves it as `make run` does, and looks at it with Chromium.
A picture is the top of a page, `TALLEST` high at most, and is stored at half its size where it is wide.
"""

import io
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import guide_pictures
from PIL import Image
from playwright.sync_api import sync_playwright


ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "pages"
INDEX = ROOT / "docs" / "screenshots.md"
PYTHON = sys.executable
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
WIDTHS, TALLEST = (375, 1280), 2600
QUALITY = 62
PAGES = {  # name: (title, address without its language)
    "home": ("Front page", "/"),
    "news": ("List of stories", "/news/"),
    "feature": ("Feature", "/news/jiangjin-education-autumn-2023/"),
    "story": ("Story", "/news/kindergarten-places/"),
    "notice": ("Notice", "/news/how-figures-are-stated/"),
    "schools": ("Directory of schools", "/schools/"),
    "school": ("School", "/schools/shuangfu-liuxiao/"),
    "figures": ("Figures by theme", "/data/"),
    "metric": ("Metric with one figure", "/data/student-aid/"),
    "breakdown": ("Metric with a breakdown", "/data/senior-promotion-approvals/"),
    "programmes": ("List of programmes", "/programmes/"),
    "programme": ("Programme", "/programmes/putong-gaozhong-cujin/"),
    "about": ("Standard page", "/about/"),
    "search": ("Search", "/search/?q=双福"),
    "missing": ("Page not found", "/nowhere/"),
}
COMMANDS = [
    ["migrate", "--verbosity", "0"],
    ["sync_roles", "--verbosity", "0"],
    ["seed_demo"],
    ["sync_roles", "--verbosity", "0"],  # some rights hang on pages that the demo makes
    ["collectstatic", "--noinput", "--verbosity", "0"],
]
LANGUAGES = {"zh-hans": "", "zh-hant": "/zh-hant", "en": "/en"}
PICTURES_LOADED = """
  Array.from(document.images)
    .filter(image => image.offsetParent && image.getBoundingClientRect().top < innerHeight)
    .every(image => image.complete)
"""
# Chinese is shown whole, light and dark; the others in the light.
MODES = [("zh-hans", "light"), ("zh-hans", "dark"), ("zh-hant", "light"), ("en", "light")]


def main() -> None:
    parts = sys.argv[1:] or ["pages", "guide"]
    with tempfile.TemporaryDirectory(prefix="eduportal-screenshots-") as folder:
        port = free_port()
        origin = f"http://127.0.0.1:{port}"
        environment = os.environ | {
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "MEDIA_ROOT": f"{folder}/media",
            "DJANGO_SETTINGS_MODULE": "eduportal.settings.local",
        }
        for command in COMMANDS:
            subprocess.run([PYTHON, "manage.py", *command], cwd=ROOT, env=environment, check=True)  # noqa: S603 (our own commands)
        server = serve(port, environment)
        try:
            wait_for(f"{origin}/-/ready")
            with chromium() as browser:
                if "pages" in parts:
                    take_pages(browser, origin)
                if "guide" in parts:
                    guide_pictures.take_all(browser, origin, environment)
        finally:
            server.terminate()
            server.wait()
    write_index()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def serve(port: int, environment: dict[str, str]) -> subprocess.Popen:
    gunicorn = [PYTHON, "-m", "gunicorn", "eduportal.wsgi:application", "--bind", f"127.0.0.1:{port}", "--threads", "4"]
    return subprocess.Popen([*gunicorn, "--no-control-socket", "--log-level", "error"], cwd=ROOT, env=environment)  # noqa: S603


def wait_for(address: str) -> None:
    for _attempt in range(120):
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 (our own server)
        except OSError:
            time.sleep(0.5)
        else:
            return
    raise SystemExit(f"{address} does not answer")


@contextmanager
def chromium():
    executable = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


def take_pages(browser, origin: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language, scheme in MODES:
        for width in WIDTHS:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
            page = context.new_page()
            for name, (_title, path) in PAGES.items():
                take(page, origin + LANGUAGES[language] + path, FOLDER / file_name(name, language, width, scheme))
            context.close()


def take(page, address: str, path: Path) -> None:
    page.goto(address)
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    width = page.viewport_size["width"]
    page.set_viewport_size({"width": width, "height": height})  # lazy pictures load when they are in sight
    for _attempt in range(100):
        if page.evaluate(PICTURES_LOADED):
            break
        page.wait_for_timeout(50)  # not wait_for_function, which evaluates in the page: its CSP forbids that
    picture = Image.open(io.BytesIO(page.screenshot()))
    if width > WIDTHS[0]:
        picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
    picture.save(path, "WEBP", quality=QUALITY, method=6)
    page.set_viewport_size({"width": width, "height": 900})


def file_name(name: str, language: str, width: int, scheme: str) -> str:
    return f"{name}-{language}-{width}-{scheme}.webp"


def write_index() -> None:
    lines = [
        "# What the pages look like",
        "",
        "Made by `make screenshots` from the demo: the top of each page at 1280 and 375 pixels. Do not edit.",
    ]
    for name, (title, path) in PAGES.items():
        lines += ["", f"## {title}", "", f"`{path}`", ""]
        for language, scheme in MODES:
            shots = [f"images/pages/{file_name(name, language, width, scheme)}" for width in reversed(WIDTHS)]
            pictures = " ".join(
                f'<img src="{shot}" height="420" alt="{title}, {language}, {scheme}">' for shot in shots
            )
            lines += [f"<details><summary>{language}, {scheme}</summary>{pictures}</details>"]
    INDEX.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
