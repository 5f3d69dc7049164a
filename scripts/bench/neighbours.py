"""What the portal is compared with, on the same machine: a bare Django view, a fresh Wagtail site, nginx, bakerydemo."""

import json
import os
import re
import shutil
import subprocess
import sys
import textwrap
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .machine import ROOT
from .portal import BROWSER, WORKERS, Bench, new_database
from .processes import Server, free_port, serving


BARE = '''
"""A view that answers with bytes, and nothing around it."""

import json
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path


FOLDER = Path(__file__).parent
ANSWERS = {name: ((FOLDER / name).read_bytes(), headers) for name, headers in json.loads((FOLDER / "answers.json").read_text()).items()}


def answer(request, name):
    body, headers = ANSWERS[name]
    return HttpResponse(body, headers=headers)


urlpatterns = [path("<name>", answer)]
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], SECRET_KEY="only-for-measuring", MIDDLEWARE=[])
application = get_wsgi_application()
'''
SETTINGS = """
import os

import dj_database_url

from {module} import *

DEBUG = False
SECRET_KEY = "only-for-measuring"
ALLOWED_HOSTS = ["127.0.0.1"]
DATABASES = {{"default": dj_database_url.parse(os.environ["DATABASE_URL"], conn_max_age=60, conn_health_checks=True)}}
STORAGES = {{**STORAGES, "staticfiles": {{"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}}}}
STATIC_ROOT = {folder!r} + "/static"
MEDIA_ROOT = {folder!r} + "/media"
SECURE_SSL_REDIRECT = False
LOGGING = {{"version": 1, "disable_existing_loggers": False}}
"""


@dataclass(frozen=True)
class Answer:
    """What a server says, with the headers that belong to the bytes."""

    body: bytes
    headers: dict[str, str]

    @classmethod
    def of(cls, address: str, headers: Mapping[str, str] = BROWSER) -> "Answer":
        with urllib.request.urlopen(urllib.request.Request(address, headers=dict(headers))) as answer:  # noqa: S310 (our own server)
            said = {name: answer.headers[name] for name in ("Content-Type", "Content-Encoding") if answer.headers[name]}
            return cls(answer.read(), said)


@contextmanager
def bare_view(bench: Bench, answers: Mapping[str, Answer]) -> Iterator[Server]:
    """At /NAME each of the answers."""
    folder = bench.folder / "bare"
    folder.mkdir()
    for name, answer in answers.items():
        (folder / name).write_bytes(answer.body)
    (folder / "answers.json").write_text(json.dumps({name: answer.headers for name, answer in answers.items()}))
    (folder / "bare.py").write_text(BARE)
    with bench.gunicorn("bare view", "bare:application", cwd=folder, ready=f"/{next(iter(answers))}") as server:
        yield server


# Wagtail sites --------------------------------------------------------------------------------


@contextmanager
def fresh_wagtail(bench: Bench) -> Iterator[Server]:
    """What `wagtail start` makes, under PostgreSQL; its front page is at /."""
    folder = bench.folder / "fresh-site"  # not the name of the project, which `wagtail start` refuses if it is there
    folder.mkdir()
    command = [sys.executable, "-c", "from wagtail.bin.wagtail import main; main()", "start", "fresh", str(folder)]
    subprocess.run(command, cwd=bench.folder, env=bench.environment, check=True, capture_output=True)  # noqa: S603 (our own command)
    with wagtail_site(bench, "fresh", folder, "fresh.settings.base", "fresh", sys.executable) as server:
        yield server


@contextmanager
def bakerydemo(bench: Bench, checkout: Path) -> Iterator[Server]:
    """A checkout of bakerydemo, with its own data; by its own Python if it has a .venv."""
    own = checkout / ".venv" / "bin" / "python"
    python = str(own) if own.exists() else sys.executable
    copy = bench.folder / "bakerydemo"
    shutil.copytree(checkout, copy, ignore=shutil.ignore_patterns(".venv", ".git", "node_modules"))
    load = ["load_initial_data"]
    with wagtail_site(bench, "bakerydemo", copy, "bakerydemo.settings.base", "bakerydemo", python, load) as server:
        yield server


@contextmanager
def wagtail_site(
    bench: Bench, name: str, folder: Path, module: str, package: str, python: str, load: list[str] | None = None
) -> Iterator[Server]:
    """Migrated, loaded, served as the portal is: without DEBUG, with connections that are kept."""
    settings = "settings_for_measuring"
    (folder / f"{settings}.py").write_text(SETTINGS.format(module=module, folder=str(folder)))
    environment = {
        "DATABASE_URL": new_database(name),
        "DJANGO_SETTINGS_MODULE": settings,
        "PYTHONPATH": str(folder),
    }
    for command in (["migrate", "--verbosity=0"], load, ["collectstatic", "--noinput", "--verbosity=0"]):
        if command:
            done = subprocess.run(  # noqa: S603 (their own commands)
                [python, "manage.py", *command],
                cwd=folder,
                env=bench.environment | environment,
                capture_output=True,
                text=True,
                check=False,
            )
            if done.returncode:
                raise Unusable(f"{name}: manage.py {command[0]} fails with {python}:\n{done.stderr[-1500:]}")
    with bench.gunicorn(name, f"{package}.wsgi:application", cwd=folder, python=python, **environment) as server:
        yield server


class Unusable(Exception):
    """A checkout that cannot be served here."""


BAKERY = {  # pages of bakerydemo’s own data
    "front page": "/",
    "article": "/blog/wild-yeast/",
    "list of articles": "/blog/",
    "bread": "/breads/anadama-bread/",
    "search": "/search/?q=bread",
}


# nginx ----------------------------------------------------------------------------------------


NGINX = """
{user}
daemon off;
worker_processes {workers};
pid {folder}/nginx.pid;
error_log {folder}/error.log error;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on;
    default_type text/html;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {zone}
    server {{
        listen 127.0.0.1:{files};
        root {folder}/files;
    }}
    server {{
        listen 127.0.0.1:{front};
        location / {{
            proxy_pass {origin};
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-Proto $scheme;
            {directives}
        }}
    }}
}}
"""


def documented_cache() -> list[str]:
    """The lines of `deploy/nginx.conf` that say how pages are kept."""
    return cache_lines((ROOT / "deploy" / "nginx.conf").read_text())


def cache_lines(text: str) -> list[str]:
    return [
        line.strip()
        for line in re.findall(
            r"^\s*(?:proxy_(?:cache\w*|no_cache|ignore_headers)|open_file_cache)\s[^;]*;", text, re.MULTILINE
        )
    ]


def nginx_configuration(folder: Path, origin: str, *, files: int, front: int, cache: list[str]) -> str:
    """Files at one port, the portal behind its cache at the other."""
    zones = [
        re.sub(r"proxy_cache_path\s+\S+", f"proxy_cache_path {folder}/cache", line) for line in cache if "_path" in line
    ]
    directives = [line for line in cache if "_path" not in line]
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is nobody else's
    return NGINX.format(
        user=user,
        workers=WORKERS,
        folder=folder,
        origin=origin,
        files=files,
        front=front,
        zone=textwrap.indent("\n".join(zones), "    ").strip(),
        directives=textwrap.indent("\n".join(directives), " " * 12).strip(),
    )


@contextmanager
def nginx(bench: Bench, origin: str, answers: Mapping[str, Answer]) -> Iterator[tuple[Server, Server]]:
    """(files at /NAME with the bytes of the answers, what is at `origin` through the documented cache)."""
    folder = bench.folder / "nginx"
    (folder / "files").mkdir(parents=True)
    for name, answer in answers.items():
        (folder / "files" / name).write_bytes(answer.body)
    files, front = free_port(), free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(nginx_configuration(folder, origin, files=files, front=front, cache=documented_cache()))
    command = ["nginx", "-e", str(folder / "error.log"), "-c", str(configuration)]
    log = bench.folder / "nginx.log"
    ready = f"/{next(iter(answers))}"
    with serving("nginx, files", command, files, cwd=folder, log=log, env=bench.environment, ready=ready) as server:
        yield server, Server("through nginx", front, server.pid)


def has_nginx() -> bool:
    return shutil.which("nginx") is not None
