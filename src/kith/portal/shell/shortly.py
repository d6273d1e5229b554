"""What everybody sees alike is worked out once in two seconds, not once a visitor.

Lists, counts, price rows and visitors' pages are the same for all; under load they would be asked for hundreds of
times a second. What is charged is never taken from here: orders look for themselves.
"""

import time
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

from django.db import connection

T = TypeVar("T")
SECONDS = 2.0
MOST = 500
_KEPT: dict[Hashable, tuple[float, Any]] = {}


def shortly(key: Hashable, make: Callable[[], T], *, seconds: float = SECONDS) -> T:
    """Return what `make` returned for `key` in the last `seconds`, else make it.

    While one asker makes it anew the others get the last one, for two more seconds at most. Inside a transaction
    nothing is kept: it sees rows that others may never see. What is returned is shared.
    """
    if connection.in_atomic_block:
        return make()
    whole = (connection.settings_dict["NAME"], key)
    now = time.monotonic()
    kept = _KEPT.get(whole)
    if kept is not None:
        if now < kept[0]:
            return cast("T", kept[1])
        if now < kept[0] + SECONDS:
            _KEPT[whole] = (now + SECONDS, kept[1])
    made = make()
    if len(_KEPT) >= MOST:
        _KEPT.clear()
    _KEPT[whole] = (time.monotonic() + seconds, made)
    return made


def forget() -> None:
    """Keep nothing any longer: the next look is a first one."""
    _KEPT.clear()
