"""The shelf of purposes: what a one-time link is for."""

from typing import Protocol

from django.http.response import HttpResponseBase

from kith.access.requests import Request
from kith.access.tokens.models import OneTimeToken
from kith.kernel.registries import Registry


class Purpose(Protocol):
    """What happens when a link is opened. The view of `/t/<token>/` has checked it and speaks to these two."""

    def show(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Answer GET with what the link would do and a button that posts; change nothing (scanners follow links)."""
        ...

    def act(self, request: Request, token: OneTimeToken) -> HttpResponseBase:
        """Answer POST by doing it, within a transaction in which the use is counted.

        An answer of 400 or more undoes everything, the counted use too: the form may be sent again.
        """
        ...


PURPOSES: Registry[Purpose] = Registry("access.purposes")
