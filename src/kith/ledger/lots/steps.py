"""The steps an entry can be."""

from enum import StrEnum


class Step(StrEnum):
    """What an entry does to its lot. Amounts are positive; only `adjust` may be negative.

    `grant` fills the lot, `reserve` sets aside, `consume` turns reserved into used, `release` gives reserved
    back, `return` gives used back, `expire` ends what is left after the last day, `adjust` corrects the grant.
    """

    GRANT = "grant"
    RESERVE = "reserve"
    CONSUME = "consume"
    RELEASE = "release"
    RETURN = "return"
    EXPIRE = "expire"
    ADJUST = "adjust"


ANSWERING = (Step.CONSUME, Step.RELEASE, Step.RETURN)
"""Steps that answer an earlier entry of the same lot: consume and release a reserve, return a consume."""
