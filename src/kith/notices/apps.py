"""The Django app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.notices"
    label = "notices"

    def ready(self) -> None:
        """Load due work and what stands on the shelves below."""
        from kith.notices import places, promises, search, subjects, wording  # noqa: F401, PLC0415
        from kith.notices.publishing import tasks  # noqa: F401, PLC0415
