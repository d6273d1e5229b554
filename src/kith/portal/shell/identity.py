"""Who the organization is, for the frame: the company's name as people keeps it."""

from django.core.cache import cache

from kith.people.organizations.queries import company
from kith.portal.shell.frame import IDENTITIES, Identity

_KEY = "portal.identity"
_KEPT_SECONDS = 60
"""A new name is seen on every page within this time."""


def known() -> Identity:
    """Return the company's identity, "Kith" before there is a company; costs a query a minute and process."""
    found = cache.get(_KEY)
    if isinstance(found, Identity):
        return found
    ours = company()
    if ours is None:
        return Identity("Kith")
    made = Identity(ours.name)
    cache.set(_KEY, made, _KEPT_SECONDS)
    return made


IDENTITIES.put("people", known)
