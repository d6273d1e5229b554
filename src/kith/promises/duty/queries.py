"""Reads of duties: who holds them now."""

from collections.abc import Collection
from datetime import datetime

from kith.promises.duty.models import DutyHolder, DutyRole
from kith.promises.duty.shelf import DUTIES, LAST_RESORTS
from kith.promises.service import serving_ids


def last_resort(*, at: datetime) -> tuple[int, ...]:
    """Return the persons in service who answer for any duty that nobody holds."""
    asked = [person_id for shelf in LAST_RESORTS for person_id in shelf.person_ids(at=at)]
    serving = serving_ids(person_ids=asked, at=at)
    return tuple(dict.fromkeys(person_id for person_id in asked if person_id in serving))


def holders(*, codes: Collection[str], at: datetime) -> dict[str, tuple[int, ...]]:
    """Return the holders in service of each duty, first to last; of a duty without any, those of the last resort.

    Empty only where nobody at all is in service for it.
    """
    rows = list(
        DutyHolder.objects.filter(role__code__in=codes).order_by("rank", "id").values_list("role__code", "person_id")
    )
    serving = serving_ids(person_ids={person_id for _code, person_id in rows}, at=at) if rows else set()
    found: dict[str, tuple[int, ...]] = dict.fromkeys(codes, ())
    for code, person_id in rows:
        if person_id in serving:
            found[code] = (*found[code], person_id)
    if not all(found.values()):
        rest = last_resort(at=at)
        found = {code: persons or rest for code, persons in found.items()}
    return found


def duties_of(*, person_id: int) -> set[str]:
    """Return the codes of the duties a person holds."""
    return set(DutyHolder.objects.filter(person_id=person_id).values_list("role__code", flat=True))


def known_codes() -> list[str]:
    """Return the codes of every duty there is, in use or on the shelf, sorted."""
    return sorted({*DUTIES.names(), *DutyRole.objects.values_list("code", flat=True)})
