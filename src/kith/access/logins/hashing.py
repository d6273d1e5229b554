"""Hashing of passwords and PINs, at most two at a time in a process, so that a flood of sign-ins starves no page."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from django.contrib.auth.hashers import Argon2PasswordHasher, check_password, is_password_usable, make_password
from django.utils.translation import gettext as _

from kith.kernel.refusals import Refusal

AT_ONCE = 2
IN_LINE = 1
LONGEST_WAIT = 1.0  # seconds
LONGEST_SECRET = 1_000  # characters

_turns = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + IN_LINE)


class Argon2(Argon2PasswordHasher):
    """Argon2id with 32 MiB and two passes on one thread (OWASP asks for 19 MiB and two), about 40 ms."""

    time_cost = 2
    memory_cost = 32_768
    parallelism = 1


class Busy(Refusal):
    """Too many people are signing in at this moment. `retry_after` is in seconds."""

    status = 503
    retry_after = 1


@contextmanager
def a_turn() -> Iterator[None]:
    """Wait for a turn at hashing; `Busy` at once when somebody waits already, so that pages keep their threads."""
    if not _places.acquire(blocking=False):
        raise Busy(_("Many people are signing in right now. Try again in a moment."))
    try:
        if not _turns.acquire(timeout=LONGEST_WAIT):
            raise Busy(_("Many people are signing in right now. Try again in a moment."))
        try:
            yield
        finally:
            _turns.release()
    finally:
        _places.release()


def hashed(secret: str) -> str:
    """Return the hash of a password or PIN."""
    with a_turn():
        return make_password(secret)


def matches(secret: str, kept: str | None) -> bool:
    """Say whether `secret` is the one hashed in `kept`; without one the same work is done for nothing."""
    usable = kept is not None and kept != "" and is_password_usable(kept)
    with a_turn():
        right = check_password(secret[:LONGEST_SECRET], kept if usable and kept else _decoy())
    return right and usable and len(secret) <= LONGEST_SECRET


@cache
def _decoy() -> str:
    return make_password("nobody's password")
