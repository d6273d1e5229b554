"""The row of imports: a file of people, validated, each bad row explained, against parse, COPY and two upserts."""

import csv
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from django.db import connection, transaction

from kith.config.benches.measuring import Row, compare
from kith.kernel import clock
from kith.kernel.imports.actions import run_import
from kith.people.ties.models import Assignment

MOST = 10_000
GOAL = 10.0
ROUNDS = 3
BAD_EVERY = 20
_COLUMNS = ("external_id", "full_name", "number", "mailbox", "born", "hired", "organization", "unit", "site")
_BAD = ({"hired": ""}, {"hired": "yesterday"}, {"born": "2099-01-01"}, {"mailbox": "nobody@"}, {"unit": "moon"})
_TABLES = (
    (
        "CREATE TABLE IF NOT EXISTS bench_person (id bigserial PRIMARY KEY, external_id varchar(120) NOT NULL UNIQUE, "
        "full_name varchar(200) NOT NULL, mailbox varchar(254), born date)"
    ),
    (
        "CREATE TABLE IF NOT EXISTS bench_tie (id bigserial PRIMARY KEY, person_id bigint NOT NULL UNIQUE, "
        "number varchar(40), hired date NOT NULL, organization varchar(200), unit varchar(120), site varchar(120))"
    ),
)
_PERSONS = (
    "INSERT INTO bench_person (external_id, full_name, mailbox, born) "
    "SELECT external_id, full_name, mailbox, born::date FROM bench_stage "
    "ON CONFLICT (external_id) DO UPDATE SET full_name = EXCLUDED.full_name, mailbox = EXCLUDED.mailbox"
)
_TIES = (
    "INSERT INTO bench_tie (person_id, number, hired, organization, unit, site) "
    "SELECT p.id, s.number, s.hired::date, s.organization, s.unit, s.site "
    "FROM bench_stage s JOIN bench_person p USING (external_id) "
    "ON CONFLICT (person_id) DO UPDATE SET number = EXCLUDED.number, hired = EXCLUDED.hired"
)
_salts = count(1)


def _file(folder: Path, *, rows: int, bad: bool) -> tuple[Path, int]:
    """Write a file of people nobody knows yet; return it and how many of its rows are wrong."""
    at = Assignment.objects.select_related("unit__organization", "site").order_by("id")[0]
    salt, wrong = next(_salts), 0
    path = folder / f"people-{salt}.csv"
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, _COLUMNS)
        writer.writeheader()
        for number in range(rows):
            row = {
                "external_id": f"X{salt}-{number}", "full_name": f"Nguyễn Thị Đào {number}",
                "number": f"B{salt}-{number}", "mailbox": f"x{salt}-{number}@example.org",
                "born": "1990-02-28", "hired": "2020-03-01",
                "organization": at.unit.organization.name, "unit": at.unit.code, "site": at.site.code,
            }  # fmt: skip
            if bad and number % BAD_EVERY == 0:
                row.update(_BAD[wrong % len(_BAD)])
                wrong += 1
            writer.writerow(row)
    return path, wrong


def _bare(path: Path) -> None:
    with path.open(newline="") as file, transaction.atomic(), connection.cursor() as cursor:
        rows = csv.reader(file)
        columns = ", ".join(f"{name} text" for name in next(rows))
        cursor.execute(f"CREATE TEMPORARY TABLE bench_stage ({columns}) ON COMMIT DROP")
        with cursor.copy("COPY bench_stage FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(_PERSONS)
        cursor.execute(_TIES)


def importing(n: int) -> Row:
    """Import people who are all new, one row in twenty of them wrong; at most 10,000."""
    rows = min(n, MOST)
    with connection.cursor() as cursor:
        for statement in _TABLES:
            cursor.execute(statement)
    with tempfile.TemporaryDirectory(prefix="kith-bench-") as name:
        files = iter([_file(Path(name), rows=rows, bad=True) for _ in range(ROUNDS)])
        plain = iter([_file(Path(name), rows=rows, bad=False)[0] for _ in range(ROUNDS)])

        def ours() -> None:
            path, wrong = next(files)
            report = run_import(kind="people", source=path, at=clock.now())
            if (report.created, report.rejected) != (rows - wrong, wrong):
                raise RuntimeError(
                    f"{report.created} were taken and {report.rejected} rejected of {rows}, {wrong} wrong."
                )

        return compare(name="import", n=rows, goal=GOAL, ours=ours, limit=lambda: _bare(next(plain)), rounds=ROUNDS)


BENCHES: dict[str, Callable[[int], Row]] = {"import": importing}
