"""Sending an SMS by adapter: a provider's HTTP address, or none, where it is kept and shown only."""

import json

from django.conf import settings

from kith.kernel import outbound


class RefusedError(Exception):
    """The provider takes this SMS never; the message is what it said."""


class LaterError(Exception):
    """The provider does not take it now; the message is what it said."""


def is_real() -> bool:
    """Say whether an SMS goes anywhere."""
    return bool(settings.KITH_SMS_URL)


def send(*, to: str, text: str, key: str) -> None:
    """Hand one SMS to the provider: `POST {"to", "text", "id"}` as JSON, with `Idempotency-Key` and bearer token.

    Any 2xx is taken; 429 and 5xx come later, other answers are final.
    """
    headers = {"Content-Type": "application/json", "Idempotency-Key": key}
    if settings.KITH_SMS_TOKEN:
        headers["Authorization"] = f"Bearer {settings.KITH_SMS_TOKEN}"
    body = json.dumps({"to": to, "text": text, "id": key}).encode()
    try:
        answer = outbound.fetch(settings.KITH_SMS_URL, method="POST", headers=headers, body=body)
    except outbound.UnreachableError as error:
        raise LaterError(str(error)) from error
    if 200 <= answer.status < 300:  # noqa: PLR2004  (taken)
        return
    said = f"{answer.status} {answer.body[:200].decode(errors='replace')}"
    if answer.status == 429 or answer.status >= 500:  # noqa: PLR2004  (too many; theirs)
        raise LaterError(said)
    raise RefusedError(said)
