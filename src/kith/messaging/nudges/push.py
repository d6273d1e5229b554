"""Sending one web push (RFC 8030) to one browser, encrypted, by the client that reaches only the open internet."""

import json
from datetime import datetime

from kith.kernel import outbound
from kith.kernel.refusals import BadInput
from kith.messaging.nudges.encryption import encrypt
from kith.messaging.nudges.models import Nudge, PushDevice
from kith.messaging.nudges.sms import LaterError, RefusedError
from kith.messaging.nudges.vapid import authorization

DAY = 24 * 3600
GONE = {404, 410}


class GoneError(Exception):
    """The browser takes no more pushes: the device is to be forgotten."""


def send(*, nudge: Nudge, device: PushDevice, at: datetime) -> None:
    """Send a push; it waits a day for a browser that is not there, an urgent one is woken for."""
    plain = json.dumps(
        {"title": nudge.title, "body": nudge.text, "url": nudge.link, "tag": nudge.public_id.hex}, ensure_ascii=False
    ).encode()
    headers = {
        "Authorization": authorization(device.endpoint, at=at),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(DAY),
        "Urgency": "high" if nudge.urgent else "normal",
        "Topic": nudge.public_id.hex,
    }
    try:
        body = encrypt(plain, p256dh=device.p256dh, auth=device.auth)
        answer = outbound.fetch(device.endpoint, method="POST", headers=headers, body=body)
    except outbound.UnreachableError as error:
        raise LaterError(str(error)) from error
    except BadInput as error:
        raise GoneError(error.sentence) from error  # an address we never ask: it is none of a push service
    if answer.status in GONE:
        raise GoneError(str(answer.status))
    if answer.status == 429 or answer.status >= 500:  # noqa: PLR2004  (too many; theirs)
        raise LaterError(str(answer.status))
    if not 200 <= answer.status < 300:  # noqa: PLR2004  (taken)
        raise RefusedError(f"{answer.status} {answer.body[:200].decode(errors='replace')}")
