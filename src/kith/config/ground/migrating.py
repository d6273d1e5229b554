"""Migrating in steps that are whole: a migration and the note that it was done stand in one transaction.

Django writes the note of a migration with deferred statements (foreign keys, indexes) after its transaction. A process
that is killed in between leaves tables behind that the next start would make again, and fails on. Not so here.
"""

from contextlib import nullcontext
from typing import Any

from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState


class WholeSteps(MigrationExecutor):
    """Applies each migration together with its note."""

    def apply_migration(
        self,
        state: ProjectState,
        migration: Migration,
        fake: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
        fake_initial: bool = False,  # noqa: FBT001, FBT002  (Django's signature)
    ) -> ProjectState:
        """Apply one migration; what cannot stand in a transaction (`atomic = False`) must bear being run again."""
        whole: Any = transaction.atomic() if migration.atomic else nullcontext()
        with whole:
            return super().apply_migration(state, migration, fake=fake, fake_initial=fake_initial)


def migrate_all() -> None:
    """Bring every app's tables up to this version; killed at any moment, the next call goes on from there."""
    executor = WholeSteps(connection)
    executor.loader.check_consistent_history(connection)
    emit_pre_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
    executor.migrate(executor.loader.graph.leaf_nodes())
    emit_post_migrate_signal(verbosity=0, interactive=False, db=DEFAULT_DB_ALIAS)
