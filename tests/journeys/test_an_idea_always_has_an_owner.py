"""The story of an idea from a phone to its answer, with everybody leaving who could have been the owner."""

from datetime import date, timedelta

import pytest

from kith.kernel.facts.telling import tell_all
from kith.messaging.deliveries.models import Delivery
from kith.people.calendars.models import Absence
from kith.people.persons.actions import deactivate
from kith.people.persons.models import Person
from kith.people.ties.actions import leave
from kith.promises.commitments.models import Promise
from kith.voice.ideas.models import Idea
from tests.access import make as access
from tests.people import make as people
from tests.people.make import AT
from tests.promises.make import Firm, firm

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
DAY = date(2026, 11, 25)


@pytest.fixture
def house(db: None) -> Firm:
    return firm()


def have_idea(author: Person) -> Idea:
    idea = {"title": "Trays for bottles", "text": "On the way back.", "category": "costs"}
    assert access.client(author).post("/ideas/new/", idea).status_code == 302
    return Idea.objects.get()


def owed(idea: Idea) -> Promise:
    """Return the one open promise of the idea's answer: exactly one, with one owner in service and a due time."""
    promise = Promise.objects.get(subject=f"idea:{idea.pk}", kind="idea", state__in=["open", "paused"])
    assert promise.owner is not None
    assert promise.owner.deactivated_at is None
    assert promise.due_at is not None
    return promise


def test_it_passes_from_leaver_to_leaver_and_never_falls(house: Firm) -> None:
    idea = have_idea(house.ann)
    first = owed(idea)
    assert first.owner == house.mai
    due = first.due_at
    leave(person=house.mai, on=DAY - timedelta(days=1), at=AT, by_id=None)
    tell_all(at=AT)
    assert owed(idea).owner == house.bao
    deactivate(person=house.bao, at=AT, by_id=None)
    tell_all(at=AT)
    last = owed(idea)
    assert (last.owner, last.due_at, last.pk) == (house.dung, due, first.pk)
    page = access.client(house.ann).get(f"/ideas/{idea.public_id}/").content.decode()
    assert "Dung answers by" in page


def test_an_absent_owner_is_passed_over(house: Firm) -> None:
    Absence.objects.create(person=house.mai, since=DAY, until=DAY + timedelta(days=200), recorded_at=AT)
    assert owed(have_idea(house.ann)).owner == house.bao


def test_the_author_hears_at_once_and_again_gets_a_second_answer_and_rates_it(house: Firm) -> None:
    house.ann.language = "vi"
    house.ann.save()
    idea = have_idea(house.ann)
    receipt = Delivery.objects.get(person_id=house.ann.pk, message__about=f"idea:{idea.pk}").message
    assert receipt.title["vi"] == "Chúng tôi đã nhận ý tưởng của bạn: Trays for bottles"
    assert receipt.body["en"].startswith("Mai owes you an answer by ")
    owner, author = access.client(house.mai), access.client(house.ann)
    path = f"/ideas/{idea.public_id}/"
    assert "Trays for bottles" in owner.get("/desk/ideas/").content.decode()
    no = {
        "state": "declined",
        "reason": "cost",
        "text": "The trays cost more in a year than the trips we would save.",
        "cost": "0",
    }
    assert owner.post(f"{path}answer/", no).status_code == 302
    assert "Trays for bottles" not in owner.get("/desk/ideas/").content.decode()
    assert author.post(f"{path}rate/", {"understood": "no", "stars": "1", "words": "Which cost?"}).status_code == 302
    assert owed(idea).owner == house.mai
    assert "Which cost?" in owner.get(path).content.decode()
    yes = {"state": "accepted", "text": "You are right. We will do it in May."}
    assert owner.post(f"{path}answer/", yes).status_code == 302
    assert "Which cost?" not in owner.get(path).content.decode()
    assert author.post(f"{path}rate/", {"understood": "yes", "stars": "5", "words": "Thank you."}).status_code == 302
    assert "Thank you." in owner.get(path).content.decode()
    assert [promise.kind for promise in Promise.objects.filter(state="open")] == ["idea-do"]


def test_what_was_said_before_is_shown_before_posting_and_may_be_posted_all_the_same(house: Firm) -> None:
    have_idea(house.ann)
    other = access.client(people.employee("Lan", unit=house.production))
    again = {"title": "trays for BOTTLES", "text": "Please."}
    shown = other.post("/ideas/new/", again)
    assert shown.status_code == 200
    assert "Trays for bottles" in shown.content.decode()
    assert Idea.objects.count() == 1
    assert other.post("/ideas/new/", {**again, "anyway": "1"}).status_code == 302
    assert Idea.objects.count() == 2
