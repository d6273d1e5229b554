"""What every start looks at first: does the database answer, is it of this version, what must be prepared."""

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from kith.config import environment
from kith.config.ground import lock, postgres, processes, state

CHILD = (sys.executable, "-m", "kith.config.ground.child")


class CannotStartError(Exception):
    """A start is refused; the sentence says why and what would be right."""


def known_state() -> state.State:
    """Return what the database went through; `CannotStartError` where none answers."""
    try:
        return state.read()
    except state.NoAnswerError as error:
        where = environment.database()
        raise CannotStartError(
            f"No database answers at {where.host or 'localhost'}/{where.name} ({error}): "
            "start `kith up`, or set KITH_DATABASE_URL."
        ) from None


def current_state() -> state.State:
    """Return what the database went through, and see that it is of this version."""
    known = known_state()
    if known.get(state.MIGRATIONS) != state.migrations_digest():
        raise CannotStartError("The database is not of this version: run `kith upgrade` (or `kith up`) once.")
    return known


def static_is_old(home: Path) -> bool:
    """Whether the static files changed since they were collected."""
    stamp = state.static_stamp(home)
    return not stamp.exists() or stamp.read_text() != state.static_digest()


def prepare(steps: Sequence[str], *, environ: Mapping[str, str]) -> None:
    """Run preparation steps in a process of their own; `CannotStartError` where one fails."""
    process = processes.start([*CHILD, "prepare", *steps], environment=environ)
    try:
        code = process.wait()
    except KeyboardInterrupt:
        processes.stop(process, with_signal=signal.SIGTERM, grace=5)
        raise
    if code != 0:
        raise CannotStartError("The preparation failed; its reason stands above. Starting again goes on from there.")


@contextmanager
def database() -> Iterator[bool]:
    """Have the database at hand for the length of the block: the running one, else the embedded one started for it.

    Yields whether it was started here, so that nobody else uses it.
    """
    environment.check()
    with ExitStack() as stack:
        is_ours = False
        if environment.is_embedded():
            try:
                stack.enter_context(postgres.embedded(environment.home()))
                is_ours = True
            except lock.HomeInUseError:
                known_state()
        yield is_ours


@contextmanager
def current_database() -> Iterator[None]:
    """Have a database of this version at hand; a new one is made, empty."""
    with database():
        if not known_state():
            prepare(["--migrate", "--empty"], environ=os.environ)
        current_state()
        yield
