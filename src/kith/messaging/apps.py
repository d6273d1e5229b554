"""The Django app of messaging."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    """Registers the capability with Django."""

    name = "kith.messaging"
    label = "messaging"

    def ready(self) -> None:
        """Load facts, jobs, and what stands on the shelves below."""
        from kith.messaging import bell, home, privacy, subjects  # noqa: F401, PLC0415
        from kith.messaging.authoring import places as authoring_places  # noqa: F401, PLC0415
        from kith.messaging.consents import facts  # noqa: F401, PLC0415
        from kith.messaging.conversations import facts as talk_facts  # noqa: F401, PLC0415
        from kith.messaging.conversations import holding, search  # noqa: F401, PLC0415
        from kith.messaging.conversations import places as talk_places  # noqa: F401, PLC0415
        from kith.messaging.conversations import wording as talk_wording  # noqa: F401, PLC0415
        from kith.messaging.deliveries import fanout  # noqa: F401, PLC0415
        from kith.messaging.digests import tasks as digest_tasks  # noqa: F401, PLC0415
        from kith.messaging.mail import courier, tasks  # noqa: F401, PLC0415
        from kith.messaging.nudges import tasks as nudge_tasks  # noqa: F401, PLC0415
        from kith.messaging.suppressions import facts as suppression_facts  # noqa: F401, PLC0415
        from kith.messaging.webhooks import facts as webhook_facts  # noqa: F401, PLC0415
        from kith.messaging.webhooks import places as webhook_places  # noqa: F401, PLC0415
        from kith.messaging.webhooks import tasks as webhook_tasks  # noqa: F401, PLC0415
        from kith.messaging.webhooks import wording as webhook_wording  # noqa: F401, PLC0415
        from kith.messaging.wording import facts as wording_facts  # noqa: F401, PLC0415
