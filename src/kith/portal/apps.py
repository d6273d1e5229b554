"""The Django app of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.portal"
    label = "portal"
