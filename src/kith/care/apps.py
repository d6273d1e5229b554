"""The Django app of care."""

from django.apps import AppConfig


class CareConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.care"
    label = "care"
