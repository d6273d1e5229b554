"""What promises tell. `kind` and `subject` say of what, so that a listener need not look."""

from dataclasses import dataclass

from kith.kernel.facts import fact

ABOUT = {"promise_id": "promise", "owner_id": "person", "waiting_id": "person"}


@dataclass(frozen=True)
class AboutPromise:
    """What every fact of a promise carries: its owner and who waits (None: nobody in particular) at the time."""

    promise_id: int
    kind: str
    subject: str
    owner_id: int
    waiting_id: int | None


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromiseOpened(AboutPromise):
    """Somebody owes something from now on."""


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromiseKept(AboutPromise):
    """It was done, with a proof."""


@fact(about={**ABOUT, "from_id": "person"})
@dataclass(frozen=True)
class PromisePassedOn(AboutPromise):
    """Another person owns it now."""

    from_id: int
    why: str


@fact(about={**ABOUT, "escalated_to_id": "person"})
@dataclass(frozen=True)
class PromiseOverdue(AboutPromise):
    """It is late: `level` 1 goes to the owner's manager, from 2 on to the duty."""

    level: int
    escalated_to_id: int | None


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromiseExtended(AboutPromise):
    """It will take longer, for a reason that the one who waits can read."""


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromisePaused(AboutPromise):
    """The clock stands still until a day on which somebody looks again."""


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromiseResumed(AboutPromise):
    """The clock goes on."""


@fact(about=ABOUT)
@dataclass(frozen=True)
class PromiseWithdrawn(AboutPromise):
    """It is no longer owed."""
