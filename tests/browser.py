"""What the journeys in Chromium share: a browser, a context that writes down what goes wrong, and names as they are said."""

import re
from contextlib import contextmanager
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from django.db import connections
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext
from django.utils.translation.trans_real import DjangoTranslation
from playwright.sync_api import expect, sync_playwright


TIMEOUT = 60_000  # a busy machine is slow, not wrong
PHONE, DESK = {"width": 375, "height": 812}, {"width": 1280, "height": 900}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
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
# The admin saves by itself while somebody writes, and hears 400 as long as the form is not complete. Whoever presses
# the button of a form that somebody else has saved meanwhile is asked with a page that is a 409.
AUTOSAVE = re.compile(r"/admin/pages/(add/\w+/\w+/\d+|\d+/edit)/$")
# The translators' workbench hears 422 where it is to show an error, 409 where somebody else was faster.
WORKBENCH = re.compile(r"/admin/translations/\d+/[\w-]+/save/$")
# The list before publishing hears 422 where a tick has no reason.
CHECKLIST = re.compile(r"/admin/checklist/\d+/$")


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
        path, status = urlsplit(url).path, message.text.partition("status of ")[2][:3]
        is_answer = (
            (status in {"400", "409"} and AUTOSAVE.search(path))
            or (status in {"409", "422"} and WORKBENCH.search(path))
            or (status == "422" and CHECKLIST.search(path))
            or status == "410"  # a page that was withdrawn
        )
        is_finding = message.text.startswith("axe.run results")  # Wagtail's checks say there too what they found
        if message.type == "error" and not (is_answer or is_finding):
            problems.append(f"console: {message.text} ({url})")

    def on_request(request):
        if not request.url.startswith((f"{origin}/", "data:", "blob:", "about:")):
            problems.append(f"request to another site: {request.url}")

    context.on("console", on_console)
    context.on("weberror", lambda error: problems.append(f"script: {error.error}"))
    context.on("request", on_request)
    return context, problems


@contextmanager
def sending(page):
    """Until the form that is sent within has been answered.

    Not `page.expect_navigation()`: the first autosave of a new page changes the address too, and has an earlier text. And
    when the answer has come, the page that sent the form is still there for a moment, with its buttons.
    """
    page.evaluate("document.documentElement.dataset.sent = ''")
    with page.expect_response(lambda answer: _is_form(answer.request)):
        yield
    expect(page.locator("html[data-sent]")).to_have_count(0)
    page.wait_for_load_state("domcontentloaded")


def _is_form(request):
    return request.method == "POST" and request.is_navigation_request()


def is_autosave(request):
    """Whether it is what the form of a page sends by itself."""
    is_sent = request.method == "POST" and not request.is_navigation_request()
    return is_sent and bool(AUTOSAVE.search(urlsplit(request.url).path))


class Names:
    """What things are called in a language of the interface: `names("Save draft")`, `names("Search", "portal")`."""

    def __init__(self, code):
        self.code = code
        self.scripts = DjangoTranslation(code, domain="djangojs")  # what Wagtail's scripts say

    def __call__(self, message, context=""):
        with translation.override(self.code):
            said = pgettext(context, message) if context else gettext(message)
        return self.scripts.gettext(message) if said == message and not context else said

    def label(self, message):
        """As the label of a field, which may be marked as required."""
        return re.compile(rf"^{re.escape(capfirst(self(message)))}\s?\*?$")


def overflow(page):
    """How many pixels the page is wider than the window."""
    return page.evaluate("Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)")


def barriers(page, only, inside="html"):
    """What axe-core finds on the page, in words; `only` are rules, or tags of rules; `inside` is a selector."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(AXE_SCRIPT)
    # What it would fetch of style sheets matters to one rule alone, about turned screens.
    results = page.evaluate(
        "([inside, only, preload]) => axe.run(inside, {runOnly: only, resultTypes: ['violations'], preload})",
        [inside, only, "wcag21aa" in only],
    )
    return [
        f"{page.url}: {found['id']}: {node['html'][:120]}: {node['failureSummary']}"
        for found in results["violations"]
        for node in found["nodes"]
    ]


class Reader:
    """Somebody who follows links; each page seen must fit a phone and a desk."""

    def __init__(self, page):
        self.page = page
        self.main, self.article = page.get_by_role("main"), page.get_by_role("article").first
        self.sections = page.locator("header").get_by_role("navigation").last

    def languages(self, code):
        return self.page.get_by_role("navigation", name=Names(code)("Languages"))

    def opens(self, path):
        assert self.page.goto(path).status == 200

    def follows(self, name, inside):
        inside.get_by_role("link", name=name, exact=isinstance(name, str)).first.click()

    def sees(self, heading, *, url="/", lang="zh-Hans", main_lang=None, text=""):
        """The page has arrived, says what it should in the language it should, and is nowhere too wide."""
        expect(self.page).to_have_url(re.compile(rf"^http://[^/]+{re.escape(url)}$"))
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.page.locator("html")).to_have_attribute("lang", lang)
        expect(self.main).to_have_attribute("lang", main_lang or lang)
        expect(self.main).to_contain_text(text)
        for size in (DESK, PHONE):
            self.page.set_viewport_size(size)
            assert overflow(self.page) == 0, f"{url} at {size['width']} px"

    def is_told_that_it_is_chinese(self, told):
        notice = self.page.get_by_text(Names("en")("This page has not been translated yet. It is shown in Chinese."))
        expect(notice).to_have_count(int(told))
        expect(self.page.locator('meta[name="robots"][content*="noindex"]')).to_have_count(int(told))
