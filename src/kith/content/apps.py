"""The Django app of content."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.content"
    label = "content"

    def ready(self) -> None:
        """Put content's things on their shelves and load its listeners."""
        from kith.content import home, places, privacy, reactions, search, subjects  # noqa: F401, PLC0415
