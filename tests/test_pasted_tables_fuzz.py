"""Whatever is pasted as a table, in Chromium: the reader of tables ends, with texts in rows and within its bounds."""

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as st

from core.tests.fuzzing import examples

from .browser import launched


pytestmark = pytest.mark.browser

MOST = {"rows": 200, "columns": 30}
READ = """([html, text]) => {
  const given = { "text/html": html, "text/plain": text };
  return window.portalPastedTables.cellsOf({ getData: (kind) => given[kind] });
}"""
HTML = st.sampled_from([
    *("<table>", "</table>", "<tr>", "</tr>", "<td>", "<th>", "</td>", "<tbody>", "<caption>", "<p>", "<br>", "<li>", "<!--"),
    *('<td rowspan="3">', '<td colspan="65535">', '<td rowspan="0" colspan="-1">', '<td colspan="x" rowspan="99999">'),
    *("<script>window.ran = 1</script>", "<img src=x onerror='window.ran = 1'>", "<table><tr><td>1<td>2", "字", " ", "\0"),
    *("<tr><td>" * 300, "<td>" * 100, "<table><tr><td>" * 60),
])  # fmt: skip
TEXT = st.sampled_from(
    ["\t", "\n", "\r\n", "\r", '"', '""', '"a\n', "字", " ", "1", "\t" * 100, "\n" * 500, '"' * 3000, "a\t" * 3000]
)


@pytest.fixture(scope="module")
def page(chromium):
    with launched(chromium) as browser:
        page = browser.new_page()
        page.set_content("<!doctype html><p></p>")
        page.add_script_tag(path=settings.BASE_DIR / "static/js/admin/pasted-tables.js")
        yield page


@given(st.lists(HTML, max_size=12).map("".join), st.lists(TEXT, max_size=8).map("".join))
@tried(max_examples=examples(15))
def test_whatever_is_pasted_is_read_within_bounds(page, html, text):
    grid = page.evaluate(READ, [html, text]) or []
    assert len(grid) <= MOST["rows"]
    assert all(len(cells) <= MOST["columns"] for cells in grid)
    assert all(isinstance(cell, str) and cell == cell.strip() for cells in grid for cell in cells)
    assert page.evaluate("() => window.ran") is None
