"""What the last start found, so that the next one may start its web process before the database has answered.

Only a guess: the start compares it with the database at once and begins anew where it was wrong.
"""

import json
from pathlib import Path

from kith.config.ground import starting, state

Guess = dict[str, str]


def of(known: state.State) -> Guess:
    """Return the part of what is known that decides how web processes are started."""
    return {name: known.get(name, "") for name in (state.MIGRATIONS, state.ORGANIZATION)}


def read(home: Path) -> Guess:
    """Return the guess, empty where the code changed since or nothing is known."""
    try:
        guess: Guess = json.loads((home / "last-start").read_text())
    except (OSError, ValueError):
        return {}
    is_settled = guess.get(state.ORGANIZATION) in {state.DEMO, state.EMPTY, state.SET_UP}
    is_current = guess.get(state.MIGRATIONS) == state.migrations_digest() and not starting.static_is_old(home)
    return guess if is_settled and is_current else {}


def write(home: Path, known: state.State) -> None:
    """Remember what this start found."""
    (home / "last-start").write_text(json.dumps(of(known)))
