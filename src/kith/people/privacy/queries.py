"""Reads of privacy: everything kept on a person, and requests to erase."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django_stubs_ext import StrOrPromise

from kith.people.persons.models import Person
from kith.people.privacy.models import ErasureRequest, RequestState
from kith.people.privacy.shelf import HOLDINGS, Gathered
from kith.people.ties.models import Tie

KEEPERS = frozenset({"hr", "administrator"})


@dataclass(frozen=True)
class Held:
    """What one holding has on a person."""

    name: str
    label: StrOrPromise
    gathered: Gathered


def identities(*, person_id: int) -> list[int]:
    """Return the keys of one human being: the row that stays first, then those merged into it."""
    return [person_id, *Person.objects.filter(merged_into_id=person_id).order_by("pk").values_list("pk", flat=True)]


def everything(*, person_id: int) -> Iterator[Held]:
    """Yield what every holding has on a person, those with nothing left out."""
    for key in identities(person_id=person_id):
        for name, holding in HOLDINGS.items():
            gathered = holding.gather(person_id=key)
            if gathered.parts or gathered.files:
                yield Held(name, holding.label, gathered)


def subjects_of(*, person_id: int) -> set[str]:
    """Return the stored subjects that are a person's own matters: `order:7`, `idea:3`, `person:1`."""
    return {subject for holding in HOLDINGS for subject in holding.subjects(person_id=person_id)}


def meant(*, key: str) -> list[Person]:
    """Return whom a personnel or customer number or a public id means; a number may belong to several."""
    by_number = Tie.objects.filter(number__iexact=key).exclude(number="").values("person_id")
    found = list(Person.objects.filter(pk__in=by_number).order_by("pk"))
    hexed = key.replace("-", "")
    if not found and len(hexed) == 32 and all(c in "0123456789abcdefABCDEF" for c in hexed):  # noqa: PLR2004  (a UUID)
        found = list(Person.objects.filter(public_id=hexed))
    return found


def visible_to(*, roles: frozenset[str]) -> "QuerySet[ErasureRequest]":
    """Return the requests that somebody with these roles decides, those that wait first, soonest due first."""
    if not roles & KEEPERS:
        return ErasureRequest.objects.none()
    return ErasureRequest.objects.select_related("person").order_by("decided_at", "due_at", "id")


def waiting_of(*, person_id: int) -> ErasureRequest | None:
    """Return the request to erase a person that waits for a decision."""
    return ErasureRequest.objects.filter(person_id=person_id, state=RequestState.WAITING).first()
