"""How often a token may ask: so many requests a minute, told in the headers of every answer.

The headers are those of draft-ietf-httpapi-ratelimit-headers (`RateLimit`, `RateLimit-Policy`) and the three
single ones of its earlier revisions, which more programs read.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from kith.access.throttle.actions import TooMany

WINDOW = timedelta(minutes=1)
A_MINUTE = 3000
_KEY = "kith.rate"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many requests a token made in the minute that began at `since`, this one among them."""

    since: datetime
    made: int
    at: datetime

    @property
    def left(self) -> int:
        """How many more are answered in this minute."""
        return max(0, A_MINUTE - self.made)

    @property
    def seconds(self) -> int:
        """After how many seconds the count begins anew."""
        return max(1, ceil((self.since + WINDOW - self.at).total_seconds()))


def note(request: HttpRequest, rate: Rate) -> None:
    """Keep the rate for the answer's headers; `TooMany` when the minute's requests are used up."""
    request.META[_KEY] = rate
    if rate.made > A_MINUTE:
        raise TooMany(_("This token asks too often. Wait, then go on."), retry_after=rate.seconds)


def tell(request: HttpRequest, response: HttpResponseBase) -> None:
    """Put the rate into an answer's headers, where a token was counted."""
    rate = request.META.get(_KEY)
    if isinstance(rate, Rate):
        seconds = ceil(WINDOW.total_seconds())
        response["RateLimit-Policy"] = f'"token";q={A_MINUTE};w={seconds}'
        response["RateLimit"] = f'"token";r={rate.left};t={rate.seconds}'
        response["RateLimit-Limit"] = str(A_MINUTE)
        response["RateLimit-Remaining"] = str(rate.left)
        response["RateLimit-Reset"] = str(rate.seconds)
