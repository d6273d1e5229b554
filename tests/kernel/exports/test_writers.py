"""Files that spreadsheets open: no live formula, and a re-import gives the original text back."""

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.exports.actions import export, find, format_of
from kith.kernel.exports.kinds import Asking, ExportKind, Line
from kith.kernel.exports.writers import Format, csv_pieces, jsonl_pieces, xlsx_pieces
from kith.kernel.imports.neutral import is_formula, restore
from kith.kernel.refusals import BadInput, NotAllowed

NASTY = [
    "=1+1",
    "+cmd|'/C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "'=1",
    "''=1",
    "'plain",
]
AT = datetime(2026, 11, 25, 3, tzinfo=UTC)


def sheet(content: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(content)).active


@pytest.mark.parametrize("text", NASTY)
def test_nothing_runs_and_everything_comes_back(text: str) -> None:
    [content] = csv_pieces(("a",), [(text,)])
    assert content.startswith(b"\xef\xbb\xbfa\r\n")
    [_head, [cell]] = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert cell[:1] == "'"
    assert restore(cell) == text
    found = sheet(b"".join(xlsx_pieces(("a",), [(text,)]))).cell(2, 1)
    assert (found.data_type, found.value[:1]) == ("s", "'")
    [line] = jsonl_pieces(("a",), [(text,)])
    written = json.loads(line)["a"]
    assert restore(written) == text
    assert not is_formula(written)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("Cs",), exclude_characters="\0"), max_size=40))
def test_any_text_comes_back_from_csv(text: str) -> None:
    [content] = csv_pieces(("a",), [(text,)])
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    cell = rows[1][0] if len(rows) > 1 and rows[1] else ""
    assert restore(cell) == text


def test_values_keep_their_type_in_a_workbook_and_are_plain_in_csv() -> None:
    row = (date(2026, 2, 28), 7, Decimal("12.5000"), None, True, ["a", "b"], AT)
    columns = ("day", "n", "amount", "none", "yes", "list", "at")
    made = sheet(b"".join(xlsx_pieces(columns, [row])))
    assert [made.cell(2, n).value for n in (1, 2, 3, 4, 5)] == [datetime(2026, 2, 28), 7, "12.5", None, "yes"]  # noqa: DTZ001  (a workbook's day)
    [content] = csv_pieces(columns, [row])
    assert content.decode("utf-8-sig").splitlines()[1] == '2026-02-28,7,12.5,,yes,"a,b",2026-11-25T03:00:00+00:00'


def test_a_character_no_workbook_may_hold_is_left_out() -> None:
    assert sheet(b"".join(xlsx_pieces(("a",), [("a\x01b",)]))).cell(2, 1).value == "ab"


def test_what_looks_like_an_error_is_a_text() -> None:
    found = sheet(b"".join(xlsx_pieces(("a",), [("#N/A",)]))).cell(2, 1)
    assert (found.data_type, found.value) == ("s", "#N/A")


def test_a_large_file_comes_in_pieces() -> None:
    pieces = list(csv_pieces(("a",), (("x" * 100,) for _ in range(5000))))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000


def test_who_may_not_gets_nothing_and_whose_data_went_out_is_told() -> None:
    rows = [Line((n,), n % 3) for n in range(1200)]
    kind = ExportKind("test", "Test", ("n",), lambda asking: asking.holds("hr"), lambda _asking: iter(rows))
    nobody, hr = (Asking(7, frozenset(roles), AT, {}) for roles in ((), ("hr",)))
    with pytest.raises(NotAllowed):
        export(kind=kind, asking=nobody, as_=Format.CSV)
    seen: list[int] = []
    told: list[int] = []
    content = b"".join(export(kind=kind, asking=hr, as_=Format.CSV, seen=seen.extend, progress=told.append))
    assert content.count(b"\r\n") == 1201
    assert sorted(seen) == [0, 1, 2]
    assert told == [500, 1000, 1200]


def test_what_does_not_exist_is_named() -> None:
    with pytest.raises(BadInput, match="people"):
        find("nothing")
    with pytest.raises(BadInput, match="xlsx"):
        format_of("pdf")
