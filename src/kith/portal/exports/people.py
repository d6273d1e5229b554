"""Exports of employees and customers, in the columns of their imports."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kith.kernel.exports.kinds import EXPORTS, Asking, ExportKind, Line
from kith.kernel.imports.models import ExternalId
from kith.people.ties.models import Assignment, Tie, TieKind
from kith.people.ties.queries import in_force
from kith.portal.directory.queries import listed, visible_to

CHUNK = 1000
KEEPERS = ("hr", "administrator")
SELLERS = ("agent", "shop", "finance", "administrator")


def _known_as(kind: str, ids: Collection[int]) -> dict[int, str]:
    """Return the first external id of each of `ids`; one query."""
    named = ExternalId.objects.filter(kind=kind, object_id__in=ids).order_by("-id")
    return dict(named.values_list("object_id", "external_id"))


def _born(row: Mapping[str, Any]) -> date | None:
    year, month, day = (row[f"person__birth_{part}"] for part in ("year", "month", "day"))
    return date(year, month, day) if year and month and day else None


def _chunks(rows: "QuerySet[Tie, dict[str, Any]]") -> Iterator[list[dict[str, Any]]]:
    found = rows.iterator(chunk_size=CHUNK)
    while chunk := list(islice(found, CHUNK)):
        yield chunk


def _employees(asking: Asking) -> "QuerySet[Tie]":
    """Return the employments somebody may see: HR all of them in force, colleagues those in the directory."""
    ties = Tie.objects.filter(in_force(asking.day), kind=TieKind.EMPLOYEE, person__deactivated_at=None)
    words, site = asking.filters.get("q", ""), asking.filters.get("site", "")
    if asking.person_id is not None:
        seen = visible_to(person_id=asking.person_id, day=asking.day)
        if words or site:
            seen = listed(person_id=asking.person_id, day=asking.day, words=words, site=site, after="").order_by()
        if words or site or not asking.holds(*KEEPERS):
            ties = ties.filter(person_id__in=seen.values("pk"))
    return ties.order_by("person__sort_key", "id")


_PERSON = (
    "person_id", "person__public_id", "person__full_name", "person__preferred_name", "person__mailbox",
    "person__phone", "person__language", "person__zone", "person__birth_year", "person__birth_month",
    "person__birth_day", "number", "since", "until", "organization__name",
)  # fmt: skip
PEOPLE = (
    "external_id", "full_name", "preferred_name", "number", "mailbox", "phone", "language", "zone", "born", "hired",
    "left", "organization", "unit", "site", "shift", "title", "manager",
)  # fmt: skip
COLLEAGUES = frozenset({"full_name", "preferred_name", "organization", "unit", "site", "title"})
"""What one sees of a colleague; the other columns stay empty for whoever is not HR."""


def _places(tie_ids: Collection[int], day: date) -> dict[int, dict[str, Any]]:
    """Return where each employee belongs and works on a day, with the manager's number; two queries."""
    found = Assignment.objects.filter(in_force(day), tie_id__in=tie_ids).order_by("since", "id")
    rows = found.values("tie_id", "unit__code", "site__code", "shift__code", "title", "manager_id")
    places = {row["tie_id"]: row for row in rows}
    managers = {row["manager_id"] for row in places.values() if row["manager_id"]}
    numbers = Tie.objects.filter(person_id__in=managers, kind=TieKind.EMPLOYEE).order_by("since")
    by_person = dict(numbers.values_list("person_id", "number"))
    return {key: {**row, "manager": by_person.get(row["manager_id"])} for key, row in places.items()}


def _people(asking: Asking) -> Iterator[Line]:
    shown = [name in COLLEAGUES or asking.holds(*KEEPERS) for name in PEOPLE]
    for chunk in _chunks(_employees(asking).values("id", *_PERSON)):
        known = _known_as("people.person", [row["person_id"] for row in chunk])
        places = _places([row["id"] for row in chunk], asking.day)
        for row in chunk:
            place = places.get(row["id"], {})
            cells = (
                known.get(row["person_id"]) or str(row["person__public_id"]), row["person__full_name"],
                row["person__preferred_name"], row["number"], row["person__mailbox"], row["person__phone"],
                row["person__language"], row["person__zone"], _born(row), row["since"], row["until"],
                row["organization__name"], place.get("unit__code"), place.get("site__code"), place.get("shift__code"),
                place.get("title"), place.get("manager"),
            )  # fmt: skip
            yield Line(tuple(cell if seen else None for cell, seen in zip(cells, shown, strict=True)), row["person_id"])


CUSTOMERS = (
    "external_id", "full_name", "mailbox", "phone", "preferred_name", "language", "zone", "born", "number", "since",
    "firm", "firm_name", "country", "address", "organization",
)  # fmt: skip


_FIRM = (
    "for_organization_id", "for_organization__public_id", "for_organization__name", "for_organization__country",
    "for_organization__address",
)  # fmt: skip


def _customers(asking: Asking) -> Iterator[Line]:
    ties = Tie.objects.filter(in_force(asking.day), kind=TieKind.CUSTOMER, person__deactivated_at=None)
    for chunk in _chunks(ties.order_by("person__sort_key", "id").values("id", *_PERSON, *_FIRM)):
        known = _known_as("people.person", [row["person_id"] for row in chunk])
        firms = _known_as("people.organization", {row["for_organization_id"] or 0 for row in chunk})
        for row in chunk:
            firm = row["for_organization_id"]
            yield Line(
                (
                    known.get(row["person_id"]) or str(row["person__public_id"]), row["person__full_name"],
                    row["person__mailbox"], row["person__phone"], row["person__preferred_name"],
                    row["person__language"], row["person__zone"], _born(row), row["number"], row["since"],
                    (firms.get(firm) or str(row["for_organization__public_id"])) if firm else None,
                    row["for_organization__name"], row["for_organization__country"],
                    row["for_organization__address"], row["organization__name"],
                ),
                row["person_id"],
            )  # fmt: skip


EXPORTS.put(
    "people",
    ExportKind(
        "people", _("Employees"), PEOPLE, lambda asking: asking.employed or asking.holds(*KEEPERS), _people,
        ("q", "site"),
    ),
)  # fmt: skip
EXPORTS.put(
    "customers",
    ExportKind("customers", _("Customers"), CUSTOMERS, lambda asking: asking.holds(*SELLERS), _customers),
)
