"""A tenth language works to the end: the guide is followed in a copy of the project, and what readers see is looked at.

One run of tests/tenth_language.py, in a process of its own, is what all these tests look at.
"""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection


pytestmark = [pytest.mark.sqlite, pytest.mark.once]

ROOT = Path(settings.BASE_DIR)
ROOMS = ("api", "core", "demo", "eduportal", "languages", "metrics", "news", "newsroom", "schools", "search")
COPIED = (*ROOMS, "locale", "scripts", "static", "templates", "tests")
LAST = '    ("ko", "한국어"),\n'
GUIDE = (ROOT / "docs" / "operations.md").read_text().partition("## Adding a tenth language\n")[2].partition("\n## ")[0]
LINE = re.search(r"add `([^`]+)` to the end of `LANGUAGES`", GUIDE)[1]
ANSWERS = {200, 404}
NEEDS_A_FORM = "wagtailcore_authenticate_with_password"


def followed(folder):
    """The guide: a line in the settings, and a catalogue. Here it is the French one, so that its texts are complete."""
    project = folder / "project"
    for name in COPIED:
        shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("manage.py", "pyproject.toml", "requirements.txt"):
        shutil.copy(ROOT / name, project)
    path = project / "eduportal" / "settings" / "base.py"
    path.write_text(path.read_text().replace(LAST, LAST + f"    {LINE},\n"))
    messages = project / "locale" / "pt" / "LC_MESSAGES"
    messages.mkdir(parents=True)
    french = (project / "locale" / "fr" / "LC_MESSAGES" / "django.po").read_text()
    (messages / "django.po").write_text(french.replace("Language: fr", "Language: pt"))
    return project


@pytest.fixture(scope="module")
def told(tmp_path_factory, django_db_setup, django_db_blocker):
    """What was seen. The database is a copy of the tests', to which the new migrations are all that is lacking."""
    folder = tmp_path_factory.mktemp("tenth")
    project, database = followed(folder), folder / "db.sqlite3"
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
    with closing(sqlite3.connect(name)) as source, closing(sqlite3.connect(database)) as target:
        source.backup(target)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "COV"))}
    environment |= {"DATABASE_URL": f"sqlite:///{database}", "DJANGO_SETTINGS_MODULE": "eduportal.settings.test"}
    for command in (["scripts/compile_messages.py"], ["-m", "tests.tenth_language"]):
        done = subprocess.run(  # noqa: S603 (our own commands)
            [sys.executable, *command], cwd=project, env=environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.rpartition("\n{")[1].strip() + done.stdout.rpartition("\n{")[2])


def test_columns_are_added_and_nothing_else(told):
    assert "`manage.py makemigrations`" in GUIDE
    assert told["written"]
    assert [act for act in told["written"] if not (act.startswith("+ Add field ") and "_pt to " in act)] == []


def test_the_system_check_names_what_it_lacks_and_blocks_nothing(told):
    [(name, is_blocked, message)] = told["checks"]
    assert (name, is_blocked) == ("languages.W001.pt", False)
    assert f"`{name}`" in GUIDE
    assert "Português (pt) lacks:" in message
    assert "compared as digits" in message
    assert "more than, about and nearly" in message
    assert "catalogue" not in message
    assert "migrate" not in message


def test_it_opens_when_the_required_pages_are_published(told):
    assert told["opened"] == [False, True]


def test_every_address_is_answered_in_it(told):
    failed = {address: seen for address, seen in told["read"].items() if seen[0] not in ANSWERS}
    assert failed == {}
    assert set(told["views"]) - {view for _status, view, _html in told["read"].values()} == {NEEDS_A_FORM}
    lost = [address for address, (status, *_rest) in told["read"].items() if status == 404]
    assert lost == ["/pt/nowhere/"]


def test_pages_say_that_they_are_in_it(told):
    tags = {
        html.partition(" data-")[0].rstrip(">")
        for address, (_s, _v, html) in told["read"].items()
        if address.startswith("/pt/")
    }
    assert tags == {"", '<html lang="pt" dir="ltr"'}


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("/pt/", ['property="og:locale" content="pt_BR"', 'hreflang="pt" aria-current="true">Português</a>']),
        ("/pt/", ['rel="alternate" hreflang="pt" href="http://testserver/pt/"', '"inLanguage":"pt"']),
        (
            "/pt/data/hedged/",
            ['qualifier">&gt;</span><data value="8660">8.660<'],
        ),  # a sign for more than, and its separator
        ("/pt/search/?q=texto", ['href="/pt/news/story/']),
        ("/api/v1/stories?lang=pt", ["/pt/news/story/", '"pt"']),
        ("/sitemap-pages.xml", ["http://testserver/pt/news/story/", 'hreflang="pt"']),
    ],
)
def test_programs_and_readers_are_told_of_it(told, address, parts):
    assert [part for part in parts if part not in told["texts"][address]] == []


def test_a_wrong_number_is_stopped_and_a_right_one_passes(told):
    standing, message, _findings = told["figures"]["wrong"]
    assert standing == ""
    assert "12.345" in message
    assert "1234.5" in message
    assert told["figures"]["right"] == ["approved", "", ""]


def test_the_desk_says_that_numbers_are_only_compared_as_digits(told):
    pages = told["figures"]
    assert "data-digits-only" in pages["workbench"]
    assert "data-digits-only" not in pages["another"]
    assert pages["languages"].count("desk-notes") == 1
