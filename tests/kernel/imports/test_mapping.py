"""Mappings: sources, joins and converters make rows; what is wrong is named by file, line and key."""

from contextlib import suppress
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.kernel.imports.checks import WrongValueError
from kith.kernel.imports.converters import converter
from kith.kernel.imports.fields import Field, FieldType, checker
from kith.kernel.imports.guessing import guess_columns
from kith.kernel.imports.hierarchyid import decode_path
from kith.kernel.imports.mapping import MappingError, parse_mapping, simple_mapping
from kith.kernel.imports.neutral import is_formula, neutralise, restore
from kith.kernel.imports.preparing import Prepared, make_plan
from kith.kernel.refusals import BadInput

FIELDS = (
    Field("external_id", required=True, max_length=20),
    Field("name", required=True, max_length=30),
    Field("born", FieldType.DATE),
    Field("manager"),
    Field("words", FieldType.TEXTS),
    Field("active", FieldType.BOOLEAN),
    Field("moves", FieldType.LIST, items=(Field("since", FieldType.DATE, required=True), Field("unit", required=True))),
)

MAPPING = """
kind = "people"
system = "old-hr"

[lookup.units]
1 = "sales"
2 = "plant"

[[source]]
name = "staff"
file = "staff.txt"
columns = ["id", "first", "last", "born", "node", "flag"]
dialect = { delimiter = "\\t", quote = "", header = false }

[[source]]
name = "moves"
file = "moves.csv"

[[source]]
name = "mails"
file = "mails.jsonl"

[[join]]
source = "moves"
left = "id"
right = "person"
take = "many"
order = "since"

[[join]]
source = "staff"
as = "boss"
left = "node"
left_convert = ["hierarchy_parent"]
right = "node"
right_convert = ["hierarchy"]

[field]
external_id = "id"
name = { template = "{first} {last}" }
born = { column = "born", convert = [{ date = ["%d.%m.%Y", "%Y-%m-%d"] }] }
manager = "boss.id"
active = { column = "flag", convert = ["bit"] }

[field.words]
languages = { en = "first", vi = "last" }

[field.moves]
many = "moves"
[field.moves.field]
since = "moves.since"
unit = { column = "moves.unit", convert = [{ lookup = "units" }] }
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "staff.txt").write_text(
        "7\tAnn\tLee\t28.02.1990\t\t1\n8\tBình\tTrần\t1991-03-01\t58\t0\n9\t\t\t30.02.1990\t5AC0\t2\n", encoding="utf-8"
    )
    (tmp_path / "moves.csv").write_text("person,since,unit\n8,2021-01-01,2\n8,2020-01-01,1\n9,soon,3\n")
    (tmp_path / "mails.jsonl").write_text('{"id": 7, "mail": "ann@example.org"}\n')
    return tmp_path


def prepared(folder: Path, text: str = MAPPING) -> list[Prepared]:
    return list(make_plan(mapping=parse_mapping(text.encode(), where="m.toml"), fields=FIELDS, source=folder).rows())


def test_sources_joins_templates_lookups_and_lists_make_rows(folder: Path) -> None:
    first, second, third = prepared(folder)
    assert first.values == ("7", "Ann Lee", date(1990, 2, 28), None, '{"en": "Ann", "vi": "Lee"}', True, "[]")
    assert second.values[:4] == ("8", "Bình Trần", date(1991, 3, 1), "7")
    assert second.values[5:] == (
        False,
        '[{"since": "2020-01-01", "unit": "sales"}, {"since": "2021-01-01", "unit": "plant"}]',
    )
    assert third.line == 3
    assert [(fault.field, fault.value, fault.reason) for fault in third.faults] == [
        ("name", "", "is missing"),
        ("born", "30.02.1990", "is not a date in the form %d.%m.%Y / %Y-%m-%d, or no such day exists"),
        ("active", "2", "is neither 0 nor 1"),
        ("moves[1].since", "soon", "is not a date like 2026-02-28"),
        ("moves[1].unit", "3", "is not in the table “units” (it has 1, 2)"),
    ]


def test_rows_that_do_not_count_and_rows_that_belong_twice(folder: Path) -> None:
    text = MAPPING.replace('file = "staff.txt"\n', 'file = "staff.txt"\nkeep = { id = ["8", "9"], flag = "*" }\n')
    assert [row.line for row in prepared(folder, text)] == [2, 3]
    once = MAPPING.replace('take = "many"', 'take = "one"').partition("[field.moves]")[0]
    assert [fault.reason for row in prepared(folder, once) for fault in row.faults if not fault.field] == [
        "2 rows in “moves” belong to it, one is expected."
    ]
    needed = MAPPING.replace('take = "many"', 'take = "first"\nrequired = true').partition("[field.moves]")[0]
    assert prepared(folder, needed)[0].faults[0].reason == "Nothing in “moves” belongs to it."


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('kind = "people"', 'kindd = "people"', "m.toml, line 2, kindd: There is no such key"),
        ('kind = "people"', "", "m.toml, kind: This is missing."),
        ('system = "old-hr"', 'system = "Old HR"', "m.toml, line 3, system: Write the system in small letters"),
        ('source = "moves"', 'source = "nowhere"', "m.toml, line 24, join[0].source: There is no source “nowhere”."),
        ('take = "many"', 'take = "all"', "m.toml, line 27, join[0].take: One of one, first, last, many"),
        ('["bit"]', '["byte"]', "field.active.convert: Write one of bit"),
        ('{ lookup = "units" }', '{ lookup = "sites" }', "Write one of the lookup tables (units) here."),
        ('file = "staff.txt"', 'file = "../staff.txt"', "source[0].file: A file is named from the folder"),
        ('file = "staff.txt"', 'file = "/etc/passwd"', "source[0].file: A file is named from the folder"),
        ('quote = ""', "quote = 1", "source[0].dialect.quote: A text belongs here."),
        ("1 = ", "= ", "m.toml: Invalid"),
        ("{first} {last}", "{} {last}", "A placeholder names a column"),
    ],
)
def test_a_wrong_mapping_is_named_by_file_line_and_key(before: str, after: str, sentence: str) -> None:
    with pytest.raises(MappingError) as caught:
        parse_mapping(MAPPING.replace(before, after, 1).encode(), where="m.toml")
    assert sentence in str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('manager = "boss.id"', 'chief = "boss.id"', "There is no field “chief”"),
        ('manager = "boss.id"', 'manager = "nobody.id"', "“nobody” is no source of one row."),
        ('external_id = "id"', "", "A column is missing: external_id"),
        ('"boss.id"', '"boss.number"', "staff.txt has no column “number”"),
        ('right = "person"', 'right = "human"', "moves.csv has no column “human”"),
    ],
)
def test_a_mapping_that_does_not_fit_is_refused(folder: Path, before: str, after: str, sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        prepared(folder, MAPPING.replace(before, after, 1))
    assert sentence in str(caught.value)


def test_a_link_out_of_the_folder_is_refused(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.txt"
    outside.write_text("1\ta\tb\t\t\t1\n")
    (folder / "staff.txt").unlink()
    (folder / "staff.txt").symlink_to(outside)
    with pytest.raises(BadInput):
        prepared(folder)


def test_columns_are_guessed_by_name() -> None:
    guessed = guess_columns(FIELDS, ["External ID", "NAME", "words.vi", "words.zh_hans", "words", "shoe size"])
    assert guessed == {
        "external_id": "External ID", "name": "NAME", "words.vi": "words.vi", "words.zh-Hans": "words.zh_hans",
        "words": "words",
    }  # fmt: skip
    mapping = simple_mapping(kind="people", system="file", columns=guessed)
    assert sorted(mapping.fields["words"].languages) == ["en", "vi", "zh-Hans"]


@pytest.mark.parametrize(
    ("type_", "good", "clean"),
    [
        (FieldType.DATE, "2028-02-29", date(2028, 2, 29)),
        (FieldType.DATE, "2026-02-28 00:00:00.000", date(2026, 2, 28)),
        (FieldType.DECIMAL, ".0200", Decimal("0.02")),
        (FieldType.DECIMAL, "-0", Decimal(0)),
        (FieldType.INTEGER, "12.0", 12),
        (FieldType.BOOLEAN, "Yes", True),
        (FieldType.EMAIL, "Ann@Example.org", "ann@example.org"),
        (FieldType.COUNTRY, "vn", "VN"),
        (FieldType.CURRENCY, "vnd", "VND"),
        (FieldType.LANGUAGE, "zh_cn", "zh-Hans"),
        (FieldType.ZONE, "Asia/Ho_Chi_Minh", "Asia/Ho_Chi_Minh"),
        (FieldType.TEXT, "  Nguye\u0302\u0303n ", "Nguyễn"),
        (FieldType.TEXT, "'=1+1", "=1+1"),
        (FieldType.TEXT, "+84 (24) 3825 1234", "+84 (24) 3825 1234"),
    ],
)
def test_good_values_are_made_clean(type_: FieldType, good: str, clean: object) -> None:
    assert checker(Field("x", type_))(good) == clean


@pytest.mark.parametrize(
    ("type_", "bad", "reason"),
    [
        (FieldType.DATE, "2026-02-29", "is a day that does not exist"),
        (FieldType.DATE, "29/02/2028", "is not a date like 2026-02-28"),
        (FieldType.DATE, "0001-01-01", "lies before the year 1753"),
        (FieldType.DATE, "2026-02-28 14:00:00", "is not a date like 2026-02-28"),
        (FieldType.DECIMAL, "1,5", "is not a number like 1234.50"),
        (FieldType.DECIMAL, "NaN", "is not a number like 1234.50"),
        (FieldType.DECIMAL, "1e400", "is not a number like 1234.50"),
        (FieldType.DECIMAL, "٣", "is not a number like 1234.50"),
        (FieldType.DECIMAL, "0.00001", "has more than 4 decimal places"),
        (FieldType.INTEGER, "1.5", "must be a whole number"),
        (FieldType.BOOLEAN, "perhaps", "is neither yes nor no"),
        (FieldType.EMAIL, "ann@", "is not a mail address like name@example.org"),
        (FieldType.EMAIL, "a@b.co\r\nBcc: c@d.co", "is not a mail address like name@example.org"),
        (FieldType.COUNTRY, "Vietnam", "is not a country code of two letters like VN"),
        (FieldType.CURRENCY, "XYQ", "is not a currency code of three letters like VND"),
        (FieldType.ZONE, "Mars/Base", "is not a time zone like Asia/Ho_Chi_Minh"),
        (FieldType.TEXT, "=1+1", "is a formula, not a value"),
        (FieldType.TEXT, "@SUM(A1)", "is a formula, not a value"),
        (FieldType.TEXT, "-2+cmd|'/C calc'!A0", "is a formula, not a value"),
        (FieldType.TEXT, "#REF!", "is an error of a spreadsheet, not a value"),
        (FieldType.TEXT, "a\x1bb", "holds a control character; delete it"),
        (FieldType.TEXT, "two\nlines", "holds a line break or a tab; it must be one line"),
        (FieldType.TEXT, "x" * 201, "has 201 characters, at most 200 fit"),
    ],
)
def test_bad_values_say_what_would_be_right(type_: FieldType, bad: str, reason: str) -> None:
    with pytest.raises(WrongValueError) as caught:
        checker(Field("x", type_))(bad)
    assert str(caught.value) == reason


@given(text=st.text())
def test_neutral_text_is_no_formula_and_comes_back(text: str) -> None:
    neutral = neutralise(text)
    assert restore(neutral) == text or neutral == text
    assert not is_formula(neutral) or neutral != neutralise(text)
    if neutral != text:
        assert not is_formula(neutral)


@pytest.mark.parametrize("mark", [".", ","])
def test_amounts_with_groups(mark: str) -> None:
    convert = converter({"decimal": mark}, {})
    group = "," if mark == "." else "."
    assert convert(f"-1{group}234{group}567{mark}50") == "-1234567.50"
    with pytest.raises(WrongValueError):
        convert(f"1{mark}234{mark}5")


@pytest.mark.parametrize(
    ("hexadecimal", "path"),
    [
        ("", "/"),
        ("58", "/1/"),
        ("48", "/0/"),
        ("5AC0", "/1/1/"),
        ("62C0", "/1.1/"),
        ("0x7AD6B0", "/3/1/1/1/"),
        ("E02540", "/98/"),
    ],
)
def test_hierarchyid(hexadecimal: str, path: str) -> None:
    assert decode_path(hexadecimal) == path


@pytest.mark.parametrize("text", ["5", "zz", "FF", "60"])
def test_no_hierarchyid(text: str) -> None:
    with pytest.raises(WrongValueError):
        decode_path(text)


@given(st.binary(max_size=30))
def test_any_bits_are_a_path_or_refused(raw: bytes) -> None:
    with suppress(WrongValueError):
        assert decode_path(raw.hex()).startswith("/")
