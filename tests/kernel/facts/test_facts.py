from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import transaction

from kith.kernel.facts import LISTENERS, Told, listens, publish
from kith.kernel.facts.models import Fact, Pending
from kith.kernel.facts.sequencing import number_facts
from kith.kernel.facts.telling import tell_all
from kith.people.persons.facts import PersonRegistered
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@dataclass
class Ear:
    heard: list[int]
    fail_on: int | None = None

    def hear(self, batch: Sequence[Told[PersonRegistered]]) -> None:
        for told in batch:
            if told.fact.person_id == self.fail_on:
                raise RuntimeError("no")
        self.heard.extend(told.fact.person_id for told in batch)


@pytest.fixture
def ear() -> Iterator[Ear]:
    from kith.kernel.facts import declared  # noqa: PLC0415

    made = Ear(heard=[])
    listens(PersonRegistered, name="test.ear")(made.hear)
    yield made
    LISTENERS._things.pop("test.ear")
    declared._BY_FACT["people.PersonRegistered"] = [
        listener for listener in declared._BY_FACT["people.PersonRegistered"] if listener.name != "test.ear"
    ]


def test_a_fact_is_told_once(ear: Ear) -> None:
    for person_id in (1, 2, 3):
        publish(PersonRegistered(person_id=person_id), at=AT)
    tell_all(at=AT)
    tell_all(at=AT)
    assert ear.heard == [1, 2, 3]


def test_a_rolled_back_change_leaves_no_fact(ear: Ear) -> None:
    with transaction.atomic():
        publish(PersonRegistered(person_id=1), at=AT)
        transaction.set_rollback(True)
    tell_all(at=AT)
    assert (ear.heard, Fact.objects.count(), Pending.objects.count()) == ([], 0, 0)


def test_one_bad_fact_does_not_hold_up_the_others_and_is_tried_again(ear: Ear) -> None:
    ear.fail_on = 2
    for person_id in (1, 2, 3):
        publish(PersonRegistered(person_id=person_id), at=AT)
    tell_all(at=AT)
    assert ear.heard == [1, 3]
    waiting = Pending.objects.get(listener="test.ear")
    assert (waiting.attempts, waiting.error) == (1, "RuntimeError: no")
    ear.fail_on = None
    tell_all(at=AT + timedelta(seconds=5))
    assert ear.heard == [1, 3]
    tell_all(at=AT + timedelta(hours=1))
    assert ear.heard == [1, 3, 2]


def test_positions_follow_one_another_without_gaps() -> None:
    for person_id in range(5):
        publish(PersonRegistered(person_id=person_id), at=AT)
    assert number_facts() == 5
    publish(PersonRegistered(person_id=9), at=AT)
    number_facts()
    assert list(Fact.objects.order_by("position").values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert number_facts() == 0
