"""Tables for download: what is written, and what no spreadsheet takes for a formula."""

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from core.open_data.spreadsheets import FORMULA, Table, csv_bytes, fingerprint, neutral, xlsx_bytes


FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =cmd|' /C calc'!A0",
    "＝1+1",
    "\n@x",
    "＠SUM(A1)",
    "\u3000＠x",
    "＋1",
    "－1",
]


def read_csv(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_sheet(content):
    return list(load_workbook(io.BytesIO(content)).worksheets[0].iter_rows())


@pytest.mark.parametrize("text", FORMULAS)
def test_a_text_that_could_be_a_formula_is_a_text_for_people_and_itself_for_programs(text):
    table = Table("t", ["name"], [[text]])
    assert neutral(text) == f"'{text}"
    assert read_csv(csv_bytes(table))[1] == [text]
    cell = read_sheet(xlsx_bytes([table]))[1][0]
    assert cell.data_type == "s"
    assert cell.quotePrefix
    assert cell.value.strip() == text.strip()


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_whatever_is_written_comes_back_and_never_begins_a_formula(text):
    written = neutral(text)
    assert not FORMULA.match(written)
    assert written.removeprefix("'") == text.removeprefix("'")


def test_numbers_stay_numbers_and_are_written_plainly():
    row = [Decimal("-5.2500"), Decimal("137000000.0000"), date(2023, 9, 1), True, None, 7]
    content = csv_bytes(Table("t", list("abcdef"), [row]))
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"-5.25,137000000,2023-09-01,true,,7\r\n")
    cells = read_sheet(xlsx_bytes([Table("t", list("abcdef"), [row])]))[1]
    assert [cell.data_type for cell in cells[:2]] == ["n", "n"]
    assert cells[1].value == 137000000


def test_a_number_with_more_digits_than_a_spreadsheet_holds_is_a_text():
    row = [Decimal("1234567890123456.7890")]
    assert read_sheet(xlsx_bytes([Table("t", ["a"], [row])]))[1][0].value == "1234567890123456.789"


def test_characters_that_a_workbook_cannot_hold_are_left_out():
    assert read_sheet(xlsx_bytes([Table("a:b/c", ["x"], [["a\x0bb"]])]))[1][0].value == "ab"


def test_a_cell_without_text_is_empty():
    rows = read_sheet(xlsx_bytes([Table("t", ["a", "b", "c"], [["", "\x0b", "x"]])]))
    assert [cell.data_type for cell in rows[1]] == ["n", "n", "s"]
    assert [cell.value for cell in rows[1]] == [None, None, "x"]


def test_the_fingerprint_follows_the_content():
    one, same, other = (Table("t", ["a"], [[text]]) for text in "xxy")
    assert fingerprint([one]) == fingerprint([same]) != fingerprint([other])
