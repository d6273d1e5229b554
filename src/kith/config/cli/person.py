"""`kith person`: make people and accounts without a screen."""

import json
import sys
from datetime import timedelta
from typing import Annotated

import typer

from kith.access.apitokens.actions import issue_token
from kith.access.grants.actions import grant_role, revoke_role
from kith.access.logins.actions import create_login, set_password
from kith.access.logins.models import Login, username_of
from kith.config.cli.options import AsJson
from kith.config.ground import starting
from kith.kernel import clock
from kith.kernel.refusals import NotFound
from kith.people.persons.actions import deactivate, register

person = typer.Typer(help="Make people and accounts without a screen.", no_args_is_help=True)
Username = Annotated[str, typer.Argument(help="Mail address or personnel number the person signs in with.")]
PasswordStdin = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def _login(username: str) -> Login:
    found = Login.objects.select_related("person").filter(username=username_of(username)).first()
    if found is None:
        message = f"Nobody signs in as {username}."
        raise NotFound(message)
    return found


def _say(row: dict[str, str], *, as_json: bool, sentence: str) -> None:
    print(json.dumps(row, ensure_ascii=False) if as_json else sentence)


@person.command("add")
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="Full name.")],
    *,
    language: Annotated[str, typer.Option(help="BCP 47 tag.")] = "en",
    zone: Annotated[str, typer.Option(help="IANA time zone.")] = "UTC",
    password_stdin: PasswordStdin = False,
    as_json: AsJson = False,
) -> None:
    """Make a person known and let them sign in; without a password they ask for a link."""
    with starting.current_database():
        at = clock.now()
        mailbox = username if "@" in username else ""
        made = register(full_name=name, language=language, zone=zone, mailbox=mailbox, at=at)
        password = sys.stdin.read().rstrip("\n") if password_stdin else None
        login = create_login(person=made, username=username, password=password, at=at)
        row = {"person": str(made.public_id), "username": login.username}
        _say(row, as_json=as_json, sentence=f"{made.name} signs in as {login.username}.")


@person.command("password")
def password(username: Username) -> None:
    """Set a new password, read from standard input; every session of the person ends."""
    with starting.current_database():
        set_password(login=_login(username), password=sys.stdin.read().rstrip("\n"), at=clock.now())
        print("The password is set.")


@person.command("role")
def role(
    username: Username,
    code: Annotated[str, typer.Argument(help="administrator, communications, hr, shop, agent, finance, leadership.")],
    *,
    revoke: Annotated[bool, typer.Option("--revoke", help="Take the role away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Give a person a role, or take it away; the last administrator stays."""
    with starting.current_database():
        found = _login(username)
        act = revoke_role if revoke else grant_role
        act(person=found.person, role=code, at=clock.now())
        row = {"username": found.username, "role": code, "state": "revoked" if revoke else "granted"}
        _say(row, as_json=as_json, sentence=f"{found.person.name}: {code} {row['state']}.")


@person.command("token")
def token(
    username: Username,
    *,
    name: Annotated[str, typer.Option(help="What the token is for.")] = "command line",
    scope: Annotated[list[str] | None, typer.Option(help="read, write or operate; may be repeated.")] = None,
    days: Annotated[int, typer.Option(min=1, max=365, help="How long it is valid.")] = 30,
    as_json: AsJson = False,
) -> None:
    """Make a bearer token that speaks for a person; it is shown this once."""
    with starting.current_database():
        at, found = clock.now(), _login(username)
        made = issue_token(
            person=found.person, name=name, scopes=scope or ["read"], expires_at=at + timedelta(days=days), at=at
        )
        _say({"username": found.username, "token": made}, as_json=as_json, sentence=made)


@person.command("deactivate")
def deactivate_(username: Username, *, as_json: AsJson = False) -> None:
    """End a person's service at once: sessions, tokens and open links die, what they owe passes on."""
    with starting.current_database():
        found = _login(username)
        deactivate(person=found.person, at=clock.now(), by_id=None)
        row = {"username": found.username, "state": "deactivated"}
        _say(row, as_json=as_json, sentence=f"{found.person.name} is deactivated.")
