"""`once()`: do a thing for a key exactly once."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.refusals import Refusal
from kith.kernel.statements import fetch_one


@dataclass(frozen=True)
class KeptAnswer:
    """The answer to a key: an HTTP status, a JSON body, and whether it is a replay."""

    status: int
    body: Any
    replayed: bool


def fingerprint(asked: Any) -> str:
    """Return the SHA-256 of what was asked, as JSON with sorted keys."""
    return hashlib.sha256(json.dumps(asked, sort_keys=True, default=str).encode()).hexdigest()


_TAKE = """
    INSERT INTO kernel_idempotencykey (scope, key, fingerprint, at) VALUES (%(scope)s, %(key)s, %(print)s, %(at)s)
    ON CONFLICT (scope, key) DO NOTHING RETURNING id
"""


def _take(*, scope: str, key: str, asked_print: str, at: datetime) -> int | None:
    """Take a key, in one statement that waits for whoever is at it; None when it was used."""
    row = fetch_one(_TAKE, {"scope": scope, "key": key, "print": asked_print, "at": at})
    return row[0] if row else None


def once(*, scope: str, key: str, asked: Any, at: datetime, act: Callable[[], tuple[int, Any]]) -> KeptAnswer:
    """Run `act` for the first call with (`scope`, `key`) and return its answer; later calls get the same one.

    A second call that comes while the first is running waits for it. The same key with another `asked` is
    refused (422). When `act` raises, nothing is kept and the key may be used again. `scope` names the caller
    (a person or session), so that nobody's key answers for another's.
    """
    if not 1 <= len(key) <= 255 or "\0" in key:  # noqa: PLR2004  (the column's length)
        raise Refusal(_("An Idempotency-Key has 1 to 255 characters."), status=400)
    asked_print = fingerprint(asked)
    with transaction.atomic():
        fresh = _take(scope=scope, key=key, asked_print=asked_print, at=at)
        if fresh is None:
            row = IdempotencyKey.objects.get(scope=scope, key=key)
            if row.fingerprint != asked_print:
                raise Refusal(_("This Idempotency-Key was used for a different request."), status=422)
            return KeptAnswer(status=row.status or 200, body=row.answer, replayed=True)
        status, body = act()
        IdempotencyKey.objects.filter(pk=fresh).update(status=status, answer=body)
        return KeptAnswer(status=status, body=body, replayed=False)
