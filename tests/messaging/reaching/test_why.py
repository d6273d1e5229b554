"""Why and why not: for any person and any message, at the desk and in one's own inbox; caps and consent by default."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from kith.messaging.consents.actions import SHOWN, Wish, say, set_digests, set_reach
from kith.messaging.consents.models import ConsentEntry
from kith.messaging.deliveries import fanout
from kith.messaging.deliveries.actions import NewMessage, send_to_audience
from kith.messaging.deliveries.models import Channel, Delivery, Message, MessageClass, Severity
from kith.messaging.reaching.explaining import Mark, explain
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.segments.compiler import Compiled
from tests.access import make as access
from tests.messaging import make
from tests.people import make as people

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
NOON = datetime(2026, 11, 25, 5, tzinfo=UTC)  # 12:00 in Hà Nội
NIGHT = datetime(2026, 11, 25, 18, tzinfo=UTC)


def sent(*to: Person, at: datetime = NOON, **given: Any) -> Message:
    return make.message(to, at=at, **{"needs_acknowledgement": False, **given})


def decided(message: Message, person: Person) -> tuple[str, str]:
    """Return the name of the step that decided, and what it found."""
    why = explain(message=message, person=person, at=NIGHT)
    (step,) = [step for step in why.steps if step.mark == Mark.DECIDED]
    return step.name, step.found


def delivery(message: Message, person: Person) -> Delivery:
    return Delivery.objects.get(message=message, person_id=person.pk)


def test_offers_need_a_yes_of_customers_and_come_to_employees_until_they_refuse() -> None:
    customer, lan, minh = people.person(), people.employee(), people.employee()
    say(person_id=minh.pk, message_class="marketing", given=False, source="page", at=NOON, by_id=minh.pk)
    message = sent(customer, lan, minh, message_class=MessageClass.MARKETING)
    found = {
        person: (delivery(message, person).channel, delivery(message, person).reason)
        for person in (customer, lan, minh)
    }
    assert found == {
        customer: (Channel.INBOX, "no-consent"), lan: (Channel.MAIL, "direct"), minh: (Channel.INBOX, "unsubscribed"),
    }  # fmt: skip
    name, why = decided(message, customer)
    assert (name, why) == (
        "Consent",
        "Class “Offers and news of products” rests on your consent. The person has not said yes.",
    )
    say(person_id=customer.pk, message_class="marketing", given=True, source="page", at=NIGHT, by_id=customer.pk)
    assert delivery(sent(customer, at=NIGHT, message_class=MessageClass.MARKETING), customer).channel == Channel.MAIL
    assert decided(message, customer)[1].endswith("The person has not said yes.")


def test_a_former_employee_is_a_customer_like_any_other() -> None:
    gone = people.employee(until=NOON.date() - timedelta(days=1))
    assert delivery(sent(gone, message_class=MessageClass.MARKETING), gone).reason == "no-consent"


def test_each_word_is_kept_as_proof_with_the_words_shown_in_the_persons_language() -> None:
    lan = people.employee(language="vi")
    for n, given in enumerate((True, True, False, True)):
        say(
            person_id=lan.pk,
            message_class="survey",
            given=given,
            source="page",
            at=NOON + timedelta(days=n),
            by_id=lan.pk,
        )
    rows = list(ConsentEntry.objects.order_by("id").values_list("given", "at", "language", "by_id", "source"))
    assert rows == [
        (yes, NOON + timedelta(days=n), "vi", lan.pk, "page") for n, yes in ((0, True), (2, False), (3, True))
    ]
    assert all(words for words in ConsentEntry.objects.values_list("words", flat=True))
    assert {code for code, _given in SHOWN} == {"survey", "marketing"}


@pytest.mark.parametrize(("message_class", "most"), [(MessageClass.SURVEY, 1), (MessageClass.MARKETING, 2)])
def test_no_schedule_breaks_the_cap(message_class: MessageClass, most: int) -> None:
    lan, minh = people.employee(), people.employee()
    starts = [NOON + timedelta(hours=hours) for hours in range(0, 24 * 20, 17)]
    for at in starts:
        sent(lan, at=at, message_class=message_class)
    sent(minh, at=starts[-1], message_class=message_class)
    mailed = [
        row.hold_until or row.message.at
        for row in Delivery.objects.filter(person_id=lan.pk).exclude(channel=Channel.INBOX).select_related("message")
    ]
    assert len(mailed) >= most
    for moment in mailed:
        within = [other for other in mailed if moment <= other < moment + timedelta(days=7)]
        assert len(within) <= most, within
    assert set(Delivery.objects.filter(person_id=lan.pk, channel=Channel.INBOX).values_list("reason", flat=True)) == {
        "capped"
    }
    assert delivery(Message.objects.latest("pk"), minh).channel == Channel.MAIL


def test_the_cap_is_nobodys_else_and_no_other_classs() -> None:
    lan = people.employee()
    sent(lan, message_class=MessageClass.SURVEY)
    assert decided(sent(lan, message_class=MessageClass.SURVEY), lan) == (
        "How many", "At most 1 in 7 days. That many had come.",
    )  # fmt: skip
    for each in (MessageClass.SERVICE, MessageClass.TRANSACTIONAL, MessageClass.MARKETING):
        assert delivery(sent(lan, message_class=each), lan).channel == Channel.MAIL


def test_each_step_is_named_in_the_arbiters_order() -> None:
    lan, silent = people.employee("Lan"), people.employee(mailbox="")
    held = sent(lan, at=NIGHT)
    assert decided(held, lan)[0] == "Hours"
    assert "held until" in decided(held, lan)[1]
    assert decided(sent(silent), silent) == ("Ways to the person", "No mailbox, device or number was known.")
    assert decided(sent(lan, at=NIGHT, severity=Severity.URGENT), lan)[1].startswith("Urgent")
    set_reach(person_id=lan.pk, wish=Wish(service_by_mail=False))
    assert decided(sent(lan), lan)[0] == "What comes where"
    steps = explain(message=sent(silent), person=silent, at=NOON).steps
    assert [step.mark for step in steps] == [Mark.PASSED, Mark.DECIDED, *[Mark.SKIPPED] * 6]


def test_a_digest_waits_for_the_persons_hour_and_never_an_urgent_or_mandatory_one() -> None:
    lan = people.employee()
    set_reach(person_id=lan.pk, wish=Wish(digest_hour=17, digest_weekday=5))
    set_digests(person_id=lan.pk, every={"service": "daily", "survey": "weekly"})
    daily = delivery(sent(lan), lan)
    assert (daily.reason, daily.hold_until) == ("digest", datetime(2026, 11, 25, 10, tzinfo=UTC))
    late = delivery(sent(lan, at=datetime(2026, 11, 25, 10, tzinfo=UTC)), lan)
    assert late.hold_until == datetime(2026, 11, 26, 10, tzinfo=UTC)
    weekly = delivery(sent(lan, message_class=MessageClass.SURVEY), lan)
    assert weekly.hold_until == datetime(2026, 11, 27, 10, tzinfo=UTC)  # Friday
    for given in (
        {"severity": Severity.URGENT},
        {"needs_acknowledgement": True},
        {"message_class": MessageClass.SAFETY},
    ):
        row = delivery(sent(lan, **given), lan)
        assert row.hold_until is None, given
        assert row.reason in {"breakthrough", "direct"}


def test_why_somebody_did_not_get_it() -> None:
    lan, outside, gone, late = people.employee("Lan"), people.employee(), people.employee(), people.employee()
    Person.objects.update(created_at=NOON - timedelta(days=9))
    deactivate(person=gone, at=NOON - timedelta(days=1), by_id=None)
    where = "p.deactivated_at IS NULL AND p.full_name = ANY(%(names)s)"
    new = NewMessage(title=make.BOTH, body=make.BOTH)
    message = send_to_audience(message=new, audience=Compiled(where, {"names": ["Lan", "Late"]}), at=NOON)
    assert explain(message=message, person=lan, at=NOON).sentence == "It is still going out; the person's turn comes."
    fanout.send_out(message_id=message.pk, at=NOON)
    message.refresh_from_db()
    Person.objects.filter(pk=late.pk).update(full_name="Late")
    late.refresh_from_db()
    gone.refresh_from_db()

    def why(person: Person) -> str:
        found = explain(message=message, person=person, at=NOON)
        assert found.came == (person == lan)
        return found.sentence

    assert why(lan) == "It came by inbox and mail."
    assert why(outside) == "The person is not in the group it was written for."
    assert why(gone) == "The person was not active any more when it was sent."
    assert why(late) == "The person belongs to the group now, and did not when it was sent."
    named = sent(lan)
    assert explain(message=named, person=outside, at=NOON).sentence.startswith("It was written to somebody else")


def test_the_desk_and_the_reader_see_why_and_nobody_else() -> None:
    lan, other = people.employee("Trần Thị Lan"), people.employee("Minh")
    message = sent(lan, at=NIGHT)
    desk = access.client(people.person(), "communications")
    page = f"/desk/outbox/messages/{message.public_id}/"
    assert "This decided" in desk.get(f"{page}?person={lan.public_id}").text
    assert "did not get it" in desk.get(f"{page}?person={other.public_id}").text
    assert f"person={lan.public_id}" in desk.get(f"{page}?q=thi lan").text
    assert "Held until" in desk.get(f"/desk/outbox/people/{lan.public_id}/").text
    assert desk.get(f"{page}?person=x").status_code == 404
    own = access.client(lan).get(f"/inbox/{message.public_id}/").text
    assert "Why did I get this?" in own
    assert "This decided" in own
    for address in (page, f"/desk/outbox/people/{lan.public_id}/", "/desk/outbox/messages/"):
        assert access.client(other).get(address).status_code == 403
