"""One asks that a person be erased, another decides; nobody does both."""

from datetime import timedelta

import pytest

from kith.access.looks.models import Look
from kith.kernel import clock
from kith.kernel.facts.models import Fact
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.people.persons.models import Person
from kith.people.privacy.actions import approve, ask, decline
from kith.people.privacy.models import ErasureRequest
from tests.access import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


def test_whoever_asked_cannot_confirm_and_a_second_one_can() -> None:
    lan = people.employee("Trần Lan", number="E-77", mailbox="lan@example.com")
    one, two = people.employee("One"), people.employee("Two")
    first, second = make.client(one, "hr"), make.client(two, "administrator")
    answer = first.post("/desk/erasures/", {"key": " e-77 ", "reason": "She asked on paper."})
    address = answer["Location"]
    text = first.get(address).text
    assert "What goes" in text
    assert "Erase for good" not in text
    assert first.post(f"{address}confirm/").status_code == 403
    assert Person.objects.get(pk=lan.pk).full_name == "Trần Lan"
    assert "Erase for good" in second.get(address).text
    assert second.post(f"{address}confirm/").status_code == 302
    assert Person.objects.get(pk=lan.pk).full_name == "[…]"
    done = ErasureRequest.objects.get()
    assert (done.state, done.decided_by_id, done.reason) == ("done", two.pk, "")
    assert done.count > 3
    shown = second.get(address).text
    assert "identifiers" in shown
    assert "Trần Lan" not in shown
    assert second.post(f"{address}confirm/").status_code == 409


def test_the_person_asks_and_may_not_decide_even_as_hr() -> None:
    lan = people.employee("Trần Lan")
    browser = make.client(lan, "hr")
    assert browser.post("/me/privacy/erasure/", {"reason": "I want to"})["Location"] == "/me/privacy/"
    assert "Somebody decides until" in browser.get("/me/privacy/").text
    row = ErasureRequest.objects.get()
    assert row.due_at - row.asked_at == timedelta(days=30)
    assert browser.post(f"/desk/erasures/{row.public_id}/confirm/").status_code == 403
    assert browser.post("/me/privacy/erasure/").status_code == 302
    assert ErasureRequest.objects.count() == 1


def test_declining_needs_a_reason_which_the_person_reads() -> None:
    lan, hr = people.employee("Trần Lan"), people.employee("Hr")
    asked = ask(person=lan, reason="", at=AT, by_id=lan.pk)
    browser = make.client(hr, "hr")
    assert browser.post(f"/desk/erasures/{asked.public_id}/", {"answer": ""}).status_code == 422
    assert browser.post(f"/desk/erasures/{asked.public_id}/", {"answer": "A trial is on."}).status_code == 302
    assert "A trial is on." in make.client(lan).get("/me/privacy/").text
    assert Fact.objects.filter(kind="people.ErasureDeclined", by_id=hr.pk).count() == 1
    with pytest.raises(Refusal, match="decided"):
        approve(request=asked, at=AT, by_id=hr.pk)
    with pytest.raises(BadInput):
        decline(request=asked, answer=" ", at=AT, by_id=hr.pk)


def test_the_database_keeps_the_two_apart_too() -> None:
    lan, hr = people.employee(), people.employee()
    asked = ask(person=lan, reason="", at=AT, by_id=hr.pk)
    with pytest.raises(NotAllowed):
        approve(request=asked, at=AT, by_id=hr.pk)
    with pytest.raises(Exception, match="erasure_decided_by_another"):
        ErasureRequest.objects.filter(pk=asked.pk).update(decided_by_id=hr.pk, decided_at=AT, state="done")


def test_the_last_administrator_is_told_so_and_others_see_no_desk() -> None:
    lan, hr = people.employee("Admin"), people.employee("Hr")
    make.client(lan, "administrator")
    asked = ask(person=lan, reason="", at=clock.now(), by_id=lan.pk)
    text = make.client(hr, "hr").get(f"/desk/erasures/{asked.public_id}/").text
    assert "last administrator" in text
    assert "Erase for good" not in text
    assert Look.objects.get(person_id=lan.pk).what == "erasure"
    stranger = make.client(people.employee(), "finance")
    assert stranger.get("/desk/erasures/").status_code == 403


@pytest.mark.parametrize(
    ("key", "sentence"), [("nobody", "Nobody has this"), ("", "required"), ("E-\0", "Null characters")]
)
def test_wrong_input_is_told(key: str, sentence: str) -> None:
    answer = make.client(people.employee(), "hr").post("/desk/erasures/", {"key": key})
    assert answer.status_code == 422
    assert sentence in answer.text
