"""`kith check`: everything a change must pass."""

import sys
from typing import Annotated

import typer

from kith.config.checking import measured, results, running, steps
from kith.config.checking.steps import Size
from kith.config.environment import REPOSITORY
from kith.config.ground.starting import CannotStartError
from kith.kernel import clock


def check(
    *,
    quick: Annotated[bool, typer.Option("--quick", help="At most three minutes: no browser, no faults.")] = False,
    full: Annotated[bool, typer.Option("--full", help="Each fault at its stated size, into docs/measured.md.")] = False,
) -> None:
    """Check a checkout: lint, format, floors, migrations, types, tests on a real PostgreSQL, faults, a real browser."""
    if not (REPOSITORY / "tests").is_dir():
        raise CannotStartError("`kith check` checks a checkout; this is an installed Kith.")
    size = Size.QUICK if quick else Size.FULL if full else Size.SMALL
    chosen = steps.steps(size)
    _say(f"Checking ({size.value}): about {running.expected_seconds(chosen) / 60:.1f} minutes.")
    measured.forget()
    found = running.run(chosen, say=_say)
    if size is Size.FULL and (page := measured.write(at=clock.now())):
        _say(f"\nThe figures stand in {page.relative_to(REPOSITORY)}.")
    print("\n".join(results.table(found, left_out=steps.left_out(size))))
    sys.stdout.flush()
    raise typer.Exit(int(any(one.failed for one in found)))


def _say(line: str) -> None:
    print(line, flush=True)
