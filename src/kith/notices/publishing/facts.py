"""What publishing tells."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticePublished:
    """A notice went out to everyone in its segment."""

    notice_id: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticeAmended:
    """A new text was released; unless editorial, everyone is asked again."""

    notice_id: int
    version: int
    editorial: bool


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticeWithdrawn:
    """A notice no longer holds."""

    notice_id: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticeEscalated:
    """Line managers got the lists of their own outstanding people."""

    notice_id: int
    managers: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class ApprovalAsked:
    """A second person was asked to agree to a notice."""

    notice_id: int
    approval_id: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class ApprovalDecided:
    """A second person said yes or no."""

    notice_id: int
    approval_id: int
    granted: bool


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticeAudienceChanged:
    """People joined or left the audience of a notice while it held."""

    notice_id: int
    joined: int
    left: int


@fact(about={"notice_id": "notice"})
@dataclass(frozen=True)
class NoticeExpired:
    """A notice does not hold any more; so many had not answered."""

    notice_id: int
    unanswered: int
