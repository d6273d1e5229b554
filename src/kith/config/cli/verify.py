"""`kith verify FILE`: is a signed proof ours, to the last byte."""

from pathlib import Path
from typing import Annotated

import typer

from kith.notices.proof.signing import verify as verify_proof


def verify(
    file: Annotated[Path, typer.Argument(help="A signed proof of a notice (.jsonl).", exists=True, dir_okay=False)],
) -> None:
    """Check the signature of a notice's proof; exit 1 where it is not ours or was changed.

    The key is that of the data folder `KITH_HOME` (else ./var in a checkout).
    """
    with file.open("rb") as lines:
        verdict = verify_proof(lines)
    print(f"{'ok   ' if verdict.is_ours else 'FAILS'}  {verdict.sentence}")
    if verdict.head:
        print(
            f"       {verdict.head.get('notice')}, {verdict.recipients} recipients, made {verdict.head.get('made_at')}"
        )
    raise typer.Exit(int(not verdict.is_ours))
