"""`kith erase-person`: everything kept on a person goes, but what a law keeps; the list of that is printed."""

import json
import sys
from typing import Annotated, Any

import typer

from kith.config.cli.options import AsJson, Home, use_home
from kith.config.cli.whom import one_person
from kith.config.ground import starting
from kith.kernel import clock
from kith.kernel.refusals import Refusal
from kith.people.persons.models import Person
from kith.people.privacy.actions import Erasure, erase

Id = Annotated[str, typer.Argument(help="Personnel or customer number, sign-in name, or public id.")]
Yes = Annotated[bool, typer.Option("--yes", help="Ask nothing.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would go, what would stay and why.")]


def erase_person(
    id_: Id, *, yes: Yes = False, dry_run: DryRun = False, as_json: AsJson = False, home: Home = None
) -> None:
    """Erase a person: rows, texts that name them, mails, files. It cannot be undone."""
    use_home(home)
    with starting.current_database():
        person = one_person(id_)
        name, at = person.full_name, clock.now()
        if not (yes or dry_run):
            _ask(name)
        erasure = erase(person=person, at=at, by_id=None, dry_run=dry_run)
    if as_json:
        print(json.dumps(as_object(person, erasure, dry_run=dry_run), ensure_ascii=False))
    else:
        print(in_words(name, erasure, dry_run=dry_run))


def _ask(name: str) -> None:
    if not sys.stdin.isatty():
        message = "Say --yes to erase without being asked, or --dry-run to see what would go."
        raise Refusal(message)
    if not typer.confirm(f"Erase everything kept on {name}? It cannot be undone."):
        raise typer.Exit(1)


def as_object(person: Person, erasure: Erasure, *, dry_run: bool) -> dict[str, Any]:
    """Return an erasure as JSON for programs has it."""
    return {
        "person": str(person.public_id),
        "dry_run": dry_run,
        "erased": {done.name: done.erased.count for done in erasure.holdings if done.erased.count},
        "texts_of_others": erasure.texts,
        "kept": [{"what": str(kept.sentence), "why": str(kept.law)} for kept in erasure.kept],
    }


def in_words(name: str, erasure: Erasure, *, dry_run: bool) -> str:
    """Return an erasure as a person reads it."""
    head = f"{name} would be erased" if dry_run else f"{name} is erased"
    lines = [f"{head}: {erasure.count} rows deleted or emptied."]
    lines += [f"  {done.erased.count:>6}  {done.label}" for done in erasure.holdings if done.erased.count]
    if erasure.texts:
        lines.append(f"  {erasure.texts:>6}  Texts of others that named them.")
    if erasure.kept:
        lines.append("What stays, and why:")
        lines += [f"  - {kept.sentence} ({kept.law})" for kept in erasure.kept]
    lines.append(
        "Nothing was changed: this was a dry run."
        if dry_run
        else "Backups made before still hold everything until they are deleted."
    )
    return "\n".join(lines)
