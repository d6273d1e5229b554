"""The Django app of workplace."""

from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.workplace"
    label = "workplace"

    def ready(self) -> None:
        """Put workplace's places on their shelf."""
        from kith.workplace import places, privacy  # noqa: F401, PLC0415
