"""The command line `kith`: one small module a command."""

from kith.config.cli.main import main

__all__ = ["main"]
