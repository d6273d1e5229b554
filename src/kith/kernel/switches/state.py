"""Reading and turning switches."""

from datetime import datetime

from kith.kernel.switches.models import Switch

_MUTED = "muted"


def is_muted() -> bool:
    """Say whether nothing may be sent to the outside."""
    return Switch.objects.filter(name=_MUTED).exists()


def mute(*, at: datetime) -> None:
    """Send nothing to the outside from now on."""
    Switch.objects.get_or_create(name=_MUTED, defaults={"since": at})


def unmute() -> None:
    """Send again."""
    Switch.objects.filter(name=_MUTED).delete()
