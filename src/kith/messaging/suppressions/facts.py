"""What suppressions tell."""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class MailboxUnreachable:
    """Mail to a person's mailbox came back for good (`hard`), on several days (`soft`), or as a complaint."""

    person_id: int
    reason: str


@fact(about={"person_id": "person"})
@dataclass(frozen=True)
class MailboxReleased:
    """Somebody at the desk lets mail go to a person's mailbox again."""

    person_id: int
