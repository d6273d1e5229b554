"""What conversations tell: that a function owes an answer, a shift its reading, a moderator a decision.

Nothing is told of what colleagues say to each other: who talked to whom is kept with the posts alone.
"""

from dataclasses import dataclass

from kith.kernel.facts import fact


@fact(about={"conversation_id": "conversation", "person_id": "person"})
@dataclass(frozen=True)
class AnswerAwaited:
    """A person wrote to a function, and no answer was owed before."""

    conversation_id: int
    person_id: int
    duty: str


@fact(about={"conversation_id": "conversation", "person_id": "person"})
@dataclass(frozen=True)
class AnswerGiven:
    """Somebody of the function answered."""

    conversation_id: int
    person_id: int


@fact(about={"handover_id": "handover", "lead_id": "person"})
@dataclass(frozen=True)
class HandoverWritten:
    """A shift left a note; the lead of the next one owes its reading until the handover's due time."""

    handover_id: int
    lead_id: int


@fact(about={"handover_id": "handover"})
@dataclass(frozen=True)
class HandoverAcknowledged:
    """The next shift has read the note."""

    handover_id: int


@fact(about={"report_id": "report"})
@dataclass(frozen=True)
class PostReported:
    """A post was reported; a moderator owes a decision."""

    report_id: int
    reporter_id: int


@fact(about={"report_id": "report"})
@dataclass(frozen=True)
class ReportDecided:
    """A moderator decided on a reported post."""

    report_id: int
