"""Promises made by hand: I owe you, I ask you for, it is done."""

from datetime import UTC, date, datetime, timedelta

import pytest

from kith.kernel import clock
from kith.kernel.refusals import BadInput, Refusal
from kith.kernel.subjects import Subject
from kith.messaging.deliveries.models import Delivery
from kith.people.calendars.actions import change_hours
from kith.people.calendars.working import next_working_day
from kith.people.ties.models import Assignment
from kith.promises.commitments import by_hand
from kith.promises.commitments.actions import pause, resume, withdraw
from kith.promises.commitments.by_hand import Wish
from kith.promises.commitments.clocks import end_of_day
from kith.promises.commitments.models import Promise, PromiseEvent
from kith.promises.commitments.naming import name_of
from kith.promises.commitments.replaying import worked
from kith.promises.service import working_times
from tests.access.make import client
from tests.people import make as people
from tests.promises.make import MONDAY, again, away, firm, hear, hours, promise

pytestmark = pytest.mark.django_db
FRIDAY = date(2027, 3, 5)
WEDNESDAY_EVENING = datetime(2027, 3, 3, 10, tzinfo=UTC)


def told(person_id: int) -> list[str]:
    return [
        f"{d.message.title['en']} | {d.message.body['en']}"
        for d in Delivery.objects.filter(person_id=person_id).select_related("message").order_by("id")
    ]


def test_i_owe_you_is_due_at_the_end_of_my_working_day_and_both_see_it() -> None:
    house = firm()
    wish = Wish(kind="delivery", words="  The new\n gloves ", due_on=date(2027, 3, 6))
    made = by_hand.owe(owner=house.mai, to=house.ann, wish=wish, at=MONDAY)
    assert (made.owner, made.waiting_person, made.words) == (house.mai, house.ann, "The new gloves")
    assert made.due_at == datetime(2027, 3, 8, 10, tzinfo=UTC)
    hear()
    assert told(house.ann.pk) == [
        "Promised to you: Delivery | Mai owes it to you until Mon, 8 Mar 2027, 17:00. Open it to read what was promised."
    ]
    assert told(house.mai.pk) == []


def test_whoever_waits_asks_a_person_or_a_unit_and_reads_how_it_was_kept() -> None:
    house = firm()
    of_unit = by_hand.ask(waiting=house.ann, of=house.head_office, wish=Wish("answer", "May we?"), at=MONDAY)
    assert (of_unit.owner, of_unit.unit, of_unit.subject) == (
        house.bao, house.head_office, str(Subject("unit", house.head_office.pk)),
    )  # fmt: skip
    made = by_hand.ask(waiting=house.ann, of=house.mai, wish=Wish("call", "Call me", due_on=FRIDAY), at=MONDAY)
    hear()
    assert told(house.mai.pk) == [
        (
            "Ann asks you: Call back | It is yours until Fri, 5 Mar 2027, 17:00. "
            "Open it to read what is asked, to keep it, or to pass it on."
        )
    ]
    with pytest.raises(Refusal, match="Only its owner"):
        by_hand.done(made, proof="done", at=MONDAY, by_id=house.ann.pk)
    by_hand.done(made, proof="I called at ten", at=MONDAY, by_id=house.mai.pk)
    withdraw(of_unit, reason="Not ours to say", at=MONDAY, by_id=house.bao.pk)
    hear()
    assert told(house.ann.pk) == [
        "Kept: Call back | Mai writes: I called at ten",
        "No longer owed: Answer | Bao owed it to you. Why it is withdrawn: Not ours to say",
    ]


def test_an_absent_one_is_asked_and_the_deputy_or_manager_owes_it() -> None:
    house = firm()
    away(house.mai, date(2027, 3, 1), date(2027, 3, 12))
    made = by_hand.ask(waiting=house.ann, of=house.mai, wish=Wish("call", "Call me", due_on=FRIDAY), at=MONDAY)
    assert made.owner == house.bao


@pytest.mark.parametrize(
    ("wish", "sentence"),
    [
        (Wish("answer", "   "), "300 characters"),
        (Wish("answer", "x" * 301), "300 characters"),
        (Wish("test-answer", "Do it"), "one of the kinds"),
        (Wish("nothing", "Do it"), "one of the kinds"),
        (Wish("answer", "Do it", due_on=date(2027, 2, 28)), "from today on"),
        (Wish("answer", "Do it", due_on=date(2028, 4, 1)), "within a year"),
    ],
)
def test_what_makes_no_sense_is_refused(wish: Wish, sentence: str) -> None:
    house = firm()
    with pytest.raises(BadInput, match=sentence):
        by_hand.owe(owner=house.mai, to=house.ann, wish=wish, at=MONDAY)
    assert not Promise.objects.exists()


def test_nobody_owes_themselves_and_a_day_whose_work_is_over_is_refused() -> None:
    house = firm()
    with pytest.raises(BadInput, match="somebody else"):
        by_hand.owe(owner=house.mai, to=house.mai, wish=Wish("answer", "x"), at=MONDAY)
    with pytest.raises(BadInput, match="yourself"):
        by_hand.ask(waiting=house.mai, of=house.mai, wish=Wish("answer", "x"), at=MONDAY)
    with pytest.raises(BadInput, match="over on that day"):
        by_hand.owe(
            owner=house.mai, to=house.ann, wish=Wish("answer", "x", due_on=date(2027, 3, 3)), at=WEDNESDAY_EVENING
        )


def test_one_person_waits_for_so_much_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(by_hand, "MOST_ASKED", 2)
    house = firm()
    for _each in range(2):
        made = by_hand.ask(waiting=house.ann, of=house.mai, wish=Wish("answer", "x"), at=MONDAY)
    with pytest.raises(Refusal, match="2 things already"):
        by_hand.ask(waiting=house.ann, of=house.mai, wish=Wish("answer", "x"), at=MONDAY)
    by_hand.done(made, proof="done", at=MONDAY, by_id=house.mai.pk)
    by_hand.ask(waiting=house.ann, of=house.mai, wish=Wish("answer", "x"), at=MONDAY)


def test_one_kept_where_its_matter_is_cannot_be_kept_here() -> None:
    house = firm()
    with pytest.raises(Refusal, match="where its matter is"):
        by_hand.done(promise(house.mai), proof="done", at=MONDAY, by_id=house.mai.pk)


def test_a_shift_worker_has_the_hours_of_the_shift() -> None:
    house = firm()
    Assignment.objects.filter(tie__person=house.mai).update(shift=people.shift())
    made = promise(house.mai, within=hours(2))
    assert made.due_at == datetime(2027, 3, 1, 17, tzinfo=UTC)


def test_other_hours_from_next_month_move_neither_what_is_due_nor_what_was_measured() -> None:
    house = firm()
    site = Assignment.objects.get(tie__person=house.mai).site
    early, late = promise(house.mai, within=hours(8)), promise(house.mai, within=hours(8 * 30))
    pause(early, next_check_at=MONDAY + hours(25), reason="Parts", at=MONDAY + hours(1), by_id=None)
    resume(early, at=MONDAY + hours(24), by_id=None)

    def measured() -> timedelta:
        events = PromiseEvent.objects.filter(promise=early).order_by("id")
        times = working_times(person_ids=[house.mai.pk], at=MONDAY)[house.mai.pk]
        return worked(events, times, until=MONDAY + hours(26))

    before, due = measured(), again(late).due_at
    assert before == hours(3)
    change_hours(
        calendar=site.calendar, valid_from=date(2027, 4, 1), week={0: [["08:00", "09:00"]]}, at=MONDAY, by_id=None
    )
    assert measured() == before
    assert again(late).due_at == due
    assert promise(house.mai, within=hours(8 * 30)).due_at > due


def test_the_screens_from_desk_and_from_a_persons_page() -> None:
    house = firm()
    mai, ann = client(house.mai), client(house.ann)
    about = name_of(Subject("person", house.ann.pk))
    assert f"/promises/owe/?about={about}" in mai.get(f"/people/{house.ann.public_id}/").content.decode()
    assert 'name="to"' not in mai.get(f"/promises/owe/?about={about}").content.decode()
    assert 'name="to"' in mai.get("/promises/owe/").content.decode()
    day = (clock.now() + timedelta(days=9)).date().isoformat()
    answer = mai.post("/promises/owe/", {"about": about, "kind": "review", "words": "Your report", "due_on": day})
    made = Promise.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/promises/{made.public_id}/")
    assert (made.owner, made.waiting_person) == (house.mai, house.ann)
    assert "Review: Your report" in mai.get(f"/people/{house.ann.public_id}/").content.decode()
    page = mai.get(f"/promises/{made.public_id}/").content.decode()
    assert "Your report" in page
    assert f"/promises/{made.public_id}/done/" in page
    assert f"/promises/{made.public_id}/done/" not in ann.get(f"/promises/{made.public_id}/").content.decode()
    assert ann.post(f"/promises/{made.public_id}/done/", {"proof": "no"}).status_code == 409
    assert mai.post(f"/promises/{made.public_id}/done/", {"proof": "Read it all"}).status_code == 303
    assert "Read it all" in ann.get(f"/promises/{made.public_id}/").content.decode()


def test_asking_on_the_screen_says_what_is_wrong() -> None:
    house = firm()
    ann = client(house.ann)
    wrong = ann.post("/promises/ask/", {"kind": "answer", "words": "x", "of": "", "unit": ""})
    assert wrong.status_code == 422
    assert "Name one person or one unit." in wrong.content.decode()
    unknown = ann.post("/promises/ask/", {"kind": "answer", "words": "x", "unit": "nowhere"})
    assert "No unit, or more than one" in unknown.content.decode()
    right = ann.post("/promises/ask/", {"kind": "answer", "words": "x", "unit": house.head_office.code})
    assert right.status_code == 303
    assert Promise.objects.get().owner == house.bao
    assert ann.get("/promises/ask/?about=order:1").status_code == 400
    assert ann.get("/promises/ask/?about=nonsense").status_code == 400


def test_a_customer_cannot_promise_in_the_firms_name() -> None:
    customer = client(people.customer())
    assert customer.get("/promises/owe/").status_code == 403
    assert customer.get("/promises/ask/").status_code == 403


def test_a_pause_ends_on_a_day_on_which_its_owner_works_and_is_there() -> None:
    house = firm()
    one = promise(house.mai, at=clock.now(), within=hours(8 * 20))
    times = working_times(person_ids=[house.mai.pk], at=clock.now())[house.mai.pk]
    first = next_working_day(times, (clock.now() + timedelta(days=10)).date())
    away(house.mai, first, first + timedelta(days=3))
    answer = client(house.mai).post(
        f"/desk/promises/{one.public_id}/pause/", {"pause-until": first.isoformat(), "pause-reason": "Parts"}
    )
    assert answer.status_code == 303
    back = end_of_day(times, first + timedelta(days=4))
    assert again(one).next_check_at == back
