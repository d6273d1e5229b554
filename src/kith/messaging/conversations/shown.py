"""What readers are shown: rows of the list, posts with what one may do, each in a fixed number of queries."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kith.kernel.subjects import Described, Subject, describe
from kith.messaging.conversations.models import Conversation, Kind, Member, Post, PostKind
from kith.messaging.conversations.queries import (
    HANDOVER,
    helped_by,
    listed,
    others_in,
    readers_of,
    shows_reading,
    unread_of,
)
from kith.messaging.conversations.rules import (
    Standing,
    may_acknowledge,
    may_edit,
    may_report,
    may_withdraw,
)
from kith.messaging.conversations.shelves import DESKS
from kith.messaging.conversations.turning import offered
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids

PAGE = 30
RECENT = timedelta(hours=12)
ICONS = {Kind.DIRECT: "message-circle", Kind.GROUP: "users", Kind.ROSTER: "clock", Kind.DUTY: "headset"}
EVENTS: dict[str, StrOrPromise] = {
    "joined": gettext_lazy("%(name)s joined."),
    "left": gettext_lazy("%(name)s left."),
    "removed": gettext_lazy("%(name)s was removed."),
    "renamed": gettext_lazy("%(name)s gave it another subject."),
}


@dataclass(frozen=True)
class Row:
    """One conversation in the list."""

    conversation: Conversation
    name: str
    text: str
    unread: int
    style: str

    @property
    def url(self) -> str:
        """Its address."""
        return reverse("conversation", args=[self.conversation.public_id])

    @property
    def icon(self) -> str:
        """The icon of its kind."""
        return ICONS[Kind(self.conversation.kind)]


def name_of(person: Person) -> str:
    """Return a person's name; whoever was erased has none any more."""
    return _("Deleted person") if person.erased_at else person.name


def title_of(conversation: Conversation, *, other: Person | None, person_id: int) -> str:
    """Return what a conversation is called for a reader: the colleague, the subject, with a function both."""
    if conversation.kind == Kind.DIRECT:
        return name_of(other) if other is not None else _("Deleted person")
    if conversation.kind == Kind.DUTY:
        asker = conversation.asker
        mine = asker is None or asker.pk == person_id
        side = desk_label(conversation.duty) if mine or asker is None else name_of(asker)
        return _("%(side)s: %(title)s") % {"side": side, "title": conversation.title}
    return conversation.title


def desk_label(code: str) -> str:
    """Return what a function is called."""
    return str(DESKS.get(code).label) if code in DESKS else code


def style_of(when: datetime, *, at: datetime) -> str:
    """Return how an instant is shown: what is half a day old by its time, older by its day."""
    return "clock" if at - when < RECENT else "day"


def rows(
    standing: Standing, *, before: Conversation | None, at: datetime, size: int = PAGE
) -> tuple[list[Row], Conversation | None]:
    """Return a page of somebody's conversations and where the next one begins (None: it is the last)."""
    found = listed(standing, before=before, size=size + 1)
    shown = found[:size]
    direct = [row.conversation_id for row in shown if row.conversation.kind == Kind.DIRECT]
    others = others_in(conversation_ids=direct, person_id=standing.person.pk)
    made = [_row(row, others.get(row.conversation_id), standing, at=at) for row in shown]
    return made, shown[-1].conversation if len(found) > size else None


def _row(member: Member, other: Person | None, standing: Standing, *, at: datetime) -> Row:
    known = vars(member)
    text = str(known["last_text"] or "")
    if known["last_kind"] == PostKind.EVENT:
        text = ""
    elif known["last_gone"] is not None:
        text = _("Message withdrawn")
    name = title_of(member.conversation, other=other, person_id=standing.person.pk)
    return Row(member.conversation, name, text, unread_of(member), style_of(member.conversation.last_at, at=at))


@dataclass(frozen=True)
class ShownPost:
    """A post for one reader."""

    post: Post
    name: str
    mine: bool
    pieces: Sequence[tuple[str, bool]]
    event: str = ""
    became: Sequence[Described] = ()
    turns: Sequence[tuple[str, StrOrPromise, str]] = ()
    may: frozenset[str] = field(default_factory=frozenset)
    topic: str = ""
    style: str = "when"

    @property
    def gone(self) -> bool:
        """Whether its words were taken back."""
        return self.post.withdrawn_at is not None


def posts(found: Sequence[Post], *, standing: Standing, at: datetime) -> list[ShownPost]:
    """Return posts ready for a reader, in the order given; at most four queries for any number."""
    named = by_ids(ids={key for post in found for key in post.mentions})
    made = {str(one.became) for post in found for one in post.turned.all()}
    described = describe(subjects={Subject.parse(each) for each in made}, person_id=standing.person.pk) if made else {}
    notes = any(post.kind == PostKind.HANDOVER for post in found)
    owed = helped_by(person_id=standing.person.pk, kind=HANDOVER) if notes else frozenset()
    return [_shown(post, standing=standing, at=at, named=named, described=described, owed=owed) for post in found]


def _shown(
    post: Post, *, standing: Standing, at: datetime, named: dict[int, Person], described: dict[Subject, Described],
    owed: frozenset[int],
) -> ShownPost:  # fmt: skip
    person_id, name = standing.person.pk, name_of(post.author)
    if post.kind == PostKind.EVENT:
        sentence = str(EVENTS.get(post.text, "%(name)s")) % {"name": name}
        return ShownPost(post, name, mine=False, pieces=(), event=sentence)
    may = {
        "edit": may_edit(post, person_id=person_id, at=at),
        "withdraw": may_withdraw(post, person_id=person_id),
        "report": may_report(post, person_id=person_id),
        "acknowledge": post.kind == PostKind.HANDOVER
        and may_acknowledge(post.handover, standing, owes=post.handover.pk in owed),
    }
    known = [described.get(Subject.parse(one.became)) for one in post.turned.all()]
    done = {one.turn for one in post.turned.all() if one.by_id == person_id}
    turns = [(key, each.label, each.icon) for key, each in offered(post, standing=standing) if key not in done]
    names = [each for key in post.mentions if (each := named.get(key)) is not None and not each.erased_at]
    return ShownPost(
        post, name, mine=post.author_id == person_id, pieces=tuple(pieces(post.text, names)),
        became=[one for one in known if one is not None], turns=turns,
        may=frozenset(key for key, holds in may.items() if holds), topic=post.topic.name if post.topic else "",
        style="clock" if at - post.at < RECENT else "when",
    )  # fmt: skip


def pieces(text: str, named: Sequence[Person]) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a text in order; True for those that are the “@name” of somebody named."""
    marks = sorted({f"@{name}" for one in named for name in (one.full_name, one.preferred_name) if name}, key=len)
    start, at, low = 0, 0, text.lower()
    while (at := text.find("@", at)) >= 0:
        mark = next((each for each in reversed(marks) if low.startswith(each.lower(), at)), None)
        if mark is None:
            at += 1
            continue
        if at > start:
            yield text[start:at], False
        yield text[at : at + len(mark)], True
        start = at = at + len(mark)
    if start < len(text):
        yield text[start:], False


def read_by(shown: Sequence[ShownPost], conversation: Conversation, *, standing: Standing) -> str:
    """Return who has read the reader's own newest post, "" where nobody or one of the two sides keeps it to itself."""
    last = next((one.post for one in reversed(shown) if one.mine and not one.gone), None)
    if last is None or last.seq != conversation.last_seq or not shows_reading(person_id=standing.person.pk):
        return ""
    readers = readers_of(last, but=standing.person.pk)
    if conversation.kind == Kind.DIRECT:
        return _("Read") if readers.exists() else ""
    number = readers.count()
    return _("Read by %d") % number if number else ""
