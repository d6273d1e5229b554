"""The Django app of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.care"
    label = "care"

    def ready(self) -> None:
        """Load moments, kindnesses, due work, and what stands on the shelves below."""
        from kith.care import asking, greeting, helping, home, insight, places, privacy, reactions, subjects, wording  # noqa: F401, PLC0415
        from kith.care.birthdays import moment  # noqa: F401, PLC0415
        from kith.care.cards import tasks as cards  # noqa: F401, PLC0415
        from kith.care.kin import moment as kin  # noqa: F401, PLC0415
        from kith.care.missed import moment as missed  # noqa: F401, PLC0415
        from kith.care.programmes import tasks  # noqa: F401, PLC0415
        from kith.care.returning import moment as returning  # noqa: F401, PLC0415
        from kith.care.silence import moment as silence  # noqa: F401, PLC0415
        from kith.care.silence import tasks as presence  # noqa: F401, PLC0415
        from kith.care.terms import moment as terms  # noqa: F401, PLC0415
        from kith.care.ties import moment as ties  # noqa: F401, PLC0415
