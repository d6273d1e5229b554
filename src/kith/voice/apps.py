"""The Django app of voice."""

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.voice"
    label = "voice"
