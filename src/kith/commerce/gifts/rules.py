"""Which gifts fit a person: pure."""

from collections.abc import Collection, Iterable
from decimal import Decimal
from typing import Protocol


class GiftLike(Protocol):
    """What choosing needs of a gift."""

    fits: list[str]
    countries: list[str]
    contains: list[str]
    cost: Decimal
    currency: str
    pk: int


def score(fits: Collection[str], likes: Collection[str]) -> int:
    """Return how many of the things a person likes a gift meets."""
    wanted = {like.casefold() for like in likes}
    return len({tag.casefold() for tag in fits} & wanted)


def fitting(
    gifts: Iterable[GiftLike], *, likes: Collection[str], country: str, currency: str, at_most: Decimal,
    avoids: Collection[str] = (),
) -> list[GiftLike]:  # fmt: skip
    """Return the gifts that may go to `country` and cost at most so much, the best fit first, the cheaper before.

    A gift without tags fits everybody a little; one with tags that meet nothing comes last. One that is, or has in
    it, what somebody `avoids` is left out.
    """
    shunned = {word.casefold() for word in avoids}
    allowed = [
        gift
        for gift in gifts
        if gift.currency == currency
        and gift.cost <= at_most
        and (not gift.countries or country in gift.countries)
        and not shunned & {tag.casefold() for tag in (*gift.fits, *gift.contains)}
    ]
    return sorted(allowed, key=lambda gift: (-score(gift.fits, likes), bool(gift.fits), gift.cost, gift.pk))
