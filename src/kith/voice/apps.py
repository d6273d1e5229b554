"""The Django app of voice."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.voice"
    label = "voice"

    def ready(self) -> None:
        """Put voice's things on their shelves and load its listeners and due work."""
        from kith.voice import (  # noqa: F401, PLC0415
            care,
            exports,
            home,
            insight,
            invariants,
            panels,
            places,
            points,
            privacy,
            promises,
            reactions,
            search,
            subjects,
            tasks,
            traceless,
            turns,
            wording,
        )
        from kith.voice.anonymous import tasks as _tasks  # noqa: F401, PLC0415
