"""Pages behind a secret address or for one pair of eyes, which visitors see: kept nowhere, found by nobody."""

from typing import TypeVar

from django.http.response import HttpResponseBase

R = TypeVar("R", bound=HttpResponseBase)


def sealed(response: R) -> R:
    """Keep an answer out of caches and indexes; those to somebody signed in are out of caches anyway.

    The address itself stays within this site by the referrer policy of every page. "no-referrer" would be wrong here:
    a browser's POST would have the origin "null" and be refused.
    """
    response["Cache-Control"] = "no-store, private"
    response["X-Robots-Tag"] = "noindex"
    return response
