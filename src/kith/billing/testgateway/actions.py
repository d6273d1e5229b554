"""The test gateway as a way to pay, its receiver of webhooks, and the player on its own page."""

import secrets
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.billing.payments.events import FAILED, PAID, Report, receive
from kith.billing.payments.models import Payment, PaymentEvent
from kith.billing.processes.methods import METHODS, Asked
from kith.billing.testgateway import signing
from kith.billing.testgateway.events import body_of, parse
from kith.kernel.money import Money
from kith.kernel.refusals import NotFound

PROVIDER = "test"
NAME = "test-gateway"


def secret() -> str:
    """Return the secret of the webhooks; `NotFound` where the gateway is switched off."""
    if not settings.KITH_TEST_GATEWAY_SECRET:
        raise NotFound(_("There is no such page."))
    return str(settings.KITH_TEST_GATEWAY_SECRET)


class TestGateway:
    """Pay on the test gateway's page; nothing is charged anywhere."""

    __test__ = False
    label = gettext_lazy("Card or wallet (test gateway)")
    hint = gettext_lazy("You go on to the page of the test gateway; no real money moves.")
    needs_sign_in = False

    def problem(self, asked: Asked) -> str:
        """Say so where the gateway is switched off."""
        del asked
        if not settings.KITH_TEST_GATEWAY_SECRET:
            return _("The test gateway is switched off. Choose another way of paying.")
        return ""

    def consent(self, asked: Asked) -> str:
        """Nothing is agreed to."""
        del asked
        return ""

    def start(self, *, payment_id: int, asked: Asked) -> None:
        """Wait for the gateway's report."""

    def page(self, *, payment_key: str) -> str:
        """Return the gateway's page."""
        return reverse("test-gateway", args=[payment_key])

    def refund(self, *, payment_id: int, amount: Money, at: datetime) -> None:
        """Nothing was charged, so nothing has to travel; the refund's row is the record."""


METHODS.put(NAME, TestGateway())


def receive_webhook(*, headers: Mapping[str, str], body: bytes, at: datetime) -> PaymentEvent:
    """Check signature and age, then keep and apply the event.

    `signing.BadSignatureError` and `events.BadEventError` say what is wrong with the request.
    """
    event_id = signing.verify(secret=secret(), headers=headers, body=body, at=at)
    event = parse(body)
    return receive(
        Report(PROVIDER, event_id, event.kind, event.payment_key, event.amount, event.currency, event.body), at=at
    )


def play(*, payment: Payment, pays: bool, at: datetime) -> PaymentEvent:
    """Do what the gateway does when someone pays (or gives up) on its page: send a signed webhook."""
    body = body_of(
        kind=PAID if pays else FAILED,
        payment_key=str(payment.public_id),
        amount=payment.amount,
        currency=payment.currency,
    )
    headers = signing.sign(secret=secret(), event_id=f"evt_{secrets.token_hex(16)}", at=at, body=body)
    return receive_webhook(headers=headers, body=body, at=at)
