"""The Django app of workplace."""

from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.workplace"
    label = "workplace"
