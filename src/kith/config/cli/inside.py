"""The commands that work on the organization itself; importing this module needs Django set up."""

import typer

from kith.config.cli.bench import bench
from kith.config.cli.doctor import doctor
from kith.config.cli.erase import erase_person
from kith.config.cli.export import export
from kith.config.cli.imports import import_
from kith.config.cli.mail import mail
from kith.config.cli.map import map_
from kith.config.cli.person import person
from kith.config.cli.routes import routes
from kith.config.cli.translate import app as translate
from kith.config.cli.unmute import unmute
from kith.config.cli.verify import verify


def register(app: typer.Typer) -> None:
    """Add the commands to `app`."""
    app.command("bench")(bench)
    app.command("doctor")(doctor)
    app.command("erase-person")(erase_person)
    app.command("export")(export)
    app.command("import")(import_)
    app.add_typer(mail, name="mail")
    app.command("map")(map_)
    app.add_typer(person, name="person")
    app.command("routes")(routes)
    app.add_typer(translate, name="translate")
    app.command("unmute")(unmute)
    app.command("verify")(verify)
