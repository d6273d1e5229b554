"""The Django app of notices."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.notices"
    label = "notices"

    def ready(self) -> None:
        """Load due work and what stands on the shelves below."""
        from kith.notices import (  # noqa: F401, PLC0415
            bars,
            care,
            exports,
            places,
            privacy,
            promises,
            reactions,
            search,
            subjects,
            wording,
        )
        from kith.notices.audiences import tasks as audience_tasks  # noqa: F401, PLC0415
        from kith.notices.board import facts as board_facts  # noqa: F401, PLC0415
        from kith.notices.escalation import tasks  # noqa: F401, PLC0415
        from kith.notices.matters import builtin  # noqa: F401, PLC0415
        from kith.notices.publishing import facts  # noqa: F401, PLC0415
        from kith.notices.rulebook import facts as rulebook_facts  # noqa: F401, PLC0415
