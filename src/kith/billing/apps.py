"""The Django app of billing."""

from django.apps import AppConfig


class BillingConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.billing"
    label = "billing"

    def ready(self) -> None:
        """Put billing's things on their shelves, load its facts, ways of paying and due work."""
        from kith.billing import exports, home, invariants, places, privacy, reactions, subjects  # noqa: F401, PLC0415
        from kith.billing.bills import actions as _bills  # noqa: F401, PLC0415
        from kith.billing.invoices import facts as _invoices  # noqa: F401, PLC0415
        from kith.billing.payments import facts as _payments  # noqa: F401, PLC0415
        from kith.billing.payments import tasks  # noqa: F401, PLC0415
        from kith.billing.payroll import actions as _payroll  # noqa: F401, PLC0415
        from kith.billing.testgateway import actions as _gateway  # noqa: F401, PLC0415
