"""The Django app of voice."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.voice"
    label = "voice"

    def ready(self) -> None:
        """Put voice's things on their shelves and load its listeners."""
        from kith.voice import (  # noqa: F401, PLC0415
            home,
            panels,
            places,
            promises,
            reactions,
            search,
            subjects,
            wording,
        )
