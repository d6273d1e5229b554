import pytest

from kith.messaging.deliveries.models import Delivery
from kith.messaging.mail.queries import ranges
from tests.messaging import make
from tests.people import make as people

pytestmark = pytest.mark.django_db


def test_two_readers_far_apart_are_one_job() -> None:
    first, last = people.person(), people.person(id=9_000_000)
    message = make.message([first, last])
    found = ranges(message_id=message.pk, after=first.pk - 1, upto=last.pk, size=1000)
    assert found == [(first.pk - 1, last.pk)]


def test_nobody_with_a_mailbox_is_no_job() -> None:
    lan = people.person(mailbox="")
    message = make.message([lan])
    assert ranges(message_id=message.pk, after=0, upto=lan.pk, size=1000) == []


@pytest.mark.parametrize(("readers", "sizes"), [(1, [1]), (2, [2]), (3, [2, 1]), (4, [2, 2]), (5, [2, 2, 1])])
def test_ranges_follow_each_other_and_hold_everybody_once(readers: int, sizes: list[int]) -> None:
    people_of_both_kinds = [people.person(mailbox="" if n % 2 else f"r{n}@example.com") for n in range(readers * 2)]
    message = make.message(people_of_both_kinds)
    found = ranges(message_id=message.pk, after=0, upto=people_of_both_kinds[-1].pk, size=2)
    mailed = Delivery.objects.filter(message=message, channel=1)
    assert [mailed.filter(person_id__gt=after, person_id__lte=upto).count() for after, upto in found] == sizes
    assert [after for after, _ in found[1:]] == [upto for _, upto in found[:-1]]
