"""What every screen of conversations finds out first: who asks, which conversation, and how much of it is theirs."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kith.access.requests import PersonRequest
from kith.kernel import clock
from kith.kernel.numbers import whole
from kith.messaging.conversations.models import Conversation, Member
from kith.messaging.conversations.queries import CONVERSATION, conversation_of, helped_by, member_of
from kith.messaging.conversations.rules import Standing, answers
from kith.messaging.conversations.shelves import desks_of


@dataclass(frozen=True)
class Asked:
    """A conversation as somebody opened it. `member` is None for who serves its function and only looks in."""

    at: datetime
    standing: Standing
    conversation: Conversation
    member: Member | None

    @property
    def since(self) -> int:
        """The number after which posts are the reader's to see."""
        return self.member.since_seq if self.member else 0

    @property
    def serves(self) -> bool:
        """Whether the reader speaks for the function asked."""
        return answers(self.standing, self.conversation)


def standing_of(request: PersonRequest) -> Standing:
    """Return who is asking; one query for each shelf of helpers."""
    person = request.person
    return Standing(
        person, request.employed, request.roles, desks_of(request.roles),
        helped_by(person_id=person.pk, kind=CONVERSATION), request.manages,
    )  # fmt: skip


def asked(request: PersonRequest, public_id: UUID) -> Asked:
    """Return the conversation an address names; `NotFound` alike for one of others and for none."""
    at, standing = clock.now(), standing_of(request)
    conversation = conversation_of(standing, public_id=public_id, at=at)
    return Asked(at, standing, conversation, member_of(conversation, person_id=standing.person.pk))


def number(request: PersonRequest, name: str) -> int | None:
    """Return a number of the address, None where there is none that a bigint could hold."""
    return whole(request.GET.get(name, ""))
