"""People at the translators' workbench, in Chromium."""

import re

from django.urls import reverse
from playwright.sync_api import expect

from core.languages import SOURCE

from .browser import DESK, WCAG, Names, barriers


NAMES = Names(SOURCE)


class Person:
    """Somebody who is logged in, in a window of their own."""

    def __init__(self, visit, name):
        self.page = visit(viewport=DESK, locale="zh-CN")
        self.page.goto("/admin/")
        self.page.get_by_role("textbox", name=NAMES.label("Username")).fill(name)
        self.page.locator("input[type=password]").fill("secret")
        self.presses("Sign in")
        self.page.wait_for_url("**/admin/")

    def presses(self, message, context="", inside=None):
        (inside or self.page).get_by_role("button", name=NAMES(message, context), exact=True).click()

    def is_told(self, words):
        expect(self.page.locator(".messages")).to_contain_text(words)

    def publishes_all_the_same(self, *cited):
        """Is warned of what is cited and not translated, looks at all of it, and goes on."""
        self.presses("Publish translation")
        expect(self.page.get_by_role("alert")).to_contain_text(cited[0])
        self.page.locator("details.desk-cites > summary").click()
        expect(self.page.locator(".desk-cited li > :first-child")).to_have_text(cited)
        assert barriers(self.page, WCAG, inside=".desk") == []
        self.presses("Publish all the same")

    def does_with_french(self, act, context=""):
        self.page.goto(reverse("languages_overview"))
        french = self.page.get_by_role("listitem").filter(has=self.page.get_by_role("heading", name="Français"))
        with self.page.expect_navigation():
            self.presses(act, context, inside=french)
        self.is_told("Français")

    def reads(self, path):
        return self.page.request.get(path).text()

    def status(self, path):
        return self.page.request.get(path).status


class Translator(Person):
    """At the workbench, from the keyboard."""

    def opens_the_story(self, title):
        self.page.goto(reverse("languages_matrix"))
        assert barriers(self.page, WCAG, inside=".desk-bulk") == []
        self.page.get_by_role("link", name=re.compile(f"Français: {title},")).click()

    @property
    def fields(self):
        return self.page.locator("[data-field]")

    @property
    def row(self):
        return self.page.locator(".desk-row--current")

    def keys(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)

    def types(self, text):
        self.page.keyboard.insert_text(text)

    def is_at(self, chinese):
        expect(self.row.locator("[data-source]")).to_have_text(chinese)
        expect(self.row.locator("[data-field]")).to_be_focused()

    def goes_to(self, chinese):
        """To the field of a segment, with the tabulator."""
        here = self.page.locator("[data-row]").filter(has_text=chinese).locator("[data-field]")
        while not here.evaluate("field => field === document.activeElement"):
            self.keys("Tab")
        self.is_at(chinese)

    def inserts(self, name):
        """Puts a link or token of the segment where the caret is."""
        button = self.row.locator("[data-insert]").filter(has_text=name)
        while not button.evaluate("button => button === document.activeElement"):
            self.keys("Tab")
        self.keys("Enter")
        expect(self.row.locator("[data-field]")).to_be_focused()

    def statuses(self):
        return [row.get_attribute("data-standing") for row in self.page.locator("[data-row]").all()]
