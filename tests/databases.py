"""The databases of the tests: where several processes run them, the first migrates its own, and the others copy that."""

import fcntl
import os
import shutil
from contextlib import contextmanager

from django.db import connection


@contextmanager
def shared(folder, unblocked):
    """Django makes the test database of this process inside. All processes of the run name the same folder; `unblocked` lets
    this one use databases at its end."""
    template = TEMPLATES[connection.vendor](folder)
    creation = connection.creation
    make = creation.create_test_db
    kept = False

    def create_test_db(*args, keepdb=False, **options):
        nonlocal kept
        if keepdb:  # it is there already
            return make(*args, keepdb=True, **options)
        with locked(folder):
            if template.exists():
                template.use()
                return make(*args, **options)  # finds nothing to migrate
            name = make(*args, **options)
            connection.close()
            template.keep(name)
            kept = True
            return name

    creation.create_test_db = create_test_db
    yield
    if kept:
        with locked(folder), unblocked():
            template.drop()


@contextmanager
def locked(folder):
    with (folder / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


class File:
    """Of SQLite."""

    def __init__(self, folder):
        self.path = folder / "template.sqlite3"

    def exists(self):
        return self.path.exists()

    def keep(self, name):
        shutil.copyfile(name, self.path)

    def use(self):
        creation = connection.creation
        make = creation._create_test_db

        def copied(*args, **options):
            name = make(*args, **options)
            shutil.copyfile(self.path, name)
            return name

        creation._create_test_db = copied

    def drop(self):
        self.path.unlink()


class Database:
    """Of PostgreSQL, on the same server."""

    def __init__(self, folder):
        self.name = f"template_{os.environ['PYTEST_XDIST_TESTRUNUID']}"
        self.quoted = connection.ops.quote_name(self.name)

    def exists(self):
        with connection._nodb_cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [self.name])
            return cursor.fetchone() is not None

    def keep(self, name):
        self._run(f"CREATE DATABASE {self.quoted} TEMPLATE {connection.ops.quote_name(name)}")

    def use(self):
        connection.settings_dict["TEST"]["TEMPLATE"] = self.name

    def drop(self):
        self._run(f"DROP DATABASE {self.quoted}")

    def _run(self, statement):
        with connection._nodb_cursor() as cursor:
            cursor.execute(statement)


TEMPLATES = {"sqlite": File, "postgresql": Database}
