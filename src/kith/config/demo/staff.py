"""The employees: persons, ties, assignments, managers, deputies and absences, by COPY."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from django.db import connection

from kith.config.demo.bulk import copy_rows, reserve_ids
from kith.config.demo.names import name
from kith.config.demo.organization import Built, Team
from kith.config.demo.places import COUNTRIES
from kith.config.demo.titles import title_in
from kith.kernel.folding import fold
from kith.people.models import Absence, Assignment, Deputy, Person, Tie

_PERSON = [
    "id", "public_id", "full_name", "preferred_name", "sort_key", "language", "zone", "mailbox", "phone", "birth_month",
    "birth_day", "birth_year", "birthday_calendar", "birthday_visibility", "leap_day", "created_at",
]  # fmt: skip
_LANGUAGE = {c.code: c.language for c in COUNTRIES}
_VISIBILITY = ("nobody", "nobody", "team", "all")


@dataclass(frozen=True)
class Member:
    """One employee to be made."""

    person_id: int
    tie_id: int
    number: int
    team: Team
    leads: bool
    shift_id: int | None


def _members(built: Built, total: int) -> Iterator[Member]:
    persons, ties = reserve_ids(Person, total), reserve_ids(Tie, total)
    index = 0
    for team in built.teams:
        for place_in_team in range(team.size):
            shift = built.shifts[place_in_team % 3].pk if team.function.shifts else None
            yield Member(persons[index], ties[index], 10_000 + index, team, place_in_team == 0, shift)
            index += 1


def _person_row(member: Member, *, random: Random, today: date, at: datetime) -> tuple[Any, ...]:
    country = member.team.place.country
    full_name = name(random, country)
    born = date(today.year - 64, 1, 1) + timedelta(days=random.randrange(44 * 365))
    has_mailbox = member.team.function.mailboxes or member.leads
    return (
        member.person_id,
        uuid.UUID(int=random.getrandbits(128), version=4),
        full_name,
        "",
        fold(full_name)[:200],
        _LANGUAGE[country],
        member.team.place.zone,
        f"e{member.number}@sen.example" if has_mailbox else "",
        "",
        born.month,
        born.day,
        born.year,
        "solar",
        random.choice(_VISIBILITY),
        "feb-28",
        at,
    )


def employ(built: Built, *, today: date, at: datetime, random: Random) -> list[Member]:
    """Make all employees; the first of each team leads it, the second is the leader's deputy."""
    total = sum(team.size for team in built.teams)
    members = list(_members(built, total))
    copy_rows(Person, _PERSON, (_person_row(m, random=random, today=today, at=at) for m in members))
    since = {m.person_id: today - timedelta(days=random.randrange(30, 9000)) for m in members}
    copy_rows(
        Tie,
        ["id", "public_id", "person_id", "organization_id", "kind", "number", "since"],
        (
            (m.tie_id, uuid.UUID(int=random.getrandbits(128), version=4), m.person_id, m.team.entity_id, "employee",
             f"S{m.number}", since[m.person_id])
            for m in members
        ),
    )  # fmt: skip
    assignments = reserve_ids(Assignment, total)
    copy_rows(
        Assignment,
        ["id", "tie_id", "unit_id", "site_id", "shift_id", "title", "since"],
        (
            (key, m.tie_id, m.team.unit_id, m.team.site_id, m.shift_id,
             title_in("Team lead" if m.leads else random.choice(m.team.function.titles),
                      language=_LANGUAGE[m.team.place.country]), since[m.person_id])
            for key, m in zip(assignments, members, strict=True)
        ),
    )  # fmt: skip
    _lead(members)
    _deputise(members)
    _absences(members, today=today, at=at, random=random)
    return members


def _lead(members: list[Member]) -> None:
    leaders = [(m.person_id, m.team.unit_id) for m in members if m.leads]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE people_unit SET manager_id = l.person FROM unnest(%s::bigint[], %s::bigint[]) AS l (person, unit) "
            "WHERE people_unit.id = l.unit",
            [[person for person, _unit in leaders], [unit for _person, unit in leaders]],
        )
        cursor.execute(
            "UPDATE people_unit f SET manager_id = (SELECT t.manager_id FROM people_unit t WHERE t.parent_id = f.id "
            "ORDER BY t.id LIMIT 1) WHERE f.manager_id IS NULL AND EXISTS "
            "(SELECT 1 FROM people_unit t WHERE t.parent_id = f.id AND t.manager_id IS NOT NULL)"
        )


def _deputise(members: list[Member]) -> None:
    by_team: dict[int, list[Member]] = {}
    for member in members:
        by_team.setdefault(member.team.unit_id, []).append(member)
    pairs = [(team[0].person_id, team[1].person_id) for team in by_team.values() if len(team) > 1]
    if pairs:
        keys = reserve_ids(Deputy, len(pairs))
        copy_rows(
            Deputy, ["id", "person_id", "deputy_id", "rank"],
            ((key, person, deputy, 1) for key, (person, deputy) in zip(keys, pairs, strict=True)),
        )  # fmt: skip


def _absences(members: list[Member], *, today: date, at: datetime, random: Random) -> None:
    away = [m for m in members if random.random() < 0.04]  # noqa: PLR2004  (about one in 25 is away)
    if not away:
        return
    keys = reserve_ids(Absence, len(away))
    rows = []
    for key, member in zip(keys, away, strict=True):
        since = today - timedelta(days=random.randrange(4))
        rows.append((key, uuid.UUID(int=random.getrandbits(128), version=4), member.person_id, since,
                     since + timedelta(days=random.randrange(4, 14)), at))  # fmt: skip
    copy_rows(Absence, ["id", "public_id", "person_id", "since", "until", "recorded_at"], rows)
