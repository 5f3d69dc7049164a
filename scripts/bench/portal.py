"""The database with the demo, and gunicorn with the portal."""

import io
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from .machine import ROOT, say
from .processes import Server, free_port, processes, serving


WORKERS, THREADS = 2, 4
BROWSER = {"Accept-Encoding": "gzip, deflate, br"}  # what a browser says: it gets pages as they are kept, compressed


@dataclass
class Bench:
    """One run: what was asked for, and a folder for what is made."""

    options: Namespace
    folder: Path
    database_process: int | None = None  # the process above all of PostgreSQL's
    database_version: str = ""

    @property
    def environment(self) -> dict[str, str]:
        return os.environ | {"PYTHONPATH": "", "PYTHONWARNINGS": ""}

    @contextmanager
    def gunicorn(
        self,
        name: str,
        application: str,
        *options: str,
        cwd: Path = ROOT,
        ready: str = "/",
        workers: int = WORKERS,
        python: str = sys.executable,
        **environment: str,
    ) -> Iterator[Server]:
        """gthread, as in docs/operations.md: the same for the portal and for what it is compared with."""
        port = free_port()
        amount = ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(THREADS)]
        command = [python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}", *amount]
        command += ["--timeout", "60", "--no-control-socket", "--log-level", "error", *options]
        log = self.folder / f"{name.replace(' ', '-')}.log"
        with serving(name, command, port, cwd=cwd, log=log, env=self.environment | environment, ready=ready) as server:
            yield server

    @contextmanager
    def portal(
        self, *, page_cache: bool, workers: int = WORKERS, name: str = "", database: str = ""
    ) -> Iterator[Server]:
        """`database`: the address of another one than that of this run."""
        name = name or f"portal with{'' if page_cache else 'out'} cache"
        with self.gunicorn(
            name,
            "eduportal.wsgi:application",
            "--config",
            "python:eduportal.serving",
            ready="/-/ready",
            workers=workers,
            PAGE_CACHE="on" if page_cache else "off",
            DATABASE_URL=database or os.environ["DATABASE_URL"],
        ) as server:
            yield server


def prepared(options: Namespace, folder: Path) -> Bench:
    """The demo in the database of DATABASE_URL, which has to be PostgreSQL; Django is set up afterwards."""
    os.environ |= settings_for(folder)
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    say("Making the demo …")
    for command in ("migrate", "sync_roles", "seed_demo", "sync_roles"):
        call_command(command, verbosity=0, stdout=io.StringIO())
    call_command("collectstatic", interactive=False, verbosity=0)
    vacuum()
    return Bench(options, folder, database_process(connection), str(connection.pg_version))


def settings_for(folder: Path) -> dict[str, str]:
    return {
        "DJANGO_SETTINGS_MODULE": "eduportal.settings.local",
        "SECRET_KEY": "only-for-measuring-" + "0123456789" * 4,
        "MEDIA_ROOT": str(folder / "media"),
        "REDIS_URL": "",
    }


def database_process(connection) -> int | None:
    """The process above all of the server's, if it runs on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        own = processes().get(cursor.fetchone()[0])
    return own.parent if own else None


def vacuum() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def new_database(name: str, template: str = "template1") -> str:
    """The address of a database on the same server: an empty one, or a copy of one that nobody else is connected to."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return beside(os.environ["DATABASE_URL"], name)


def copy_of_database(name: str) -> str:
    """The address of a copy of the database of this run, as it is now."""
    from django.db import connection

    return new_database(name, connection.settings_dict["NAME"])


def beside(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
