"""Readers: any dialect, any fault; a bad row is explained, never a crash."""

import csv
import io
import json
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.kernel.imports.dialects import Dialect, find_delimiter, find_encoding
from kith.kernel.imports.readers import read
from kith.kernel.imports.rows import MOST_CELL, Row
from kith.kernel.refusals import BadInput

SMALL = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
CELL = st.text(st.characters(blacklist_categories=("Cs",), blacklist_characters="\0"), max_size=12)


def file(tmp_path: Path, content: bytes | str, name: str = "people.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def cells(path: Path, dialect: Dialect | None = None, columns: tuple[str, ...] = ()) -> list[dict[str, object]]:
    rows = list(read(path, dialect=dialect, columns=columns))
    assert [row.problem for row in rows if row.problem] == []
    return [row.cells for row in rows]


def problems(path: Path, dialect: Dialect | None = None) -> dict[int, str]:
    return {row.line: row.problem for row in read(path, dialect=dialect) if row.problem}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_vietnamese_and_chinese_are_read_in_every_unicode_encoding(tmp_path: Path, encoding: str) -> None:
    path = file(tmp_path, "name;city\r\nNguyễn Thị Đào;Huế\r\n王小明;上海\r\n".encode(encoding))
    assert cells(path) == [{"name": "Nguyễn Thị Đào", "city": "Huế"}, {"name": "王小明", "city": "上海"}]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", "name,city\nJosé Müller,Zürich\nRenée Lefèvre,Orléans\n" * 4),
        ("gb18030", "name,city\n王小明,上海市浦东新区\n李四,北京市朝阳区\n" * 8),
        ("cp1251", "name,city\nИван Петров,Москва\nАнна Иванова,Новосибирск\n" * 8),
    ],
)
def test_older_encodings_are_found(tmp_path: Path, encoding: str, text: str) -> None:
    assert cells(file(tmp_path, text.encode(encoding)))[1]["name"] == text.splitlines()[2].split(",")[0]


def test_a_few_broken_bytes_do_not_turn_a_utf8_file_into_another(tmp_path: Path) -> None:
    path = file(tmp_path, "name,city\nNguyễn Đào,Huế\n".encode() + b"Jos\xe9,X\n" + "Trần Bình,Đà Nẵng\n".encode())
    rows = list(read(path))
    assert [(row.line, row.problem) for row in rows] == [
        (2, ""), (3, "The row holds bytes that are not UTF-8."), (4, ""),
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path: Path, delimiter: str) -> None:
    path = file(tmp_path, delimiter.join("abc") + "\n" + delimiter.join(["1", '"2,;|3"', "4"]) + "\n")
    assert cells(path) == [{"a": "1", "b": "2,;|3", "c": "4"}]


def test_a_spreadsheets_own_hint_of_the_delimiter_is_heeded(tmp_path: Path) -> None:
    assert cells(file(tmp_path, "sep=|\r\na|b\r\n1,2|3,4\r\n")) == [{"a": "1,2", "b": "3,4"}]


def test_fields_and_rows_with_separators_of_several_characters(tmp_path: Path) -> None:
    path = file(tmp_path, "1+|Store\nwith break+|x&|\r\n2+|Other+|&|\r\n3+|Last+|z")
    dialect = Dialect(delimiter="+|", terminator="&|", header=False)
    rows = list(read(path, dialect=dialect, columns=("id", "name", "note")))
    assert [(row.line, row.cells) for row in rows] == [
        (1, {"id": "1", "name": "Store\nwith break", "note": "x"}),
        (3, {"id": "2", "name": "Other", "note": ""}),
        (4, {"id": "3", "name": "Last", "note": "z"}),
    ]


def test_separators_split_over_two_blocks_are_seen(tmp_path: Path) -> None:
    rows = [f"{n}+|{'x' * (n % 97)}&|" for n in range(5000)]
    path = file(tmp_path, "\n".join(rows))
    read_back = cells(path, Dialect(delimiter="+|", terminator="&|", header=False), ("id", "fill"))
    assert [row["id"] for row in read_back] == [str(n) for n in range(5000)]
    assert [len(str(row["fill"])) for row in read_back] == [n % 97 for n in range(5000)]


def test_line_breaks_that_nobody_quoted(tmp_path: Path) -> None:
    path = file(tmp_path, "1\tfirst line\nsecond line\t2026-01-01\n2\tshort\t2026-01-02\n")
    dialect = Dialect(delimiter="\t", quote="", header=False, continued=True)
    rows = list(read(path, dialect=dialect, columns=("id", "text", "day")))
    assert [(row.line, row.cells["text"]) for row in rows] == [(1, "first line\nsecond line"), (3, "short")]


def test_quotes_hold_delimiters_breaks_and_quotes(tmp_path: Path) -> None:
    path = file(tmp_path, 'name,note\n"Ann ""A"" Lee","two\nlines, one cell"\nBo,plain\n')
    rows = list(read(path))
    assert [(row.line, row.cells["name"]) for row in rows] == [(2, 'Ann "A" Lee'), (4, "Bo")]


def test_a_quote_that_nothing_closes_costs_one_row(tmp_path: Path) -> None:
    lines = [f"{n},Person {n}" for n in range(2, 3000)]
    lines[100] = '102,"Person 102'
    path = file(tmp_path, "id,name\n" + "\n".join(lines) + "\n")
    rows = list(read(path))
    assert {row.line: row.problem for row in rows if row.problem} == {102: "The quotes of the row do not match."}
    assert len([row for row in rows if not row.problem]) == len(lines) - 1


def test_a_quote_open_at_the_end_costs_one_row(tmp_path: Path) -> None:
    path = file(tmp_path, 'id,name\n1,"Ann\n2,Bo\n3,Cy\n')
    rows = list(read(path))
    assert [(row.line, row.problem[:10], row.cells.get("name")) for row in rows] == [
        (2, "The quotes", None), (3, "", "Bo"), (4, "", "Cy"),
    ]  # fmt: skip


def test_nul_short_long_and_huge_rows_are_explained_one_by_one(tmp_path: Path) -> None:
    big = "x" * (MOST_CELL + 1)
    path = file(tmp_path, f"id,name\n1,A\0nn\n2\n3,Bo,surplus\n4,{big}\n5,Cy\n\n,\n6,Di,,\n")
    assert problems(path) == {
        2: "The row holds a NUL character.",
        3: "The row has 1 cells, 2 belong there.",
        4: "The row has 3 cells, 2 belong there.",
        5: f"A cell has {MOST_CELL + 1} characters; at most {MOST_CELL} are read.",
    }
    assert [row.cells["id"] for row in read(path) if not row.problem] == ["5", "6"]


def test_one_endless_line_is_one_reject(tmp_path: Path) -> None:
    path = file(tmp_path, "id,name\n" + "x" * 9_000_000 + "\n7,Ann\n")
    rows = list(read(path))
    assert [(row.line, bool(row.problem)) for row in rows] == [(2, True), (3, False)]


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="Two columns are called “name”"):
        list(read(file(tmp_path, "name,name\n1,2\n")))


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\n\n"])
def test_a_file_without_rows_is_refused_or_empty(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput):
        list(read(file(tmp_path, content)))


def test_an_unknown_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="not a known encoding"):
        list(read(file(tmp_path, "a,b\n1,2\n"), dialect=Dialect(encoding="klingon")))


def workbook(tmp_path: Path, rows: list[list[object]]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    return path


def test_a_workbook_brings_types(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, [["id", "born", "rate", "name"], [1, date(1990, 2, 28), 0.1, "Đào"], [], [2, None, 3.0, None]]
    )
    assert [(row.line, row.cells) for row in read(path)] == [
        (2, {"id": 1, "born": date(1990, 2, 28), "rate": Decimal("0.1"), "name": "Đào"}),
        (4, {"id": 2, "born": None, "rate": 3, "name": None}),
    ]


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (200 * 2**20))
    assert path.stat().st_size < 300_000
    with pytest.raises(BadInput, match="unpacks to more than is read"):
        list(read(path))


def test_entities_in_a_workbook_are_refused(tmp_path: Path) -> None:
    path = workbook(tmp_path, [["id"], [1]])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/evil.xml", '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    with pytest.raises(BadInput, match="XML entities"):
        list(read(path))


@pytest.mark.parametrize("content", [b"PK\x03\x04broken", b"PAR1broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"])
def test_damaged_binaries_are_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(BadInput):
        list(read(file(tmp_path, content, name="book.dat")))


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    whole = workbook(tmp_path, [["id", "name"], *[[n, f"P{n}"] for n in range(500)]]).read_bytes()
    for cut in range(100, len(whole), 997):
        with pytest.raises(BadInput):
            list(read(file(tmp_path, whole[:cut], name="cut.xlsx")))


def test_json_lines(tmp_path: Path) -> None:
    deep = "[" * 100_000
    text = f'{{"id":1,"name":"Ann","rate":0.1}}\n\nnonsense\n[1]\n{{"id":NaN}}\n{deep}\n{{"id":2,"name":{{"vi":"Bình"}}}}\n'
    rows = list(read(file(tmp_path, text, name="rows.jsonl")))
    assert [(row.line, row.problem, row.cells) for row in rows] == [
        (1, "", {"id": 1, "name": "Ann", "rate": Decimal("0.1")}),
        (3, "The line is not valid JSON.", {}),
        (4, "The line is not a JSON object.", {}),
        (5, "The line is not valid JSON.", {}),
        (6, "The line is not valid JSON.", {}),
        (7, "", {"id": 2, "name": {"vi": "Bình"}}),
    ]


def test_parquet(tmp_path: Path) -> None:
    arrow = pytest.importorskip("pyarrow", reason="the extra “parquet” is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "rows.parquet"
    parquet.write_table(arrow.table({"id": [1, 2], "rate": [0.5, float("nan")], "day": [date(2026, 1, 2), None]}), path)
    assert cells(path) == [
        {"id": 1, "rate": Decimal("0.5"), "day": date(2026, 1, 2)},
        {"id": 2, "rate": None, "day": None},
    ]


@SMALL
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=20), delimiter=st.sampled_from(",;\t|"))
def test_what_a_writer_of_csv_wrote_comes_back(
    tmp_path: Path, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("a", "b", "c"), *rows])
    path = file(tmp_path, text.getvalue())
    found = cells(path, Dialect(delimiter=delimiter, encoding="utf-8"))
    assert found == [dict(zip("abc", row, strict=True)) for row in rows if any(row)]


@SMALL
@given(content=st.binary(max_size=400), name=st.sampled_from(["x.csv", "x.jsonl", "x.xlsx", "x.parquet", "x"]))
def test_no_bytes_at_all_crash_a_reader(tmp_path: Path, content: bytes, name: str) -> None:
    path = file(tmp_path, content, name=name)
    with suppress(BadInput):
        rows = list(read(path))
        assert all(isinstance(row, Row) and row.line > 0 for row in rows)


@SMALL
@given(lines=st.lists(st.text(alphabet='ab",\n\r\0é', max_size=12), max_size=30))
def test_every_line_of_a_hostile_csv_is_read_or_explained(tmp_path: Path, lines: list[str]) -> None:
    path = file(tmp_path, "a,b\nx,y\n" + "\n".join(lines) + "\nlast,row\n")
    rows = list(read(path, dialect=Dialect(encoding="utf-8", delimiter=",")))
    numbers = [row.line for row in rows]
    assert numbers == sorted(set(numbers))
    assert rows[0].cells == {"a": "x", "b": "y"}
    assert not rows[-1].problem or "quotes" in rows[-1].problem or "cells" in rows[-1].problem


@SMALL
@given(
    objects=st.lists(st.dictionaries(st.text(max_size=5), st.integers() | CELL | st.none(), max_size=4), max_size=10)
)
def test_json_lines_come_back(tmp_path: Path, objects: list[dict[str, object]]) -> None:
    path = file(tmp_path, "".join(json.dumps(found) + "\n" for found in objects) or "\n", name="rows.jsonl")
    assert [row.cells for row in read(path)] == objects


def test_the_usual_number_of_cells_wins(tmp_path: Path) -> None:
    assert find_delimiter(["a;b;c", "1,5;2;3", "2,5;3;4"], '"') == ";"
    assert find_encoding(file(tmp_path, "plain")) == "utf-8"


def test_memory_stays_flat_however_many_rows(tmp_path: Path) -> None:
    def peak(rows: int) -> int:
        path = tmp_path / f"{rows}.csv"
        with path.open("w", encoding="utf-8") as out:
            out.write("id,name,note\n")
            out.writelines(f"{n},Nguyễn Văn {n},{'x' * 50}\n" for n in range(rows))
        tracemalloc.start()
        count = sum(1 for _row in read(path))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == rows
        return most

    assert peak(80_000) < peak(10_000) + 2**19
