"""Where the command line begins: commands that need Django's models load only when one of them may be meant."""

import os
import sys

import typer

from kith.config.cli import ground
from kith.config.cli.refusals import REFUSALS

ANYTHING = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}


def program(*, wants_models: bool) -> typer.Typer:
    """Return the program; `wants_models` adds the commands that need Django set up."""
    app = typer.Typer(
        name="kith",
        help="The one address where an organization takes care of all of its people.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    for name, command in ground.COMMANDS.items():
        app.command(name)(command)
    for name, command in ground.PASS_ON.items():
        app.command(name, context_settings=ANYTHING)(command)
    if wants_models:
        import django  # noqa: PLC0415  (half a second that `kith up` does not wait)

        django.setup()
        from kith.config.cli import inside  # noqa: PLC0415  (needs Django set up)

        inside.register(app)
    return app


def main() -> None:
    """Run one command; a refusal is one sentence on standard error and exit code 2."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        program(wants_models=asked not in {**ground.COMMANDS, **ground.PASS_ON})()
    except REFUSALS as refusal:
        print(refusal, file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
