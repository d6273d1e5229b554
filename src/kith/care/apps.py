"""The Django app of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.care"
    label = "care"

    def ready(self) -> None:
        """Load moments, kindnesses, due work, and what stands on the shelves below."""
        from kith.care import greeting, home, places  # noqa: F401, PLC0415
        from kith.care.birthdays import moment  # noqa: F401, PLC0415
        from kith.care.programmes import tasks  # noqa: F401, PLC0415
