"""The Django app of config."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Registers the top floor with Django (its templates and the demo)."""

    name = "kith.config"
    label = "config"
