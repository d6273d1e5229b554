"""Stock never shows more promised than on hand, and is the sum of its movements."""

import pytest
from django.db import IntegrityError, transaction

from kith.kernel.refusals import Refusal
from kith.kernel.subjects import Subject
from kith.supply.stock import actions as stock
from kith.supply.stock.invariants import drifted
from kith.supply.stock.models import Movement, StockLevel
from tests.supply import make

pytestmark = pytest.mark.django_db
ORDER = Subject("order", 1)


def level(item: object) -> tuple[int, int]:
    found = StockLevel.objects.get(item=item)
    return found.on_hand, found.reserved


def test_the_way_of_goods() -> None:
    place, item = make.stocked(5)
    wanted = [stock.Wanted(item.pk, 3)]

    stock.reserve(warehouse_id=place.pk, wanted=wanted, reference=ORDER, at=make.AT)
    assert level(item) == (5, 3)
    stock.release(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 1)], reference=ORDER, at=make.AT)
    assert level(item) == (5, 2)
    stock.ship(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 2)], reference=ORDER, at=make.AT)
    assert level(item) == (3, 0)
    stock.give_back(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 2)], reference=ORDER, at=make.AT)
    assert level(item) == (5, 0)
    assert drifted() == []


def test_all_or_none_with_the_number_there_is() -> None:
    place, plenty = make.stocked(5)
    _place, scarce = make.stocked(1, warehouse=place)

    with pytest.raises(stock.OutOfStock, match="Only 1 left, you asked for 2") as caught:
        stock.reserve(
            warehouse_id=place.pk, wanted=[stock.Wanted(plenty.pk, 1), stock.Wanted(scarce.pk, 2)],
            reference=ORDER, at=make.AT,
        )  # fmt: skip
    assert caught.value.shortages == (stock.Shortage(scarce.pk, 2, 1),)
    assert level(plenty) == (5, 0)
    assert Movement.objects.filter(kind="reserve").count() == 0


def test_more_than_is_held_cannot_be_released_or_shipped() -> None:
    place, item = make.stocked(5)
    stock.reserve(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 2)], reference=ORDER, at=make.AT)

    for act in (stock.release, stock.ship):
        with pytest.raises(Refusal):
            act(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 3)], reference=ORDER, at=make.AT)
    assert level(item) == (5, 2)


def test_counting_below_what_is_promised_is_refused() -> None:
    place, item = make.stocked(5)
    stock.reserve(warehouse_id=place.pk, wanted=[stock.Wanted(item.pk, 4)], reference=ORDER, at=make.AT)

    with pytest.raises(Refusal, match="4 are promised"):
        stock.count(warehouse=place, item=item, on_hand=3, at=make.AT, by_id=None)
    stock.count(warehouse=place, item=item, on_hand=4, at=make.AT, by_id=None)
    assert level(item) == (4, 4)
    assert drifted() == []


def test_movements_are_never_changed_and_drift_is_seen() -> None:
    _place, item = make.stocked(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Movement.objects.update(on_hand_change=4)
    with pytest.raises(IntegrityError), transaction.atomic():
        StockLevel.objects.update(reserved=6)

    StockLevel.objects.filter(item=item).update(on_hand=7)
    assert len(drifted()) == 1
