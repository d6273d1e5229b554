"""Who looked at whose data: written once, changed by nobody, gone when it is old."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError

from kith.access.looks.actions import KEPT_DAYS, forget_old, looked
from kith.access.looks.models import Look, What
from kith.access.looks.queries import looks_at
from tests.people.make import AT

pytestmark = pytest.mark.django_db


def test_a_look_is_written_but_not_ones_own() -> None:
    assert looked(person_ids=[7, 8, 9], by_id=8, what=What.EXPORT, at=AT) == 2
    assert looked(person_ids=[8], by_id=8, what=What.PROFILE, at=AT) == 0
    assert [(row.person_id, row.by_id, row.what) for row in Look.objects.order_by("person_id")] == [
        (7, 8, "export"), (9, 8, "export"),
    ]  # fmt: skip
    assert looks_at(person_id=7).get().at == AT


@pytest.mark.parametrize(
    "statement",
    ["UPDATE access_look SET by_id = 1", "DELETE FROM access_look", "TRUNCATE access_look"],
)
def test_the_database_refuses_changes(statement: str) -> None:
    looked(person_ids=[7], by_id=8, what=What.PROFILE, at=AT)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Look.objects.count() == 1


def test_what_is_old_goes_and_nothing_younger_with_it() -> None:
    looked(person_ids=[7], by_id=8, what=What.PROFILE, at=AT)
    looked(person_ids=[8], by_id=7, what=What.PROFILE, at=AT + timedelta(days=1))
    assert forget_old(AT + timedelta(days=KEPT_DAYS)) == 0
    assert forget_old(AT + timedelta(days=KEPT_DAYS, hours=1)) == 1
    assert Look.objects.get().person_id == 8
    with pytest.raises(IntegrityError), transaction.atomic():
        Look.objects.all().delete()
