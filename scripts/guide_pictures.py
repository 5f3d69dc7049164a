"""The pictures of the newsroom in the editors' guide: in Chinese for the Chinese one, in English for the English one.

Part of `make screenshots`. What is shown waits in the demo for the sake of the pictures (scripts/newsroom_scene.py).
"""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

from PIL import Image


ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images" / "editors"
PASSWORD = os.environ.get("DEMO_PASSWORD") or "demo-only"
LANGUAGES = {"zh-hans": ("-zh", "zh-CN"), "en": ("", "en-US")}  # the end of a file's name, and the browser's locale
SIZE = {"width": 1120, "height": 700}
FILE = ROOT / "newsroom" / "tests" / "files" / "python-docx.docx"  # whose words are our own
FIRST = {"七点四十分": "七点半"}
CORRECTED = {"二十四个班": "二十五个班", "写一句话": "写一段话", "一件可以带走一生的事": "一辈子的事"}
WIDE_ENOUGH_FOR_PANELS = {"width": 1280, "height": 800}


def take_all(browser, origin: str, environment: dict[str, str]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for language, (end, locale) in LANGUAGES.items():
        keys = scene(language, environment)
        for account in dict.fromkeys(account for account, _shot in SHOTS.values()):
            context = browser.new_context(base_url=origin, viewport=SIZE, locale=locale)
            page = context.new_page()
            log_in(page, account)
            for name, (whose, shot) in SHOTS.items():
                if whose == account:
                    page.set_viewport_size(SIZE)
                    keep(shot(page, keys), FOLDER / f"{name}{end}.webp")
            context.close()


def scene(language: str, environment: dict[str, str]) -> dict[str, int]:
    command = [sys.executable, "scripts/newsroom_scene.py", language]
    made = subprocess.run(command, cwd=ROOT, env=environment, check=True, stdout=subprocess.PIPE)  # noqa: S603 (our own)
    return json.loads(made.stdout.splitlines()[-1])


def keep(picture: bytes, path: Path) -> None:
    """Screens are few colours and sharp letters: without loss they are smaller than with it."""
    Image.open(io.BytesIO(picture)).convert("RGB").save(path, "WEBP", lossless=True, quality=100, method=6)


def log_in(page, account: str) -> None:
    page.goto("/admin/")
    page.locator("[name=username]").fill(account)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("[type=submit]").click()
    page.wait_for_url("**/admin/")


def opened(page, address: str, height: int = SIZE["height"], width: int = SIZE["width"]):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(address, wait_until="networkidle")
    return page


# What is shown ----------------------------------------------------------------------------------


def home(page, _keys) -> bytes:
    return opened(page, "/admin/").screenshot()


def submitting(page, keys) -> bytes:
    opened(page, f"/admin/pages/{keys['scene-draft']}/edit/")
    page.locator("footer [data-w-dropdown-target=toggle]").click()
    return page.screenshot()


def checklist(page, keys) -> bytes:
    opened(page, f"/admin/pages/{keys['scene-draft']}/edit/", **WIDE_ENOUGH_FOR_PANELS)
    page.locator("[data-side-panel-toggle=checklist]").click()
    page.wait_for_timeout(2000)
    return page.screenshot()


def review(page, keys) -> bytes:
    opened(page, f"/admin/pages/{keys['scene-corrected']}/edit/", **WIDE_ENOUGH_FOR_PANELS)
    page.locator("[data-side-panel-toggle=review]").click()
    page.wait_for_timeout(500)
    return page.screenshot()


def work_in_review(page, _keys) -> bytes:
    return opened(page, "/admin/reports/reviews/").screenshot()


def urgent(page, keys) -> bytes:
    opened(page, f"/admin/reviews/news.storypage/{keys['scene-example']}/urgent/")
    page.locator("[name=reason]").fill("示例：清晨暴雨，须在到校之前告知")
    return page.screenshot()


def withdrawal(page, keys) -> bytes:
    opened(page, f"/admin/pages/{keys['scene-live']}/unpublish/")
    return page.screenshot()


def sheet(page, keys) -> bytes:
    opened(page, f"/admin/pages/{keys['scene-live']}/edit/")
    return opened(page, page.locator("[href*='/sheets/']").first.get_attribute("href"), height=900).screenshot()


def handing_over(page, keys) -> bytes:
    return opened(page, f"/admin/reports/hand-over/?person={keys['reviewer4']}").screenshot()


def importing(page, _keys) -> bytes:
    key = read_in(page, FILE.read_bytes())
    picture = page.screenshot()
    take_back(page, key)
    return picture


def comparing(page, _keys) -> bytes:
    key = read_in(page, changed(FIRST))
    page.locator("[name=act][value=make]").click()
    page.wait_for_url("**/admin/pages/*/edit/")
    corrected = read_in(page, changed(CORRECTED), onto=page.url.split("/")[-3])
    page.locator("[name=act][value=compare]").click()
    page.wait_for_url("**/compare/", wait_until="networkidle")
    picture = page.screenshot()
    take_back(page, corrected)
    take_back(page, key)
    return picture


def read_in(page, content: bytes, onto: str = "") -> str:
    """Import a file; the key of the import."""
    opened(page, f"/admin/imports/?onto={onto}" if onto else "/admin/imports/", height=1100)
    file = {"name": "早读.docx", "mimeType": "application/octet-stream", "buffer": content}
    page.locator("[type=file]").set_input_files(file)
    page.locator("[data-import-upload] [type=submit]").click()
    page.wait_for_url("**/admin/imports/*/", wait_until="networkidle")
    return page.url.split("/")[-2]


def changed(words: dict[str, str]) -> bytes:
    """The file with other words. What was imported before would be said to have been, so no picture is of one of these."""
    made = io.BytesIO()
    with zipfile.ZipFile(FILE) as file, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as written:
        for name in file.namelist():
            content = file.read(name)
            for before, after in words.items():
                content = content.replace(before.encode(), after.encode()) if name == "word/document.xml" else content
            written.writestr(name, content)
    return made.getvalue()


def take_back(page, key: str) -> None:
    """The other language begins with what this one began with."""
    page.goto(f"/admin/imports/{key}/undo/")
    page.locator("main form [type=submit]").click()
    page.wait_for_load_state("networkidle")


SHOTS = {  # name: (account, what is shown)
    "home": ("reviewer3", home),
    "home-author": ("reporter", home),
    "submit": ("reporter", submitting),
    "checklist": ("reporter", checklist),
    "import": ("reporter", importing),
    "compare": ("reporter", comparing),
    "review": ("reviewer3", review),
    "work-in-review": ("reviewer3", work_in_review),
    "urgent": ("reviewer3", urgent),
    "withdraw": ("reviewer3", withdrawal),
    "sheet": ("reviewer3", sheet),
    "hand-over": ("reviewer3", handing_over),
}
