"""The Django app of kernel."""

from django.apps import AppConfig


class KernelConfig(AppConfig):
    """Registers the kernel with Django."""

    name = "kith.kernel"
    label = "kernel"

    def ready(self) -> None:
        """Load the kernel's own jobs and ticks."""
        from kith.kernel.facts import sequencing, telling  # noqa: F401, PLC0415
        from kith.kernel.idempotency import forgetting  # noqa: F401, PLC0415
        from kith.kernel.tasks import running  # noqa: F401, PLC0415
