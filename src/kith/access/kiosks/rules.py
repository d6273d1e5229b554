"""What a PIN must be like, as a pure function."""

from itertools import pairwise

SHORTEST = 6
LONGEST = 12
WRONG_BEFORE_VOID = 5


def is_guessable(pin: str) -> bool:
    """Say whether a PIN is one digit repeated, a run up or down, or a short pattern repeated."""
    steps = {(int(b) - int(a)) % 10 for a, b in pairwise(pin)}
    repeated = any(pin == pin[:size] * (len(pin) // size) for size in (1, 2, 3) if len(pin) % size == 0)
    return repeated or steps in ({1}, {9})


def is_well_formed(pin: str) -> bool:
    """Say whether a PIN is 6 to 12 ASCII digits."""
    return SHORTEST <= len(pin) <= LONGEST and pin.isascii() and pin.isdigit()
