"""The Django app of people."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Registers people with Django."""

    name = "kith.people"
    label = "people"

    def ready(self) -> None:
        """Put the segments' own attributes on their shelf, and load every fact."""
        from kith.people.calendars import facts as _calendars  # noqa: F401, PLC0415
        from kith.people.imports import put_kinds  # noqa: PLC0415
        from kith.people.organizations import facts as _organizations  # noqa: F401, PLC0415
        from kith.people.privacy import below, own  # noqa: F401, PLC0415
        from kith.people.privacy import facts as _privacy  # noqa: F401, PLC0415
        from kith.people.privacy import tasks as _retention  # noqa: F401, PLC0415
        from kith.people.segments import builtin  # noqa: F401, PLC0415

        put_kinds()
