"""The Django app of access."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.access"
    label = "access"

    def ready(self) -> None:
        """Load what stands on shelves, hears facts, ticks and checks."""
        from kith.access import checks, invariants, privacy, reactions  # noqa: F401, PLC0415
        from kith.access.apitokens import facts as apitoken_facts  # noqa: F401, PLC0415
        from kith.access.grants import facts as grant_facts  # noqa: F401, PLC0415
        from kith.access.kiosks import facts as kiosk_facts  # noqa: F401, PLC0415
        from kith.access.logins import facts as login_facts  # noqa: F401, PLC0415
