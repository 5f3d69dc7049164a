"""The bar of special characters for the fields of the workbench, in Chromium: from the keyboard alone, and undone as typed.

The field is on a page of its own, with the scripts of the workbench.
"""

import pytest
from django.conf import settings
from django.template.loader import render_to_string

from languages.desk.special_characters import groups

from .browser import launched


pytestmark = pytest.mark.browser

SCRIPTS = [settings.BASE_DIR / "static/js/admin" / f"desk-{name}.js" for name in ("text", "characters")]
PAGE = """<!doctype html><meta charset="utf-8"><style>[data-field] {{ white-space: pre-wrap }}</style>
<div data-desk><ol class="desk-rows"><li data-row data-format="html"><div contenteditable="true" data-field>{html}</div>
</li></ol>{bar}</div>"""
BEGIN = """() => {
  window.row = document.querySelector("[data-row]");
  const desk = document.querySelector("[data-desk]"), characters = window.deskCharacters(desk);
  window.heard = 0;
  desk.addEventListener("input", () => (window.heard += 1));
  desk.addEventListener("mousedown", (event) => event.target.closest("[data-character]") && event.preventDefault());
  desk.addEventListener("click", (event) => event.target.dataset.character && characters.insert(window.row, event.target));
  document.querySelector("[data-field]").focus();
  characters.follow(window.row);
}"""
LINK = '<span class="desk-chip" data-chip="a1" data-tag="a">site</span>'
NARROW, NO_BREAK = "\u202f", "\u00a0"


@pytest.fixture
def field(chromium):
    with launched(chromium) as browser:
        page = browser.new_page()

        def opened(html, language="fr"):
            context = {"characters": groups(language), "tag": language}
            page.set_content(
                PAGE.format(html=html, bar=render_to_string("languages/admin/workbench_characters.html", context))
            )
            for script in SCRIPTS:
                page.add_script_tag(path=script)
            page.evaluate(BEGIN)
            return page

        yield opened


def written(page):
    return page.evaluate("() => window.deskText.written(window.row)")


def keys(page, *names):
    for name in names:
        page.keyboard.press(name)


def test_the_keyboard_puts_characters_in_and_takes_them_out(field):
    page = field("Quoi")
    keys(page, "End", "Tab", "Enter")  # one stop of the tabulator, or Alt+S: at the first button
    page.keyboard.type("?")
    assert written(page) == f"Quoi{NARROW}?"
    assert page.evaluate("() => window.heard") == 2  # the desk saves what it hears of
    keys(page, "Tab", "End", "ArrowRight", "ArrowRight", "Enter")  # from the last one around to the second
    assert written(page) == f"Quoi{NARROW}?{NO_BREAK}"
    keys(page, "Control+z")
    assert written(page) == f"Quoi{NARROW}?"
    keys(page, "Tab", "Escape")
    assert page.evaluate("() => document.activeElement.matches('[data-field]')")


def test_the_caret_is_kept_though_the_field_is_left_as_soon_as_it_is_typed_in(field):
    """The browser tells of a new selection only later: a quick writer's character once stood before the last one."""
    page = field("Quoi")
    keys(page, "End")
    page.evaluate("""() => {
      document.execCommand("insertText", false, "?");
      const button = document.querySelector("[data-character]");
      button.focus();
      button.click();
    }""")
    assert written(page) == f"Quoi?{NARROW}"


def test_quotation_marks_go_around_what_is_selected_and_links_stay(field):
    page = field(f"Le {LINK} dit")
    keys(page, "Control+a")
    page.get_by_role("button", name=str(groups("fr")[1][1][0].name), exact=True).click()
    page.keyboard.type("!")
    assert written(page) == f'«{NO_BREAK}Le <a id="a1">site</a> dit{NO_BREAK}»!'


def test_quotation_marks_around_nothing_are_written_into(field):
    page = field("")
    page.get_by_role("button", name=str(groups("fr")[1][1][0].name), exact=True).click()
    page.keyboard.type("mot")
    assert written(page) == f"«{NO_BREAK}mot{NO_BREAK}»"


def test_blanks_that_do_not_break_can_be_seen(field):
    page = field(f"Quoi{NARROW}? «{NO_BREAK}")
    painted = "() => CSS.highlights.get('no-break').size"
    assert page.evaluate(painted) == 2
    keys(page, "End")
    page.keyboard.insert_text(NO_BREAK)
    page.wait_for_function("() => CSS.highlights.get('no-break').size === 3")
