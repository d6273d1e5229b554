from datetime import date, timedelta

import pytest

from kith.kernel.invariants import INVARIANTS
from kith.promises.commitments import escalation
from kith.promises.commitments.actions import extend, keep, pass_on, pause, resume, withdraw
from kith.promises.commitments.invariants import differs
from kith.promises.commitments.models import Promise, PromiseEvent, What
from kith.promises.commitments.replaying import BrokenLogError, replay
from tests.promises.make import MONDAY, away, firm, hours, promise

pytestmark = pytest.mark.django_db


def clock_of(kept: Promise) -> object:
    return replay(PromiseEvent.objects.filter(promise=kept).order_by("id"))


def test_a_whole_life_is_told_by_the_log_alone() -> None:
    house = firm()
    one = promise(house.mai, within=hours(16), waiting_person_id=house.ann.pk)
    steps = [
        lambda: pause(
            one, next_check_at=MONDAY + hours(26), reason="Waiting for parts", at=MONDAY + hours(1), by_id=None
        ),
        lambda: resume(one, at=MONDAY + hours(24), by_id=house.mai.pk),
        lambda: pass_on(one, to=house.bao, reason="Yours", at=MONDAY + hours(25), by_id=None),
        lambda: escalation.look(at=MONDAY + timedelta(days=7)),
        lambda: escalation.look(at=MONDAY + timedelta(days=9)),
        lambda: extend(
            one, until=MONDAY + timedelta(days=20), reason="More", at=MONDAY + timedelta(days=10), by_id=None
        ),
        lambda: keep(one, proof="done", at=MONDAY + timedelta(days=11), by_id=None),
    ]
    for step in steps:
        step()
        kept = Promise.objects.get(pk=one.pk)
        assert differs(kept, clock_of(kept)) == []  # type: ignore[arg-type]
    events = set(PromiseEvent.objects.filter(promise=one).values_list("what", flat=True))
    assert events == set(What.values) - {What.WITHDRAWN}


def test_a_row_that_was_changed_by_hand_is_found() -> None:
    house = firm()
    one, two = promise(house.mai), promise(house.mai)
    withdraw(two, reason="no longer", at=MONDAY, by_id=None)
    assert INVARIANTS.get("promises.replayed").breaches() == []
    Promise.objects.filter(pk=one.pk).update(due_at=MONDAY + timedelta(days=99))
    assert INVARIANTS.get("promises.replayed").breaches() == [f"Promise {one.pk} is not what its log says: due_at."]
    PromiseEvent.objects.filter(promise=one).delete()
    assert INVARIANTS.get("promises.replayed").breaches() == [
        f"Promise {one.pk} is not what its log says: There are no events.."
    ]


def test_a_log_without_a_beginning_is_refused() -> None:
    house = firm()
    one = promise(house.mai)
    away(house.mai, date(2027, 3, 1), date(2027, 4, 1))
    keep(one, proof="done", at=MONDAY, by_id=None)
    with pytest.raises(BrokenLogError, match="begins"):
        replay(PromiseEvent.objects.filter(promise=one).exclude(what=What.OPENED).order_by("id"))
