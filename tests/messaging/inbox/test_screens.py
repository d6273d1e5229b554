from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from kith.kernel.texts import Text
from kith.messaging.deliveries import actions, queries
from kith.messaging.deliveries.models import Delivery, State
from kith.messaging.deliveries.rendering import render
from kith.messaging.inbox import views
from tests.access import make as access
from tests.messaging import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
HTMX = {"HX-Request": "true"}


def told(person: Any, title: str, **given: Any) -> Delivery:
    given = {"needs_acknowledgement": False, "body": Text(en=f"About {title}"), **given}
    message = make.message([person], title=Text(en=title), **given)
    return Delivery.objects.select_related("message").get(message=message, person_id=person.pk)


def address(delivery: Delivery) -> str:
    return f"/inbox/{delivery.message.public_id}/"


def positions(client: Client, *titles: str, url: str = "/inbox/") -> list[int]:
    text = client.get(url).content.decode()
    return [text.find(f">{title}<") for title in titles]


def test_unread_messages_stand_first_whatever_is_newer() -> None:
    lan = people.person()
    client = access.client(lan)
    told(lan, "Canteen closed")
    newer = told(lan, "Bus at six")
    client.get(address(newer))
    first, second = positions(client, "Canteen closed", "Bus at six")
    assert 0 < first < second


def test_a_message_with_a_page_of_its_own_is_opened_on_the_way_there() -> None:
    lan = people.person()
    client = access.client(lan)
    delivery = told(lan, "Your order is packed", link="/orders/7/")
    listed = client.get("/inbox/").content.decode()
    assert f'href="{address(delivery)}"' in listed
    assert queries.unread_count(person_id=lan.pk) == 1
    assert 'href="/orders/7/"' in client.get(address(delivery)).content.decode()
    assert queries.unread_count(person_id=lan.pk) == 0


def test_somebody_elses_message_is_like_one_that_does_not_exist() -> None:
    lan, minh = people.person(), people.person()
    delivery = told(lan, "Only for Lan", needs_acknowledgement=True)
    seen = render(delivery.message, language="en").sha256
    stranger = access.client(minh)
    foreign = stranger.get(address(delivery))
    missing = stranger.get("/inbox/00000000-0000-4000-8000-000000000000/")
    assert foreign.status_code == missing.status_code == 404
    assert b"Only for Lan" not in foreign.content
    assert stranger.post(address(delivery) + "acknowledge/", {"seen": seen}).status_code == 404
    delivery.refresh_from_db()
    assert (delivery.state, delivery.opened_at) == (State.SENT, None)


def test_acknowledging_in_place_answers_with_the_time_and_only_once() -> None:
    lan = people.person()
    client = access.client(lan)
    delivery = told(lan, "New fire exits", needs_acknowledgement=True)
    seen = render(delivery.message, language="en").sha256
    answer = client.post(address(delivery) + "acknowledge/", {"seen": seen}, headers=HTMX)
    assert answer.status_code == 200
    assert "You acknowledged this on" in answer.content.decode()
    delivery.refresh_from_db()
    first = delivery.acknowledged_at
    assert (delivery.state, delivery.seen_sha256, delivery.via) == (State.ACKNOWLEDGED, seen, "page")
    assert client.post(address(delivery) + "acknowledge/", {"seen": seen}).status_code == 302
    delivery.refresh_from_db()
    assert delivery.acknowledged_at == first


def test_a_text_changed_since_it_was_shown_is_not_acknowledged() -> None:
    lan = people.person()
    client = access.client(lan)
    delivery = told(lan, "Gate 3 closed", needs_acknowledgement=True)
    old = render(delivery.message, language="en").sha256
    actions.amend_message(
        message_id=delivery.message_id, title=Text(en="Gate 4 closed"), body=Text(en="x"), editorial=False, at=AT
    )
    answer = client.post(address(delivery) + "acknowledge/", {"seen": old})
    assert answer.status_code == 409
    assert "read it again" in answer.content.decode()
    assert client.post(address(delivery) + "acknowledge/", {}).status_code == 409
    delivery.refresh_from_db()
    assert delivery.state == State.SENT


def test_searching_needs_neither_case_nor_diacritics_and_finds_ones_own_only() -> None:
    lan, minh = people.person(language="vi"), people.person()
    make.message([lan], title=Text({"vi": "Dừng chuyền 3", "en": "Stop line 3"}), needs_acknowledgement=False)
    told(lan, "Canteen closed")
    told(minh, "Dung chuyen for Minh")
    client = access.client(lan)
    found = client.get("/inbox/", {"q": "dung CHUYEN"}).content.decode()
    assert "Dừng chuyền 3" in found
    assert "Canteen closed" not in found
    assert "for Minh" not in found
    nothing = client.get("/inbox/", {"q": "giraffe"}).content.decode()
    assert "Dừng chuyền 3" not in nothing


@pytest.mark.parametrize("query", ["q=%00", "q=" + "%25" * 300, "before=9999999999999999999", "before=-1", "before=٣"])
def test_nonsense_in_the_address_is_no_error(query: str) -> None:
    lan = people.person()
    told(lan, "Canteen closed")
    assert access.client(lan).get(f"/inbox/?{query}").status_code == 200


def test_older_ones_follow_page_by_page_and_none_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "PAGE", 2)
    lan = people.person()
    client = access.client(lan)
    made = [told(lan, f"Note {number}") for number in range(5)]
    for delivery in made:
        actions.mark_opened(delivery=delivery, at=AT + timedelta(minutes=1))
    seen: list[str] = []
    url = "/inbox/"
    while url:
        text = client.get(url).content.decode()
        seen += [f"Note {number}" for number in range(5) if f">Note {number}<" in text]
        rows = sorted(d.pk for d in made if f'id="delivery-{d.pk}"' in text)
        url = f"/inbox/?before={rows[0]}" if f"?before={rows[0]}" in text else ""
    assert sorted(seen) == [f"Note {number}" for number in range(5)]


def test_the_list_takes_the_same_queries_for_one_and_for_three() -> None:
    lan = people.person()
    client = access.client(lan)
    counts = []
    for number in (1, 2):
        for _ in range(number):
            told(lan, "Unread")
            actions.mark_opened(delivery=told(lan, "Read"), at=AT)
        client.get("/inbox/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/inbox/")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


def test_an_open_list_reloads_itself_when_something_arrives() -> None:
    lan = people.person()
    client = access.client(lan)
    assert 'hx-trigger="kith:inbox"' in client.get("/inbox/").content.decode()
    told(lan, "Just now")
    part = client.get("/inbox/", headers=HTMX).content.decode()
    assert "Just now" in part
    assert "<html" not in part
