"""The Django app of support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.support"
    label = "support"

    def ready(self) -> None:
        """Put support's things on their shelves."""
        from kith.support import care, exports, places, privacy, promises, subjects, turns, wording  # noqa: F401, PLC0415
