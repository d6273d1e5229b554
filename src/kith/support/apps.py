"""The Django app of support."""

from django.apps import AppConfig


class SupportConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.support"
    label = "support"
