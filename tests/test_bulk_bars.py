"""What can be done with the rows that are ticked is in sight, in Chromium: in Wagtail's lists and in that of translations.

The pages are the admin's own, with its scripts and style sheets, and have more rows than a window holds.
"""

from functools import partial
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse

from core.models import User
from languages.models import Term

from .browser import DESK, PHONE, launched
from .desk import story_of, take_up


pytestmark = [pytest.mark.browser, pytest.mark.django_db]

ORIGIN = "http://admin.test"
MORE_ROWS = """() => {
  const row = document.querySelector("tbody tr:has(input[type=checkbox])");
  for (let number = 0; number < 60; number += 1) row.after(row.cloneNode(true));
}"""
ALL_IN_SIGHT = """(bar) => [...document.querySelectorAll(`${bar} :is(button, a.button)`)].every((button) => {
  const { x, y, width, height } = button.getBoundingClientRect();
  return button.contains(document.elementFromPoint(x + width / 2, y + height / 2));
})"""


@pytest.fixture
def listings(client):
    """(HTML, its bar) of both lists."""
    client.force_login(User.objects.create_superuser("admin", "a@example.org", "x"))
    take_up()
    story_of()
    Term.objects.create(source="学区")
    glossary, matrix = (
        client.get(reverse(name)) for name in (Term.snippet_viewset.get_url_name("list"), "languages_matrix")
    )
    return [(glossary.content.decode(), ".bulk-actions-choices"), (matrix.content.decode(), ".desk-bulk-acts")]


def answer(html, route):
    """The page itself, and the static files that it names; nothing else."""
    path = urlsplit(route.request.url).path
    file = path.startswith(settings.STATIC_URL) and finders.find(path.removeprefix(settings.STATIC_URL))
    if path == "/":
        route.fulfill(body=html, content_type="text/html; charset=utf-8")
    elif file:
        route.fulfill(path=file)
    else:
        route.abort()


def test_the_bar_is_in_sight_as_soon_as_something_is_ticked(listings, chromium):
    with launched(chromium) as browser:
        for html, bar in listings:
            page = browser.new_page(base_url=ORIGIN)
            page.route("**/*", partial(answer, html))
            page.goto("/")
            page.evaluate(MORE_ROWS)
            page.locator("tbody input[type=checkbox]").first.check()
            assert page.locator(f"{bar} :is(button, a.button)").count()
            for size in (PHONE, {"width": 768, "height": 900}, DESK):
                page.set_viewport_size(size)
                page.wait_for_function(ALL_IN_SIGHT, arg=bar)  # it slides in
