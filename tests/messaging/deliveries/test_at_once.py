"""Row 11 of the reliability table: clicks and changes that meet. Real connections, real commits."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries import actions, answering, text_lock
from kith.messaging.deliveries.models import Delivery, State, SupersededAcknowledgement
from kith.messaging.deliveries.rendering import Rendering, render, renderings
from tests.messaging import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.row(11)]
WAITS = 20.0


def asked() -> tuple[Delivery, str]:
    lan = people.person()
    message = make.message([lan])
    return Delivery.objects.get(person_id=lan.pk), render(message, language="en").sha256


def closing(act: Callable[[], Any]) -> Callable[[], Any]:
    def run() -> Any:
        try:
            return act()
        finally:
            connections.close_all()

    return run


def acknowledging(delivery: Delivery, seen: str, via: str) -> Callable[[], Any]:
    return closing(
        lambda: actions.acknowledge(
            delivery_id=delivery.pk, person_id=delivery.person_id, seen_sha256=seen, at=AT, via=via
        )
    )


def test_fifty_clicks_on_two_devices_are_one_acknowledgement(measured: Callable[[str, str, str], None]) -> None:
    delivery, seen = asked()
    together = threading.Barrier(10)

    def click(number: int) -> Any:
        if number < 10:
            together.wait(WAITS)
        return acknowledging(delivery, seen, "page" if number % 2 else "mail")()

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(click, range(50)))
    effects = Fact.objects.filter(kind="messaging.MessageAcknowledged").count()
    measured("50 simultaneous acknowledgements", "1 effect", f"{effects}")
    assert effects == 1
    assert {(answer.state, answer.via) for answer in answers} == {(State.ACKNOWLEDGED, answers[0].via)}


def test_the_control_without_the_condition_every_click_has_an_effect(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery, seen = asked()
    together = threading.Barrier(4)

    def late_renderings(message: Any) -> dict[str, Rendering]:
        together.wait(WAITS)  # all four have read that nobody has acknowledged yet
        return renderings(message)

    monkeypatch.setattr(answering, "renderings", late_renderings)
    monkeypatch.setattr(answering, "_ANSWER", answering._ANSWER.replace("AND state = ANY(%(before)s)", ""))
    with ThreadPoolExecutor(4) as pool:
        for done in [pool.submit(acknowledging(delivery, seen, "page")) for _ in range(4)]:
            done.result(WAITS)
    assert Fact.objects.filter(kind="messaging.MessageAcknowledged").count() == 4


def changed_in_between(monkeypatch: pytest.MonkeyPatch) -> Delivery:
    """Change the text after somebody's click has read it and before it is written; return the delivery after both."""
    delivery, seen = asked()
    has_read, goes_on = threading.Event(), threading.Event()

    def slow_renderings(message: Any) -> dict[str, Rendering]:
        found = renderings(message)
        has_read.set()
        goes_on.wait(WAITS)
        return found

    monkeypatch.setattr(answering, "renderings", slow_renderings)
    amend = closing(
        lambda: actions.amend_message(
            message_id=delivery.message_id, title=Text(en="Stop line 4"), body=make.BOTH, editorial=False, at=AT
        )
    )
    with ThreadPoolExecutor(2) as pool:
        click = pool.submit(acknowledging(delivery, seen, "page"))
        assert has_read.wait(WAITS)
        change = pool.submit(amend)
        threading.Event().wait(0.5)  # the change is under way: done, or waiting for the click
        goes_on.set()
        click.result(WAITS)
        change.result(WAITS)
    delivery.refresh_from_db()
    return delivery


def test_a_change_that_meets_a_click_asks_again_and_keeps_the_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = changed_in_between(monkeypatch)
    assert (delivery.state, delivery.seen_sha256) == (State.SENT, None)
    assert SupersededAcknowledgement.objects.get().person_id == delivery.person_id


def test_the_control_without_the_lock_the_old_text_counts_as_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_lock, "hold_to_answer", lambda **_: None)
    delivery = changed_in_between(monkeypatch)
    assert delivery.state == State.ACKNOWLEDGED
    assert not SupersededAcknowledgement.objects.exists()


def test_a_click_that_waited_for_a_change_is_refused() -> None:
    delivery, seen = asked()
    actions.amend_message(
        message_id=delivery.message_id, title=Text(en="Stop line 4"), body=make.BOTH, editorial=False, at=AT
    )
    with pytest.raises(Refusal, match="changed"):
        acknowledging(delivery, seen, "page")()
