"""What holds for every test of the project."""

import gc
import os
import shutil

import pytest
from django.core.cache import cache
from django.db import transaction
from hypothesis import settings as hypothesis_settings
from xdist.scheduler import LoadScopeScheduling

from core.caching.kept import forget_all
from core.publishing import checklist
from core.queries import prepared
from core.tests.fuzzing import examples
from tests import initial_data
from tests.databases import shared


gc.disable()  # see `pytest_sessionstart`

# A busy machine is no fault of the code: how long it may take is bounded by what it does, not by the clock.
hypothesis_settings.register_profile("portal", deadline=None, max_examples=examples(50))
hypothesis_settings.load_profile("portal")

IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}
LONGEST = (
    "demo",
    "tests/test_who_sees_what.py",
    "tests/test_admin_matrix.py",
    "tests/test_cached_walk.py",
    "tests/test_admin_chinese.py",
    "tests/test_accessibility.py",
    "tests/test_translator_journey.py",
)  # groups of tests
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _chromium():
    names = filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES))
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium():
    """The path of the machine's Chromium, for Playwright's `executable_path`."""
    return _chromium()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker, tmp_path_factory):
    """Processes of one run copy the database of the first one, which has migrated it."""
    initial_data.install()
    if "PYTEST_XDIST_WORKER" not in os.environ:
        yield
        return
    with shared(tmp_path_factory.getbasetemp().parent, django_db_blocker.unblock):
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """Wagtail keeps sites and renditions in the cache by their keys, which start again with every test; so do the numbers
    of the content stamp, and the keys of content types, which queries that are built once may hold."""
    cache.clear()
    forget_all()
    prepared.forget_prepared()


@pytest.fixture
def figures_may_be_hidden(monkeypatch):
    """Nobody is kept from publishing what cites figures that readers do not see: for tests of what readers see of it."""
    kept = [each for each in checklist._checks if each.name != "metrics.hidden-figures"]
    monkeypatch.setattr(checklist, "_checks", kept)


@pytest.fixture(scope="module")
def lasting(django_db_setup, django_db_blocker):
    """For fixtures of a whole file: what they store stays until its last test, and is undone then."""
    block = transaction.atomic()
    block._from_testcase = True  # what is done in it one after the other are transactions, as in a test
    with django_db_blocker.unblock(), block:
        yield
        transaction.set_rollback(True)


# Modules stay until the end: looking through them for garbage, again and again, would take a twentieth of the time.


def pytest_sessionstart():
    gc.freeze()
    gc.enable()


def pytest_collection_finish():
    gc.freeze()


def _uses_database(item):
    return (
        item.get_closest_marker("django_db")
        or item.get_closest_marker("browser")  # scripts/test.sh runs those on one database alone
        or {"db", "transactional_db"} & set(item.fixturenames)
    )


def _is_said_once(item):
    """Whether PostgreSQL would most likely only say again what SQLite has said: what the files marked `once` hold."""
    return item.get_closest_marker("once")


def pytest_collection_modifyitems(config, items):
    """Leave out the tests of the other database; prepare for, or skip, those that need a browser.

    PostgreSQL comes second (scripts/test.sh): what touches no database, or is about words and markup, would say the
    same again. EVERY_TEST=1 runs those there too.
    """
    from django.db import connection

    if connection.vendor == "postgresql":
        elsewhere = [item for item in items if item.get_closest_marker("sqlite") or not _uses_database(item)]
        if not os.environ.get("EVERY_TEST"):
            elsewhere += [item for item in items if item not in elsewhere and _is_said_once(item)]
    else:
        elsewhere = [item for item in items if item.get_closest_marker("postgres")]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        left_out = set(map(id, elsewhere))
        items[:] = [item for item in items if id(item) not in left_out]
    by_themselves = {_group(item.nodeid) for item in items} - {
        _group(item.nodeid) for item in items if _uses_database(item)
    }
    items.sort(key=lambda item: _place(_group(item.nodeid), by_themselves))
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and _chromium():
        # Playwright's sync API runs an event loop in this thread, and Django would refuse every query.
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    else:
        for item in in_browser:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


class GroupScheduling(LoadScopeScheduling):
    """Each group of tests runs in one process. (pytest-xdist's own `loadgroup` names groups in a way that pytest 9.2 does
    not see.)"""

    def _split_scope(self, nodeid):
        return _group(nodeid)


def pytest_xdist_make_scheduler(config, log):
    return GroupScheduling(config, log)


def _group(nodeid):
    """A file's tests run together, so that what `lasting` makes is made once; and so do all of the demo's, which takes a
    minute to load."""
    path = nodeid.partition("::")[0]
    return "demo" if path.startswith("demo/") else path


def _place(group, by_themselves):
    """The longest groups begin, so that none runs alone at the end. While the first process migrates, others have those
    that need no database."""
    if group in by_themselves:
        return 1
    return LONGEST.index(group) * 2 if group in LONGEST else 2 * len(LONGEST)


# In CI a skipped test is a failure ----------------------------------------------------------


def _skipped(config):
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    return reporter.stats.get("skipped", []) if reporter and IN_CI else []


def pytest_sessionfinish(session, exitstatus):
    if exitstatus == pytest.ExitCode.OK and _skipped(session.config):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter, config):
    skipped = _skipped(config)
    if skipped:
        terminalreporter.section("failed: with CI=true no test may be skipped", red=True)
        for report in skipped:
            reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
            terminalreporter.line(f"{report.nodeid}: {reason}")
