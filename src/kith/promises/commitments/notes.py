"""What people are told about promises, in every language of ours: composed here, delivered by messaging.

A note names the kind of promise and never its subject, so it can be read by anybody it is sent to; the page of the
promise shows the rest to those who may see it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from django.utils import timezone, translation

from kith.kernel.facts import Told
from kith.kernel.languages import OUR_LANGUAGES, django_code
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage
from kith.messaging.wording.actions import written
from kith.people.persons.models import Person
from kith.people.persons.queries import by_ids
from kith.portal.shell.words import when
from kith.promises.commitments.facts import (
    AboutPromise,
    PromiseExtended,
    PromiseKept,
    PromiseOpened,
    PromiseOverdue,
    PromisePassedOn,
    PromisePaused,
    PromiseWithdrawn,
)
from kith.promises.commitments.kinds import KINDS
from kith.promises.commitments.models import Promise, PromiseEvent, What
from kith.promises.commitments.showing import kind_label

F = TypeVar("F", bound=AboutPromise)
Words = Mapping[str, str | datetime]


@dataclass(frozen=True)
class Note:
    """One message to one person. Its `dedupe_key` makes a second note of the same event the same message."""

    person_id: int
    message: NewMessage
    about: Subject

    @property
    def key(self) -> str:
        """What makes a repeat the same message."""
        return self.message.dedupe_key or ""

    @property
    def title(self) -> Text:
        """The title in each of our languages."""
        return self.message.title

    @property
    def body(self) -> Text:
        """The text in each of our languages."""
        return self.message.body


def compose(told: Told[F], to: Person, role: str, code: str, words: Words) -> Note:
    """Return a note in the words in force; instants stand in the reader's zone."""
    values: dict[str, Text | str] = {"kind": Text(), **{name: Text() for name in words}}
    for language in OUR_LANGUAGES:
        with translation.override(django_code(language)), timezone.override(to.zone):
            for name, value in {**words, "kind": kind_label(told.fact.kind)}.items():
                said = values[name]
                if isinstance(said, Text):
                    said[language] = value if isinstance(value, str) else when(value)
    about = Subject("promise", told.fact.promise_id)
    message = written(
        code=f"promises.{code}",
        values=values,
        about=about,
        dedupe_key=f"{about}:{told.id}:{role}",
    )
    return Note(person_id=to.pk, message=message, about=about)


def _people(person_ids: Iterable[int | None]) -> dict[int, Person]:
    return by_ids(ids={key for key in person_ids if key is not None})


def _name(people: Mapping[int, Person], person_id: int | None) -> str:
    person = people.get(person_id or 0)
    return person.name if person else ""


def _is_quiet(kind: str) -> bool:
    return kind in KINDS and KINDS.get(kind).quiet


def passed_on(told: Sequence[Told[PromisePassedOn]]) -> list[Note]:
    """Return notes to the new owners, and to those who wait that somebody else takes care of it now."""
    facts = [each.fact for each in told]
    people = _people(key for fact in facts for key in (fact.owner_id, fact.from_id, fact.waiting_id))
    notes = []
    for each in told:
        words = {"who": _name(people, each.fact.owner_id), "before": _name(people, each.fact.from_id)}
        if owner := people.get(each.fact.owner_id):
            notes.append(compose(each, owner, "owner", "passed-on-owner", words))
        if (waiting := people.get(each.fact.waiting_id or 0)) and not _is_quiet(each.fact.kind):
            notes.append(compose(each, waiting, "waiting", "passed-on-waiting", words))
    return notes


def overdue(told: Sequence[Told[PromiseOverdue]]) -> list[Note]:
    """Return notes to owners and to whoever is asked to help, and once to those who wait: nobody is forgotten."""
    facts = [each.fact for each in told]
    people = _people(key for fact in facts for key in (fact.owner_id, fact.escalated_to_id, fact.waiting_id))
    notes = []
    for each in told:
        fact, words = each.fact, {"who": _name(people, each.fact.owner_id)}
        if owner := people.get(fact.owner_id):
            notes.append(compose(each, owner, "owner", "overdue-owner", words))
        if helper := people.get(fact.escalated_to_id or 0):
            notes.append(compose(each, helper, "helper", "overdue-helper", words))
        waiting = people.get(fact.waiting_id or 0)
        if waiting and fact.level == 1 and fact.waiting_id != fact.escalated_to_id:
            notes.append(compose(each, waiting, "waiting", "overdue-waiting", words))
    return notes


def extended(told: Sequence[Told[PromiseExtended]]) -> list[Note]:
    """Return notes to those who wait: the new due time in their own zone, and why."""
    return _why_not_yet(told, what=What.EXTENDED, code="extended")


def paused(told: Sequence[Told[PromisePaused]]) -> list[Note]:
    """Return notes to those who wait: until when the clock stands still, and why."""
    return _why_not_yet(told, what=What.PAUSED, code="paused")


def _why_not_yet(told: Sequence[Told[F]], *, what: What, code: str) -> list[Note]:
    people = _people(key for each in told for key in (each.fact.waiting_id, each.fact.owner_id))
    happened = PromiseEvent.objects.filter(promise_id__in=[each.fact.promise_id for each in told], what=what)
    events = {event.promise_id: event for event in happened.order_by("id")}
    notes = []
    for each in told:
        waiting, event = people.get(each.fact.waiting_id or 0), events.get(each.fact.promise_id)
        if waiting and event and event.until:
            words: Words = {"who": _name(people, each.fact.owner_id), "until": event.until, "reason": event.reason}
            notes.append(compose(each, waiting, "waiting", code, words))
    return notes


def _by_hand(told: Sequence[Told[F]], *, what: What) -> list[tuple[Told[F], PromiseEvent, dict[int, Person]]]:
    """Return those that were promised by hand, with the event that happened and the people concerned."""
    keys = Promise.objects.filter(pk__in=[each.fact.promise_id for each in told]).exclude(words="").values("pk")
    found = {event.promise_id: event for event in PromiseEvent.objects.filter(promise__in=keys, what=what)}
    people = _people(key for each in told for key in (each.fact.waiting_id, each.fact.owner_id)) if found else {}
    return [(each, found[each.fact.promise_id], people) for each in told if each.fact.promise_id in found]


def opened(told: Sequence[Told[PromiseOpened]]) -> list[Note]:
    """Return notes of promises made by hand: to whoever owes what another asked for, else to whoever waits."""
    notes = []
    for each, event, people in _by_hand(told, what=What.OPENED):
        owner, waiting = people.get(each.fact.owner_id), people.get(each.fact.waiting_id or 0)
        if owner is None or waiting is None or event.until is None:
            continue
        words: Words = {"until": event.until, "who": owner.name, "before": waiting.name}
        if event.by_id == waiting.pk:
            asked = {"until": words["until"], "before": words["before"]}
            notes.append(compose(each, owner, "owner", "asked-owner", asked))
        else:
            given = {"until": words["until"], "who": words["who"]}
            notes.append(compose(each, waiting, "waiting", "given-waiting", given))
    return notes


def kept(told: Sequence[Told[PromiseKept]]) -> list[Note]:
    """Return notes to those who waited for a promise made by hand: what was done."""
    return _settled(told, what=What.KEPT, code="kept-waiting")


def withdrawn(told: Sequence[Told[PromiseWithdrawn]]) -> list[Note]:
    """Return notes to those who waited for a promise made by hand: why it is owed no longer."""
    return _settled(told, what=What.WITHDRAWN, code="withdrawn-waiting")


def _settled(told: Sequence[Told[F]], *, what: What, code: str) -> list[Note]:
    notes = []
    for each, event, people in _by_hand(told, what=what):
        waiting = people.get(each.fact.waiting_id or 0)
        if waiting and event.by_id != waiting.pk:
            words: Words = {"who": _name(people, each.fact.owner_id), "reason": event.reason}
            notes.append(compose(each, waiting, "waiting", code, words))
    return notes
