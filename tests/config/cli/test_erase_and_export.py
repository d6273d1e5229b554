"""`kith erase-person` and `kith export`: what they print, ask and refuse."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from kith.access.looks.models import Look
from kith.config.cli import erase as erasing
from kith.config.cli import export as exporting
from kith.kernel.imports.neutral import restore
from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.people.persons.models import Person
from tests.access import make
from tests.people import make as people
from tests.people.privacy import life

pytestmark = pytest.mark.django_db


class _Here:
    def __enter__(self) -> None:
        """Use the test's own database."""

    def __exit__(self, *_: object) -> None:
        """Leave it as it is."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(erasing.starting, "current_database", _Here)
    app = typer.Typer()
    app.command("erase-person")(erasing.erase_person)
    app.command("export")(exporting.export)

    def invoke(*words: str) -> Any:
        result = CliRunner().invoke(app, list(words))
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return invoke


def test_a_dry_run_lists_what_goes_and_what_stays_by_which_law_and_changes_nothing(run: Any) -> None:
    person = life.life(life.boss())
    words = run("erase-person", life.NUMBER, "--dry-run").output
    assert words.startswith(f"{life.NAME} would be erased: ")
    assert "What stays, and why:" in words
    assert "Luật Kế toán" in words
    assert "this was a dry run" in words
    assert Person.objects.get(pk=person.pk).full_name == life.NAME


def test_with_yes_it_asks_nothing_and_json_says_the_same(run: Any) -> None:
    person = life.life(life.boss())
    trial = json.loads(run("erase-person", str(person.public_id), "--dry-run", "--json").output)
    done = json.loads(run("erase-person", life.NUMBER.lower(), "--yes", "--json").output)
    assert done == {**trial, "dry_run": False}
    assert done["erased"]["people.who"] == 1
    assert Person.objects.get(pk=person.pk).full_name == "[…]"


def test_without_a_terminal_and_without_yes_nothing_is_erased(run: Any) -> None:
    person = people.employee("Trần Lan", number="E-7")
    with pytest.raises(Refusal, match="--yes"):
        run("erase-person", "E-7")
    assert Person.objects.get(pk=person.pk).erased_at is None


def test_whoever_is_not_known_or_not_the_only_one_is_refused(run: Any) -> None:
    people.employee("One", number="7")
    people.employee("Two", number="7")
    with pytest.raises(NotFound, match="Nobody is known as 99"):
        run("erase-person", "99", "--yes")
    with pytest.raises(Refusal, match="2 people"):
        run("erase-person", "7", "--yes")


def test_an_export_without_as_is_everything_and_with_as_what_they_may_see(run: Any, tmp_path: Path) -> None:
    lan = people.employee("Trần Lan", number="E-7", phone="+84 1")
    make.login(lan)
    rows = list(csv.DictReader(io.StringIO(run("export", "people").output.removeprefix("\ufeff"))))
    assert [(r["full_name"], restore(r["phone"])) for r in rows] == [("Trần Lan", "+84 1")]
    file = tmp_path / "people.jsonl"
    assert run("export", "people", "--as", lan.mailbox, "--format", "jsonl", "--out", str(file)).output == ""
    assert json.loads(file.read_text())["phone"] is None
    assert list(tmp_path.iterdir()) == [file]
    assert Look.objects.get(person_id=lan.pk).by_id is None
    with pytest.raises(NotAllowed):
        run("export", "customers", "--as", "E-7")
    with pytest.raises(BadInput, match="there are"):
        run("export", "nothing")
