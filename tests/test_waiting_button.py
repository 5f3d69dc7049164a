"""A button that waits for what is typed, in Chromium: what it says is not in the form before it goes off."""

import pytest
from django.conf import settings

from .browser import launched


pytestmark = pytest.mark.browser

SCRIPT = settings.BASE_DIR / "static/js/admin/autosave.js"
FORM = """
<form><div class="Draftail-Editor"><input name="text"></div>
<button>Save draft</button><button name="action-publish" value="publish">Publish</button></form>
<script>
  window.form = document.querySelector("form");
  window.gone = [];
  window.fields = () => [...new FormData(form).entries()].map(String);
  window.autosave = (end) => form.dispatchEvent(new CustomEvent(`w-autosave:${end}`, {bubbles: true, detail: {}}));
</script>
"""
GOING = """document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) { event.preventDefault(); gone.push(fields()); }
});"""


@pytest.fixture
def form(chromium):
    with launched(chromium) as browser:
        page = browser.new_page()
        page.set_content(FORM)
        page.add_script_tag(path=SCRIPT)
        page.add_script_tag(content=GOING)
        yield page


def presses_publish(page):
    page.locator("input").press_sequentially("a")
    page.evaluate("form.requestSubmit(form.querySelector('[name=action-publish]'))")


def test_who_writes_on_after_the_button_is_waited_for(form):
    presses_publish(form)
    for _key in range(5):
        form.keyboard.press("b")
        form.wait_for_timeout(150)
        assert form.evaluate("fields()") == [f"text,a{'b' * (_key + 1)}"]
    form.wait_for_function("gone.length")
    form.wait_for_timeout(400)
    assert form.evaluate("gone") == [["text,abbbbb", "action-publish,publish"]]


def test_an_autosave_that_begins_meanwhile_does_not_publish(form):
    presses_publish(form)
    form.evaluate("autosave('save')")
    form.wait_for_timeout(400)
    assert form.evaluate("fields()") == ["text,a"]
    form.evaluate("autosave('success')")
    form.wait_for_function("gone.length")
    assert form.evaluate("gone") == [["text,a", "action-publish,publish"]]


def test_the_button_that_was_pressed_last_counts(form):
    presses_publish(form)
    form.evaluate("form.requestSubmit()")
    form.wait_for_function("gone.length")
    form.wait_for_timeout(400)
    assert form.evaluate("gone") == [["text,a"]]
