"""What webhooks tell. Never a secret, never an address."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact()
@dataclass(frozen=True)
class WebhookAdded:
    """Facts are told to one more address."""

    endpoint_id: int


@fact()
@dataclass(frozen=True)
class WebhookSecretRolled:
    """A webhook is signed with a new secret."""

    endpoint_id: int


@fact()
@dataclass(frozen=True)
class WebhookStateChanged:
    """A webhook was paused, resumed, or stopped because it failed for too long."""

    endpoint_id: int
    state: str


@fact()
@dataclass(frozen=True)
class WebhookRemoved:
    """Facts are told to an address no more."""

    endpoint_id: int
