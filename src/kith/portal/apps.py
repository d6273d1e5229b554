"""The Django app of portal."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.portal"
    label = "portal"

    def ready(self) -> None:
        """Load due work, listeners, and what stands on shelves."""
        from kith.portal import people_search, places, privacy, reactions, subjects  # noqa: F401, PLC0415
        from kith.portal.audit import places as _audit  # noqa: F401, PLC0415
        from kith.portal.erasures import places as _erasures  # noqa: F401, PLC0415
        from kith.portal.exports import people as _people_out  # noqa: F401, PLC0415
        from kith.portal.exports import places as _units_out  # noqa: F401, PLC0415
        from kith.portal.imports import background as _imports_later  # noqa: F401, PLC0415
        from kith.portal.imports import places as _imports  # noqa: F401, PLC0415
        from kith.portal.imports import reactions as _imports_told  # noqa: F401, PLC0415
        from kith.portal.members import places as _members  # noqa: F401, PLC0415
        from kith.portal.organization import identity  # noqa: F401, PLC0415
        from kith.portal.organization import places as _organization  # noqa: F401, PLC0415
        from kith.portal.search import tasks  # noqa: F401, PLC0415
        from kith.portal.signin import actions, linked  # noqa: F401, PLC0415
        from kith.portal.signin import places as signin_places  # noqa: F401, PLC0415
        from kith.portal.welcome import begin as _welcome  # noqa: F401, PLC0415
