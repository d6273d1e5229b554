"""A home is drawn once while nothing happens to it, and anew as soon as something does."""

from datetime import timedelta
from typing import Any

import pytest

from kith.kernel import clock
from kith.kernel.texts import Text
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import Delivery, MessageClass, State
from kith.portal.home.actions import hide
from kith.portal.home.cards import CARDS, STAMPS
from kith.portal.shell import shortly
from tests.access import make as access
from tests.people import make as people


def test_a_stamp_belongs_to_a_source_of_cards() -> None:
    assert set(STAMPS.names()) <= set(CARDS.names())


@pytest.mark.django_db(transaction=True)
def test_a_message_shows_at_once_and_goes_at_once(django_assert_num_queries: Any) -> None:
    shortly.forget()
    person = people.employee()
    reader = access.client(person)
    for _ in range(2):  # the second one begins after the session's use is noted
        assert reader.get("/").status_code == 200
    with django_assert_num_queries(3):  # session, stamps, bell
        reader.get("/")
    words = Text(en="The gate is closed today")
    due = clock.now() + timedelta(days=1)
    message = NewMessage(
        title=words, body=words, message_class=MessageClass.SAFETY, needs_acknowledgement=True, due_at=due
    )
    send_message(message=message, to=[person.pk], at=clock.now())
    assert "The gate is closed today" in reader.get("/").content.decode()
    Delivery.objects.update(state=State.ACKNOWLEDGED)
    assert "The gate is closed today" not in reader.get("/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_each_reader_gets_their_own_home_and_token() -> None:
    shortly.forget()
    first, second = (people.person(full_name=name) for name in ("Ada Lovelace", "Grace Hopper"))
    pages = {one.pk: access.client(one).get("/").content.decode() for one in (first, second, first)}
    assert "Ada" in pages[first.pk]
    assert "Ada" not in pages[second.pk]
    assert all("\x00" not in page for page in pages.values())
    hide(person=first, key="messaging.new")
    assert "Ada" in access.client(first).get("/?arrange").content.decode()
