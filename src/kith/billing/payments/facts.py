"""What happened to payments."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"payment_id": "payment"})
@dataclass(frozen=True)
class PaymentCaptured:
    """We got the money of a payment."""

    payment_id: int


@fact(about={"payment_id": "payment"})
@dataclass(frozen=True)
class PaymentFailed:
    """A payment came to nothing."""

    payment_id: int


@fact(about={"payment_id": "payment"})
@dataclass(frozen=True)
class PaymentRefunded:
    """Money of a payment went back; `refund_id` None: its provider did it, unasked."""

    payment_id: int
    refund_id: int | None = None
