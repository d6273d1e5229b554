"""Who the organization is, for the frame: asked on every page, so kept for a minute in each process."""

from time import monotonic

from django.db import Error, transaction
from django.urls import reverse

from kith.people.organizations.queries import company
from kith.portal.organization.capabilities import closed_cards, closed_paths, closed_places
from kith.portal.organization.models import IdentityVersion
from kith.portal.organization.queries import has_theme, newest, tokens_of
from kith.portal.shell.frame import IDENTITIES, Identity

_KEPT_SECONDS = 60.0
"""A change is seen on every page of every process within this time; in the process that made it, at once."""
_NEW_SECONDS = 2.0
"""How long "there is no organization yet" is believed: whoever sets one up must not wait."""


class _Keeper:
    """What this process knows, and until when (by the machine's steady clock) it believes it."""

    found: Identity | None = None
    until = 0.0


def known() -> Identity:
    """Return the organization's identity, "Kith" before there is one; two queries a minute and process.

    Without the database it is what was known last, so that the page that says so can be drawn.
    """
    if _Keeper.found is not None and monotonic() < _Keeper.until:
        return _Keeper.found
    try:
        ours = company()
        made = _identity("" if ours is None else ours.name, newest())
    except Error:
        return _Keeper.found or Identity("Kith")
    keep(made, seconds=_NEW_SECONDS if made.is_new else _KEPT_SECONDS)
    return made


def _identity(name: str, version: IdentityVersion | None) -> Identity:
    if version is None:
        return Identity(name or "Kith", is_new=not name)
    return Identity(
        name or "Kith",
        logo_url=reverse("logo", args=[version.logo.sha256]) if version.logo else "",
        tokens=tokens_of(version) if has_theme(version) else None,
        languages=tuple(version.languages),
        zone=version.zone,
        closed_places=closed_places(version.closed),
        closed_cards=closed_cards(version.closed),
        closed_paths=closed_paths(version.closed),
        is_new=not name,
    )


def keep(identity: Identity, *, seconds: float) -> None:
    """Believe in an identity for so many seconds without asking."""
    _Keeper.found, _Keeper.until = identity, monotonic() + seconds


def forget() -> None:
    """Let the next page ask anew, now and once more after the commit."""
    drop()
    transaction.on_commit(drop)


def drop() -> None:
    """Forget what this process knows."""
    _Keeper.found = None


IDENTITIES.put("organization", known)
