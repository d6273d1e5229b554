"""Commands from outside happen once, and what was kept for a repeat is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest

from kith.kernel.idempotency import once
from kith.kernel.idempotency.forgetting import forget
from kith.kernel.idempotency.models import IdempotencyKey
from kith.kernel.refusals import Refusal

pytestmark = [pytest.mark.django_db]
AT = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)


def test_a_key_is_remembered_for_a_month() -> None:
    done: list[int] = []

    def act() -> tuple[int, int]:
        done.append(1)
        return 201, len(done)

    for days in (0, 29, 30):
        at = AT + timedelta(days=days)
        forget.run(at)
        assert once(scope="person:1", key="k", asked={"a": 1}, at=AT, act=act).body == 1
    forget.run(AT + timedelta(days=30, seconds=1))
    assert IdempotencyKey.objects.count() == 0
    assert once(scope="person:1", key="k", asked={"a": 1}, at=AT, act=act).body == 2


def test_another_scope_has_keys_of_its_own_and_another_question_is_refused() -> None:
    for scope in ("person:1", "person:2"):
        assert once(scope=scope, key="k", asked={"a": 1}, at=AT, act=lambda: (201, "x")).replayed is False
    with pytest.raises(Refusal) as refusal:
        once(scope="person:1", key="k", asked={"a": 2}, at=AT, act=lambda: (201, "x"))
    assert refusal.value.status == 422


@pytest.mark.parametrize("key", ["", "x" * 256, "a\0b"])
def test_odd_keys_are_refused(key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        once(scope="person:1", key=key, asked={}, at=AT, act=lambda: (201, "x"))
    assert refusal.value.status == 400
