"""Writes of duties: holders come and go, but somebody in service always remains."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, Refusal
from kith.people.persons.models import Person
from kith.promises.duty.facts import DutyHoldersChanged
from kith.promises.duty.models import DutyHolder, DutyRole
from kith.promises.duty.queries import last_resort
from kith.promises.service import serving_ids


def ensure_duty(*, code: str, at: datetime) -> DutyRole:
    """Return the duty called `code`; a new one is held by those of the last resort."""
    known = DutyRole.objects.filter(code=code).first()
    if known is not None:
        return known
    with transaction.atomic():
        role, fresh = DutyRole.objects.get_or_create(code=code)
        if fresh:
            _replace(role, last_resort(at=at), at=at)
    return role


def set_holders(*, code: str, persons: Sequence[Person], at: datetime, by_id: int | None) -> DutyRole:
    """Let `persons`, first to last, hold a duty. `BadInput` when none is named or one is not in service."""
    if not persons:
        raise BadInput(_("A duty needs at least one person who holds it."), field="persons")
    serving = serving_ids(person_ids=[person.pk for person in persons], at=at)
    for person in persons:
        if person.pk not in serving:
            raise BadInput(_("%s is no longer in service.") % person.name, field="persons")
    with transaction.atomic():
        role, _fresh = DutyRole.objects.get_or_create(code=code)
        DutyRole.objects.select_for_update().get(pk=role.pk)
        if _replace(role, [person.pk for person in persons], at=at):
            publish(DutyHoldersChanged(duty_role_id=role.pk), at=at, by_id=by_id)
    return role


def add_holder(*, code: str, person: Person, at: datetime, by_id: int | None) -> None:
    """Let a person hold a duty as well, after those who do; one who holds it already changes nothing."""
    with transaction.atomic():
        role, _fresh = DutyRole.objects.get_or_create(code=code)
        DutyRole.objects.select_for_update().get(pk=role.pk)
        held = list(Person.objects.filter(duties__role=role).order_by("duties__rank", "duties__id"))
        serving = serving_ids(person_ids=[holder.pk for holder in held], at=at)
        rest = [holder for holder in held if holder.pk in serving]
        set_holders(code=code, persons=[*rest, *([] if person in rest else [person])], at=at, by_id=by_id)


def remove_holder(*, code: str, person: Person, at: datetime, by_id: int | None) -> None:
    """Let a person no longer hold a duty; `Refusal` for the last holder in service."""
    with transaction.atomic():
        role = DutyRole.objects.select_for_update().get(code=code)
        rest = list(role.holders.exclude(person=person).values_list("person_id", flat=True))
        if not serving_ids(person_ids=rest, at=at):
            raise Refusal(_("%s is the last one who holds this duty. Name another person first.") % person.name)
        if _replace(role, rest, at=at):
            publish(DutyHoldersChanged(duty_role_id=role.pk), at=at, by_id=by_id)


def replace_leavers(*, person_ids: Collection[int], at: datetime) -> int:
    """Take duties from those of `person_ids` who are no longer in service; return how many duties changed.

    A duty that nobody holds any more falls to those of the last resort. Where there is none of them either, the
    duty keeps its holder until there is one (and the invariant of duties says so).
    """
    changed = 0
    with transaction.atomic():
        concerned = DutyRole.objects.filter(holders__person__in=person_ids).values("pk")
        for role in DutyRole.objects.select_for_update().filter(pk__in=concerned).order_by("code"):
            held = list(role.holders.values_list("person_id", flat=True))
            serving = serving_ids(person_ids=held, at=at)
            rest = [person_id for person_id in held if person_id in serving] or list(last_resort(at=at))
            if rest and _replace(role, rest, at=at):
                publish(DutyHoldersChanged(duty_role_id=role.pk), at=at)
                changed += 1
    return changed


def _replace(role: DutyRole, person_ids: Sequence[int], *, at: datetime) -> bool:
    """Make `person_ids` the holders by rank, keeping since when those hold it who stay; say whether it changed."""
    since = dict(role.holders.values_list("person_id", "since"))
    if list(since) == list(person_ids):
        return False
    role.holders.all().delete()
    DutyHolder.objects.bulk_create(
        DutyHolder(role=role, person_id=person_id, rank=rank, since=since.get(person_id, at))
        for rank, person_id in enumerate(dict.fromkeys(person_ids), start=1)
    )
    return True
