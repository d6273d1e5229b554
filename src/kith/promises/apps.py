"""The Django app of promises."""

from django.apps import AppConfig


class PromisesConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.promises"
    label = "promises"

    def ready(self) -> None:
        """Load due work, listeners, invariants and what stands on the shelves below."""
        from kith.promises import (  # noqa: F401, PLC0415
            conversations,
            home,
            kinds,
            panels,
            places,
            privacy,
            reactions,
            subjects,
            wording,
        )
        from kith.promises.commitments import invariants, tasks  # noqa: F401, PLC0415
        from kith.promises.duty import administrators  # noqa: F401, PLC0415
