"""Reads of promises: how they were kept, who waits for whom, who sees what."""

from datetime import timedelta
from decimal import Decimal

import pytest

from kith.promises.commitments.actions import keep, withdraw
from kith.promises.commitments.models import Promise
from kith.promises.commitments.owning import OwnerRule
from kith.promises.commitments.queries import Keeping, keeping, visible_to, waiting_by_unit
from kith.promises.duty.actions import set_holders
from tests.people import make as people
from tests.promises.make import ANSWER, APPROVAL, MONDAY, Firm, firm, hours, promise

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NONE: frozenset[str] = frozenset()


def made(here: Firm, after_hours: list[int | None], **given: object) -> list[Promise]:
    """Open promises due Wednesday 09:00 and keep each after so many hours (None: not at all)."""
    found = [promise(given.get("owner", here.ann)) for _ in after_hours]  # type: ignore[arg-type]
    for one, hour in zip(found, after_hours, strict=True):
        if hour is not None:
            keep(one, proof="done", at=MONDAY + hours(hour), by_id=None)
    return found


def test_keeping_counts_what_was_due_and_how_long_it_took() -> None:
    here = firm()
    made(here, [1, 2, 3, 60, None])
    withdraw(promise(here.ann), reason="no", at=MONDAY, by_id=None)
    since, until, at = MONDAY - DAY, MONDAY + 9 * DAY, MONDAY + 9 * DAY
    assert keeping(since=since, until=until, at=at) == Keeping(
        in_time=3, late=1, owed=1, kept=4, median=hours(2.5), p95=hours(51.45)
    )
    assert keeping(since=since, until=until, at=at).in_time_share == Decimal("60.0")
    assert keeping(since=since, until=until, at=MONDAY + DAY).owed == 0
    nothing = keeping(since=since, until=until, at=at, kinds=[APPROVAL])
    assert (nothing.due, nothing.in_time_share, nothing.median) == (0, None, None)


def test_keeping_of_a_unit_counts_the_units_below_it_and_what_was_promised_for_it() -> None:
    here = firm()
    made(here, [1])
    made(here, [2], owner=here.dung)
    keep(promise(OwnerRule(unit_id=here.production.pk)), proof="done", at=MONDAY + hours(3), by_id=None)
    period = {"since": MONDAY, "until": MONDAY + 9 * DAY, "at": MONDAY + 9 * DAY}
    assert keeping(**period, unit_path=here.head_office.path).kept == 3
    assert keeping(**period, unit_path=here.production.path).kept == 2
    assert keeping(**period, unit_path=here.production.path, kinds=[ANSWER]).in_time == 2


def test_the_wall_shows_the_longest_wait_first() -> None:
    here = firm()
    promise(here.ann)
    promise(here.mai, at=MONDAY + DAY)
    promise(here.dung, at=MONDAY - 3 * DAY)
    outsider = people.person()
    promise(outsider, at=MONDAY + 2 * DAY, due_at=MONDAY + 9 * DAY)
    found = waiting_by_unit(at=MONDAY + 3 * DAY)
    assert [(row.unit_id, row.owed, row.overdue, row.longest, row.average) for row in found] == [
        (here.head_office.pk, 1, 1, 6 * DAY, 6 * DAY),
        (here.production.pk, 2, 2, 3 * DAY, 2.5 * DAY),
        (None, 1, 0, DAY, DAY),
    ]


def test_a_promise_is_seen_by_those_it_concerns_and_by_nobody_else() -> None:
    here = firm()
    customer = people.customer()
    one = promise(here.ann, waiting_person_id=customer.pk)
    on_duty, stranger = people.employee(), people.employee()
    set_holders(code="test-desk", persons=[on_duty], at=MONDAY, by_id=None)

    def sees(person: object, roles: frozenset[str] = NONE) -> bool:
        return visible_to(person=person, roles=roles, at=MONDAY).filter(pk=one.pk).exists()  # type: ignore[arg-type]

    assert all(sees(person) for person in (here.ann, here.mai, customer, on_duty))
    assert not any(sees(person) for person in (stranger, here.bao, here.dung))
    assert sees(stranger, frozenset({"leadership"}))
    assert not sees(stranger, frozenset({"hr", "agent"}))
