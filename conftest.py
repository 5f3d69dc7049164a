"""What holds for every test of the project."""

import os
import shutil

import pytest


IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def _chromium():
    names = filter(None, (os.environ.get("CHROMIUM"), *CHROMIUM_NAMES))
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def chromium():
    """The path of the machine's Chromium, for Playwright's `executable_path`."""
    return _chromium()


def pytest_collection_modifyitems(config, items):
    """Leave out the tests of the other database; prepare for, or skip, those that need a browser."""
    from django.db import connection

    other = "sqlite" if connection.vendor == "postgresql" else "postgres"
    elsewhere = [item for item in items if item.get_closest_marker(other)]
    if elsewhere:
        config.hook.pytest_deselected(items=elsewhere)
        items[:] = [item for item in items if item not in elsewhere]
    in_browser = [item for item in items if item.get_closest_marker("browser")]
    if in_browser and _chromium():
        # Playwright's sync API runs an event loop in this thread, and Django would refuse every query.
        os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    else:
        for item in in_browser:
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed"))


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
