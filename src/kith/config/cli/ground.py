"""The commands that start, check and copy Kith; they run without Django's models."""

from collections.abc import Callable

from kith.config.cli.backup import backup
from kith.config.cli.check import check
from kith.config.cli.manage import manage
from kith.config.cli.restore import restore
from kith.config.cli.serve import serve
from kith.config.cli.up import up
from kith.config.cli.upgrade import upgrade
from kith.config.cli.work import work

COMMANDS: dict[str, Callable[..., None]] = {
    "up": up,
    "serve": serve,
    "work": work,
    "check": check,
    "backup": backup,
    "restore": restore,
    "upgrade": upgrade,
}
PASS_ON: dict[str, Callable[..., None]] = {"manage": manage}  # commands that take any arguments
