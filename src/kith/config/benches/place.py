"""A database of its own for a bench: made, filled with a generated organization, and dropped at the end."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random

from django.core.management import call_command
from django.db import connection, connections
from django.db.backends.postgresql.base import DatabaseWrapper

from kith.config.demo import organization, staff

AT = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)


@contextmanager
def bench_database() -> Iterator[None]:
    """Point this process at a new, empty, migrated database; the one before is not touched."""
    name, before = f"kith_bench_{os.getpid()}", connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    _use(name)
    try:
        call_command("migrate", interactive=False, verbosity=0)
        yield
    finally:
        _use(before)
        with connection.cursor() as cursor:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _use(name: object) -> None:
    default = connections["default"]
    default.close()
    if isinstance(default, DatabaseWrapper):
        default.close_pool()
    default.settings_dict["OPTIONS"].pop("pool", None)
    default.settings_dict["NAME"] = name


def fill(*, people: int) -> organization.Built:
    """Generate an organization of `people` employees and let the planner know it."""
    random = Random(2026)  # noqa: S311  (the same organization every time)
    built = organization.build(people=people, today=AT.date(), random=random)
    staff.employ(built, today=AT.date(), at=AT, random=random)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return built
