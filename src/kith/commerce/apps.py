"""The Django app of commerce."""

from django.apps import AppConfig


class CommerceConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.commerce"
    label = "commerce"

    def ready(self) -> None:
        """Put commerce's things on their shelves, load its facts, listeners and due work."""
        from kith.commerce import (  # noqa: F401, PLC0415
            care,
            exports,
            home,
            matters,
            places,
            privacy,
            reactions,
            search,
            subjects,
        )
        from kith.commerce.gifts import facts as _gifts  # noqa: F401, PLC0415
        from kith.commerce.gifts import kinds as _budgets  # noqa: F401, PLC0415
        from kith.commerce.gifts import tasks as _purging  # noqa: F401, PLC0415
        from kith.commerce.imports import put_kinds  # noqa: PLC0415
        from kith.commerce.orders import finding, links, paying, tasks  # noqa: F401, PLC0415
        from kith.commerce.quotas import kinds  # noqa: F401, PLC0415

        put_kinds()
