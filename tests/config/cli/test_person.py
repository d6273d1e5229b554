import json
from typing import Any

import pytest
from typer.testing import CliRunner

from kith.access.grants.queries import roles_of
from kith.access.logins.models import Login
from kith.config.cli import person as commands
from kith.kernel import clock

pytestmark = pytest.mark.django_db


class _Here:
    def __enter__(self) -> None:
        """Use the test's own database."""

    def __exit__(self, *_: object) -> None:
        """Leave it as it is."""


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setattr(commands.starting, "current_database", _Here)

    def invoke(*words: str, given: str = "") -> str:
        result = CliRunner().invoke(commands.person, list(words), input=given)
        assert result.exit_code == 0, (result.output, result.exception)
        return result.output

    return invoke


def test_a_person_is_made_given_a_role_and_deactivated(run: Any) -> None:
    made = json.loads(
        run("add", "ops@example.com", "--name", "Ops", "--password-stdin", "--json", given="a good long sentence\n")
    )
    login = Login.objects.get(username=made["username"])
    assert login.person.full_name == "Ops"
    run("role", "ops@example.com", "hr")
    assert "hr" in roles_of(person_id=login.person_id, at=clock.now())
    token = json.loads(run("token", "ops@example.com", "--json"))["token"]
    assert len(token) > 30
    run("deactivate", "ops@example.com")
    login.person.refresh_from_db()
    assert login.person.deactivated_at is not None
