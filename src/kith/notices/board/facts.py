"""What the head count tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"notice_id": "notice", "site_id": "site"})
@dataclass(frozen=True)
class MusterLinkIssued:
    """Somebody without an account may count the heads of a site."""

    notice_id: int
    site_id: int
    link_id: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class MusterLinkRevoked:
    """A muster link was ended before its time."""

    notice_id: int
    link_id: int
