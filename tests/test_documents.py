"""What the guides name is there: files, commands, make targets, settings, addresses and names of the code."""

import pkgutil
import re
from functools import cache
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import get_commands
from django.urls import Resolver404, resolve


pytestmark = pytest.mark.once

ROOT = Path(settings.BASE_DIR)
GUIDES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
ROOMS = ("api", "core", "demo", "eduportal", "languages", "metrics", "news", "newsroom", "schools", "search")
FOLDERS = (*ROOMS, "templates", "static", "locale", "scripts", "tests", "docs", "deploy", "var")
SECTIONS = {"news", "schools", "data", "programmes", "accessibility", "about"}  # pages that the guides make
# Of other programs and of examples, and the beginnings of addresses.
FOREIGN = {"pg_dump", "words_of_its_name", "/nowhere/", "/-/", "/static/", "/media/", "/media/images/", "/documents/"}
TEXT = {"", *[".py", ".html", ".css", ".js", ".json", ".sh", ".toml", ".txt", ".xml", ".example", ".yaml", ".tsv"]}
SPAN = re.compile(r"```nginx.*?```|```[a-z]*\n(.*?)```|`([^`\n]+)`", re.DOTALL)


def spans(guide):
    """The code of a guide: blocks, line by line, and what stands between single backticks."""
    for found in SPAN.finditer(guide.read_text()):
        yield from (found[1] or found[2] or "").splitlines()


@cache
def sources():
    """All that is written in the repository's own files but the guides."""
    paths = [
        path for folder in FOLDERS if folder not in ("docs", "var", "locale") for path in (ROOT / folder).rglob("*")
    ]
    paths += [path for path in ROOT.iterdir() if path.is_file() and path.suffix != ".md"]
    return "\n".join(path.read_text() for path in paths if path.is_file() and path.suffix in TEXT)


@cache
def file_names():
    return {path.name for folder in FOLDERS[:-1] for path in (ROOT / folder).rglob("*.*")} | {
        path.name for path in ROOT.iterdir()
    }


def unknown(guide):
    """What a guide names and is not there."""
    for span in spans(guide):
        yield from (f"make {name}" for name in re.findall(r"\bmake ([a-z][a-z-]*)\b", span) if not is_target(name))
        yield from (
            f"manage.py {name}" for name in re.findall(r"manage\.py ([a-z_]+)", span) if name not in get_commands()
        )
        words = (word.strip(":;") for word in re.split(r"[\s,()\"']+", span))
        yield from (word for word in words if not is_there(word))
    for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", guide.read_text()):
        if not (guide.parent / target).exists():
            yield target


def is_target(name):
    return re.search(rf"^{name}:", (ROOT / "Makefile").read_text(), re.MULTILINE) is not None


def is_there(word):
    if re.fullmatch(r"/[\w<>…./-]*", word):
        return is_address(word)
    if re.fullmatch(r"[\w.*<>-]+(/[\w.*<>-]*)+(::\w+)*", word) and word.partition("/")[0] in FOLDERS:
        return is_file(word)
    if re.fullmatch(r"[\w-]+\.(py|html|md|sh|toml|css|json)", word):
        return word in file_names()
    if re.fullmatch(rf"({'|'.join(ROOMS)})(\.\w+)+", word):
        return is_importable(word) or word in sources()
    if re.fullmatch(
        r"[A-Z][A-Z0-9]*(_[A-Z0-9]+)+|[A-Z][a-z]+([A-Z][a-z]+)+|[a-z]+(_[a-z]+)+|[a-z_]+\.[a-z]+_[a-z_]+", word
    ):
        return word in sources() or word in get_commands() or word in FOREIGN
    return True


def is_address(word):
    """Of a view of ours, or in a section of the site: the pages below it are the editors'."""
    path = re.sub(rf"^/({'|'.join(code for code, _name in settings.LANGUAGES)})(?=/)", "", word)
    path = re.sub(r"<\w+>", "1", path).replace("…", "x/")
    if re.match(r"/(etc|srv|absolute)/", word):  # a file of a server
        return True
    if word in FOREIGN or path.split("/")[1] in SECTIONS | {"", "x"}:
        return True
    try:
        return resolve(path).url_name != "wagtail_serve"
    except Resolver404:
        return False


def is_file(word):
    """A path from the top, or of a template; `core/0006` is a migration, `docs/adr/0003` a decision."""
    path = re.sub(r"<\w+>", "*", word.partition("::")[0]).rstrip("/")
    migration = re.sub(r"^(\w+)/(\d{4})$", r"\1/migrations/\2*", path)
    places = (path, migration, f"templates/{path}", f"{path}-*.md")
    return path.split("/")[0] == "var" or any(list(ROOT.glob(place)) for place in places)


def is_importable(word):
    """A module, what is in it, or a model as Django names it: `core.BasePage`."""
    if (ROOT / f"{word.replace('.', '/')}.py").exists():
        return True
    app, _dot, rest = word.partition(".")
    if app in apps.app_configs and rest.lower() in apps.get_app_config(app).models:
        return True
    try:
        pkgutil.resolve_name(word)
    except (ModuleNotFoundError, AttributeError):
        return False
    return True


def test_the_environment_of_a_server_is_what_the_portal_reads():
    listed = re.findall(r"^#?([A-Z_]+)=", (ROOT / "deploy/env.example").read_text(), re.MULTILINE)
    code = [*ROOT.glob("eduportal/**/*.py"), *ROOT.glob("demo/*.py")]
    read = {
        name for path in code for name in re.findall(r'(?:environ\W+\w+\W+|_VARIABLE = ")([A-Z_]+)"', path.read_text())
    }
    assert set(listed) == read - {"TEST_DATABASE"}  # which only the tests read


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_guide_names_is_there(guide):
    assert not (found := sorted(set(unknown(guide)))), found


def packages(room):
    """What holds modules, but for those that Django names."""
    found = (path.parent for path in (ROOT / room).glob("*/__init__.py"))
    return [path for path in found if path.name not in {"tests", "migrations", "management", "templatetags"}]


@pytest.mark.parametrize("room", ["core", "languages"])
def test_the_table_of_rooms_names_every_package(room):
    rows = re.findall(rf"^\| `({room}/\w+)/` \|", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert sorted(rows) == sorted(f"{room}/{path.name}" for path in packages(room))


@pytest.mark.parametrize(
    "package",
    [path for room in ("core", "languages") for path in packages(room) if path.name != "models"],
    ids=lambda path: path.name,
)
def test_a_package_says_what_its_modules_are(package):
    """Models are looked for by their names, which `models/__init__.py` lists."""
    said = set(re.findall(r"`(\w+)`", (package / "__init__.py").read_text()))
    modules = {path.stem for path in package.iterdir() if not path.name.startswith("_") and path.suffix in ("", ".py")}
    assert {name for name in modules - said if name != "data"} == set()
