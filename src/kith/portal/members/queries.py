"""Reads of people and their accounts."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from kith.access.grants.models import Grant
from kith.access.grants.queries import in_force as granted
from kith.access.logins.models import Login
from kith.kernel.folding import fold, query_tokens
from kith.people.organizations.models import OrganizationKind, Site, Unit
from kith.people.persons.by_name import by_name
from kith.people.persons.models import Person
from kith.people.ties.models import Tie, TieKind
from kith.people.ties.queries import in_force

KEEPERS = frozenset({"administrator", "hr"})
MOST_INVITED = 1_000
"""How many are let in with one click; the next click takes the next ones."""


@dataclass(frozen=True)
class Filters:
    """Which people are listed: words of the name, and `all`, `roles` (holds one) or `outside` (has no account)."""

    words: str = ""
    kind: str = "all"
    after: str = ""


def visible_to(*, roles: Collection[str]) -> QuerySet[Person]:
    """Return whose account somebody with these roles may see: everybody's who was not merged, or nobody's."""
    if KEEPERS.isdisjoint(roles):
        return Person.objects.none()
    return Person.objects.filter(merged_into=None)


def listed(*, roles: Collection[str], wanted: Filters, at: datetime) -> QuerySet[Person]:
    """Return people by name with their accounts, after the cursor `wanted.after`."""
    found = visible_to(roles=roles).filter(deactivated_at=None).select_related("login")
    for token in query_tokens(wanted.words) or ([fold(wanted.words)] if wanted.words else []):
        typed = wanted.words.strip()
        found = found.filter(Q(sort_key__contains=token[:100]) | Q(mailbox__iexact=typed) | Q(ties__number=typed))
    if wanted.words:
        found = found.distinct()
    if wanted.kind == "roles":
        found = found.filter(Exists(Grant.objects.filter(granted(at), person_id=OuterRef("pk"))))
    elif wanted.kind == "outside":
        found = found.filter(login=None)
    return by_name(found, after=wanted.after)


def roles_by_person(*, person_ids: Collection[int], at: datetime) -> dict[int, list[str]]:
    """Return the codes of the roles that each person holds, in any unit; one query."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = Grant.objects.filter(granted(at), person_id__in=person_ids).order_by("role", "id")
    for person_id, role in rows.values_list("person_id", "role"):
        if role not in found[person_id]:
            found[person_id].append(role)
    return found


def grants_of(*, person_id: int, at: datetime) -> QuerySet[Grant]:
    """Return a person's roles in force, with the unit and who gave them."""
    found = Grant.objects.filter(granted(at), person_id=person_id)
    return found.select_related("unit", "granted_by").order_by("role", "id")


def to_invite(*, day: date) -> QuerySet[Person]:
    """Return the employees with a mailbox and without an account, by key."""
    employed = Tie.objects.filter(in_force(day), kind=TieKind.EMPLOYEE, person_id=OuterRef("pk"))
    without = ~Exists(Login.objects.filter(person_id=OuterRef("pk")))
    people = Person.objects.filter(Exists(employed), without, deactivated_at=None, merged_into=None)
    return people.exclude(mailbox="").order_by("pk")


def number_of(*, person_id: int, day: date) -> str:
    """Return a person's personnel number, "" where there is none."""
    ties = Tie.objects.filter(in_force(day), kind=TieKind.EMPLOYEE, person_id=person_id).exclude(number="")
    return ties.order_by("since", "id").values_list("number", flat=True).first() or ""


def open_units() -> QuerySet[Unit]:
    """Return the units of our companies where somebody can begin, as the tree lists them."""
    ours = Unit.objects.filter(closed_on=None, organization__kind=OrganizationKind.OURS)
    return ours.select_related("organization").order_by("path")


def sites() -> QuerySet[Site]:
    """Return the sites of our companies, by code."""
    return Site.objects.filter(organization__kind=OrganizationKind.OURS).select_related("organization").order_by("code")
