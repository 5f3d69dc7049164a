"""What the journeys in Chromium share: a browser, a context that writes down what goes wrong, and names as they are said."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connections
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext
from playwright.sync_api import expect, sync_playwright


TIMEOUT = 60_000  # a busy machine is slow, not wrong
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
LOCALES = {"zh-hans": "zh-CN", "en": "en-US"}
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# The admin saves by itself while somebody writes, and hears 400 as long as the form is not complete.
AUTOSAVE = re.compile(r"/admin/pages/(add/\w+/\w+/\d+|\d+/edit)/$")


@contextmanager
def launched(executable):
    """A browser for one test, not for several.

    While Playwright runs, this thread has an event loop, and Django then keeps other connections to the database than
    before and after, when the test's own are made and the database is emptied.
    """
    expect.set_options(timeout=TIMEOUT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS, timeout=TIMEOUT)
        try:
            yield browser
        finally:
            browser.close()
            connections.close_all()


def watched(browser, origin, **options):
    """A new context, and the list of what goes wrong in it.

    Wrong are: errors in the console, which refused content (CSP) and failed requests are too; exceptions of scripts;
    and requests to any other site.
    """
    context = browser.new_context(base_url=origin, **options)
    context.set_default_timeout(TIMEOUT)
    problems = []

    def on_console(message):
        url = message.location["url"]
        incomplete = "status of 400" in message.text and AUTOSAVE.search(urlsplit(url).path)
        if message.type == "error" and not incomplete:
            problems.append(f"console: {message.text} ({url})")

    def on_request(request):
        if not request.url.startswith((f"{origin}/", "data:", "blob:", "about:")):
            problems.append(f"request to another site: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on("request", on_request)
    return context, problems


class Names:
    """What things are called in a language of the interface: `names("Save draft")`."""

    def __init__(self, code):
        self.code = code

    def __call__(self, message):
        with translation.override(self.code):
            return gettext(message)

    def label(self, message):
        """As the label of a field, which may be marked as required."""
        return re.compile(rf"^{re.escape(capfirst(self(message)))}\s?\*?$")


def overflow(page):
    """How many pixels the page is wider than the window."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")
