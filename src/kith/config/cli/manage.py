"""`kith manage`: Django's own commands."""

import typer

from kith.config.ground import starting


def manage(context: typer.Context) -> None:
    """Run one of Django's own commands, for example `kith manage shell`."""
    from django.core.management import execute_from_command_line  # noqa: PLC0415  (slow; no other command waits)

    with starting.database():
        execute_from_command_line(["kith manage", *context.args])
