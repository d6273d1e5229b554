"""Asking the rules of owning about real people: loads standings, only of whom the rules want to know."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from kith.people.organizations.models import Unit
from kith.people.persons.models import Person
from kith.promises import service
from kith.promises.commitments.owning import Asked, Chosen, OwnerRule, Standing, Unknown, choose, is_free

MOST_MERGES = 20


def standings_of(*, person_ids: Collection[int], at: datetime, never: Collection[int] = ()) -> dict[int, Standing]:
    """Return the standing of each person at `at`; a person nobody knows does not serve. At most five queries.

    Managers are known of those who are hindered: who left, is away, or must not own (`never`).
    """
    services = service.service_of(person_ids=person_ids, at=at)
    serving = {key: found.zone for key, found in services.items() if found.serving}
    away = service.away_until(zones=serving, at=at) if serving else {}
    deputies = service.deputies_of(person_ids=away) if away else {}
    hindered = {key: found for key, found in services.items() if not found.serving or key in away or key in never}
    managers = service.managers(services=hindered, at=at) if hindered else {}
    found = dict.fromkeys(person_ids, Standing(serving=False))
    for key, theirs in services.items():
        found[key] = Standing(
            serving=theirs.serving,
            away_until=away.get(key),
            deputies=deputies.get(key, ()),
            manager=managers.get(key),
            successor=theirs.successor,
        )
    return found


def decide(questions: Sequence[Asked], *, at: datetime) -> list[Chosen | None]:
    """Return the owner for each question, None where nobody at all is in service.

    Queries grow with the height of the tree, not with the number of questions.
    """
    never = {person_id for asked in questions for person_id in asked.never}
    known: dict[int, Standing] = {}
    answers: dict[int, Chosen | None] = {}
    while len(answers) < len(questions):
        wanted: set[int] = set()
        for index, asked in enumerate(questions):
            if index in answers:
                continue
            answer = choose(asked, known)
            if isinstance(answer, Unknown):
                wanted |= answer.person_ids
            else:
                answers[index] = answer
        if wanted:
            known.update(standings_of(person_ids=wanted, at=at, never=never))
    return [answers[index] for index in range(len(questions))]


def line_of(rule: OwnerRule, *, at: datetime) -> tuple[tuple[int, ...], int | None]:
    """Return the persons with whom a rule begins, and the unit that owes (merged units followed), if it is one."""
    if rule.person_id is not None:
        return (rule.person_id,), None
    if rule.manager_of is not None:
        manager = managers_above(person_ids=[rule.manager_of], at=at).get(rule.manager_of)
        return ((manager,) if manager is not None else ()), None
    if rule.unit_id is not None:
        unit = standing_unit(unit_id=rule.unit_id)
        return unit_line(unit=unit), unit.pk
    return (), None


def standing_unit(*, unit_id: int) -> Unit:
    """Return the unit itself, or the one it was merged into; `Unit.DoesNotExist` when there is none."""
    unit = Unit.objects.select_related("merged_into").get(pk=unit_id)
    for _ in range(MOST_MERGES):
        if unit.merged_into_id is None:
            break
        unit = Unit.objects.get(pk=unit.merged_into_id)
    return unit


def unit_line(*, unit: Unit) -> tuple[int, ...]:
    """Return the managers of a unit and the units above it, nearest first."""
    above = [int(part) for part in unit.path.split("/") if part]
    managers = dict(Unit.objects.filter(pk__in=[*above, unit.pk]).values_list("id", "manager_id"))
    nearest_first = [unit.pk, *[key for key in reversed(above) if key != unit.pk]]
    return tuple(dict.fromkeys(m for key in nearest_first if (m := managers.get(key)) is not None))


def managers_above(*, person_ids: Collection[int], at: datetime) -> Mapping[int, int | None]:
    """Return each person's line manager (of leavers the last one), None where there is none."""
    return service.managers(services=service.service_of(person_ids=person_ids, at=at), at=at)


def is_free_now(*, person: Person, due_at: datetime, at: datetime) -> tuple[bool, Standing]:
    """Say whether a person can take on a promise due at `due_at`, and how they stand."""
    standing = standings_of(person_ids=[person.pk], at=at)[person.pk]
    return is_free(standing, due_at=due_at), standing
