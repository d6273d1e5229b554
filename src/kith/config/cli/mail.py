"""`kith mail`: what a mail server hands over."""

import sys

import typer

from kith.config.cli.options import Home, use_home
from kith.config.ground import starting
from kith.kernel import clock
from kith.messaging.bounces.actions import take_in
from kith.messaging.bounces.parsing import MOST

mail = typer.Typer(help="Take over what a mail server hands on.", no_args_is_help=True)


@mail.callback()
def _mail() -> None:
    """Take over what a mail server hands on."""


@mail.command("bounce")
def bounce(*, home: Home = None) -> None:
    """Read a report about a mail that came back from standard input; say what became of it."""
    use_home(home)
    raw = sys.stdin.buffer.read(MOST + 1)
    with starting.current_database():
        outcomes = take_in(raw=raw, at=clock.now())
    print(" ".join(outcome.value for outcome in outcomes))
