"""The Django app of insight."""

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.insight"
    label = "insight"

    def ready(self) -> None:
        """Load due work, the measures of lower floors and the place at the desk."""
        from kith.insight import places, privacy, promises  # noqa: F401, PLC0415
        from kith.insight.labour import promises as labour  # noqa: F401, PLC0415
        from kith.insight.measures import tasks  # noqa: F401, PLC0415
