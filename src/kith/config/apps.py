"""The Django app of config."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the top floor with Django (its templates and the demo)."""

    name = "kith.config"
    label = "config"

    def ready(self) -> None:
        """Load what only the top floor knows; put the demo's bar into the frame, in a demo only."""
        from django.conf import settings  # noqa: PLC0415

        from kith.config import api_keys, capabilities, welcome  # noqa: F401, PLC0415

        if settings.KITH_DEMO:
            from kith.config.demo import bar  # noqa: F401, PLC0415
