"""The Django app of content."""

from django.apps import AppConfig


class ContentConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.content"
    label = "content"
