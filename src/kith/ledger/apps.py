"""The Django app of ledger."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Load due work and invariants."""
        from kith.ledger.lots import invariants, tasks  # noqa: F401, PLC0415
