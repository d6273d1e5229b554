"""The Django app of supply."""

from django.apps import AppConfig


class SupplyConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.supply"
    label = "supply"

    def ready(self) -> None:
        """Put supply's things on the shelves below."""
        from kith.supply import exports, privacy, subjects  # noqa: F401, PLC0415
        from kith.supply.imports import put_kinds  # noqa: PLC0415
        from kith.supply.stock import invariants  # noqa: F401, PLC0415

        put_kinds()
