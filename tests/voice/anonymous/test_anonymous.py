import math
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from kith.kernel.facts.models import Fact
from kith.kernel.refusals import NotAllowed, Refusal
from kith.messaging.deliveries.models import Delivery
from kith.promises.commitments.models import Promise, PromiseEvent
from kith.voice.anonymous import actions, opening, queries, secrets, tasks
from kith.voice.anonymous.limits import READING, WRITING, Busy, Limit
from kith.voice.anonymous.models import Receipt, Sealed
from kith.voice.anonymous.opening import open_box, stir
from kith.voice.filings.queries import verdict
from kith.voice.filings.signing import signature
from kith.voice.ideas.comparing import similar
from kith.voice.ideas.models import Idea, IdeaState
from kith.voice.ideas.queries import promises_of, visible_to
from kith.voice.ideas.unowed import unowed
from tests.access import make as access
from tests.notices.make import Plant
from tests.people.make import AT
from tests.voice import make

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]
MONDAY = datetime(2026, 11, 23, tzinfo=UTC)
OPENED = datetime(2026, 11, 25, 4, tzinfo=UTC)
NO_ROLES: frozenset[str] = frozenset()


@pytest.fixture
def house(db: None) -> Plant:
    WRITING.forget()
    READING.forget()
    return make.house()


def sealed(**given: object) -> str:
    """Hand in an idea without a name; return its receipt."""
    return actions.submit(**{"title": "The gate", "text": "It is too narrow.", "at": AT, **given})[1]  # type: ignore[arg-type]


def idea(**given: object) -> tuple[Idea, str]:
    """Hand one in and open the box."""
    receipt = sealed(**given)
    open_box(at=OPENED)
    found = queries.idea_of(receipt)
    assert found is not None
    return found, receipt


def rated(made: Idea, *, understood: bool, at: datetime = AT) -> Idea:
    """Let the author rate, and open the box."""
    actions.rate(idea=Idea.objects.get(pk=made.pk), understood=understood, at=at)
    open_box(at=actions.next_opening(at))
    return Idea.objects.get(pk=made.pk)


def test_a_receipt_has_a_hundred_bits_and_only_a_slow_hash_of_it_is_kept(house: Plant) -> None:
    assert secrets.LENGTH * math.log2(len(set(secrets.ALPHABET))) == 100
    made, receipt = idea()
    kept = Receipt.objects.get()
    assert re.fullmatch(r"[0-9a-f]{64}", kept.secret)
    assert kept.secret == secrets.kept_as(receipt)
    for typed in (receipt, receipt.lower(), receipt.replace("-", " "), f"  {receipt}  "):
        assert queries.idea_of(typed) == made
    other = ("0" if receipt[0] != "0" else "1") + receipt[1:]
    for wrong in (other, receipt[:-1], receipt + "0", "", "\0", "🌸" * 20):
        assert queries.idea_of(wrong) is None
    assert len({secrets.new_receipt() for _ in range(200)}) == 200


def test_old_receipts_are_still_known_after_the_key_was_changed(house: Plant, settings: object) -> None:
    made, receipt = idea()
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]  # type: ignore[attr-defined]
    settings.SECRET_KEY = "another key of this installation"  # type: ignore[attr-defined]
    assert queries.idea_of(receipt) == made


def test_everything_it_causes_is_of_monday_and_by_nobody(house: Plant) -> None:
    made, _receipt = idea()
    assert (made.author_id, made.submitted_at) == (None, MONDAY)
    assert set(PromiseEvent.objects.values_list("at", "by_id")) == {(MONDAY, None)}
    assert set(Promise.objects.values_list("opened_at", "waiting_person_id")) == {(MONDAY, None)}
    assert list(Fact.objects.filter(at__lt=AT).values_list("at", "by_id").distinct()) == [(MONDAY, None)]
    assert "idea-read" in promises_of(made)
    owed = promises_of(made)["idea-read"]
    assert owed.owner_id == house.author.pk
    assert owed.due_at > AT + timedelta(days=7)


def test_only_whoever_answers_reads_it_and_no_search_finds_it(house: Plant) -> None:
    made, _receipt = idea()
    for person, sees in ((house.author, True), (house.manager, False), (house.workers[0], False)):
        assert visible_to(person_id=person.pk, day=AT.date()).filter(pk=made.pk).exists() is sees
    assert similar(words="the gate", person_id=house.workers[0].pk, day=AT.date()) == []
    assert access.client(house.workers[0]).get(f"/ideas/{made.public_id}/").status_code == 404
    assert "The gate" in access.client(house.author).get(f"/ideas/{made.public_id}/").content.decode()


def test_words_go_both_ways_and_the_owner_is_told_later_once(house: Plant) -> None:
    made, receipt = idea()
    tasks.tell.run(AT)
    tasks.tell.run(AT)
    told = Delivery.objects.filter(person_id=house.author.pk, message__about=f"idea:{made.pk}")
    assert told.count() == 1
    with pytest.raises(NotAllowed):
        actions.reply(idea=made, by=house.workers[0], roles=NO_ROLES, text="Who are you?", at=AT)
    assert (
        access.client(house.author).post(f"/ideas/{made.public_id}/reply/", {"text": "Which gate?"}).status_code == 302
    )
    browser = access.client()
    page = browser.post("/ideas/anonymous/thread/", {"receipt": receipt}).content.decode()
    assert "Which gate?" in page
    assert browser.post("/ideas/anonymous/thread/say/", {"receipt": receipt, "text": "Gate 2."}).status_code == 200
    assert "Gate 2." not in access.client(house.author).get(f"/ideas/{made.public_id}/").content.decode()
    assert "Gate 2." in browser.post("/ideas/anonymous/thread/", {"receipt": receipt}).content.decode()
    open_box(at=Sealed.objects.get().opens_at)
    assert "Gate 2." in access.client(house.author).get(f"/ideas/{made.public_id}/").content.decode()
    assert {saying.week for saying in queries.thread(made)} <= {date(2026, 11, 23), AT.date() - timedelta(days=2)} | {
        saying.week for saying in queries.thread(made) if saying.week.weekday() == 0
    }
    tasks.tell.run(AT + timedelta(hours=6))
    assert told.count() == 2


def test_the_author_confirms_or_reopens_once_with_the_receipt(house: Plant) -> None:
    made, _receipt = idea()
    make.answer(made, house.author, state=IdeaState.ANSWERED, text="It was measured: 3.20 m are enough.")
    again = rated(made, understood=False)
    assert (again.state, again.rated_at, again.reopened_at) == ("open", MONDAY, MONDAY)
    assert not unowed().exists()
    make.answer(made, house.author, state=IdeaState.ANSWERED, text="The new lorries are 2.55 m wide.")
    last = rated(made, understood=False)
    assert last.state == IdeaState.ANSWERED
    with pytest.raises(Refusal, match="once"):
        rated(made, understood=True)


def test_a_wrong_receipt_gets_a_sentence_and_changes_nothing(house: Plant) -> None:
    idea()
    browser = access.client()
    for path in ("thread/say/", "thread/rate/"):
        assert browser.post(f"/ideas/anonymous/{path}", {"receipt": "ABCD", "text": "x"}).status_code == 404
    page = browser.post("/ideas/anonymous/thread/", {"receipt": "AAAA-AAAA-AAAA-AAAA-AAAA"})
    assert page.status_code == 422
    assert "No idea has this receipt" in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"
    assert page["Referrer-Policy"] == "same-origin"


def test_the_flood_is_counted_in_memory_for_all_together() -> None:
    limit = Limit(2)
    limit.count(at=AT)
    limit.count(at=AT)
    with pytest.raises(Busy):
        limit.count(at=AT + timedelta(minutes=59))
    limit.count(at=AT + timedelta(hours=1))


def test_until_the_box_is_opened_only_the_receipt_shows_the_idea(house: Plant) -> None:
    receipt = sealed(title="The dark gate")
    assert not Idea.objects.exists()
    assert Sealed.objects.get().opens_at == OPENED
    browser = access.client()
    page = browser.post("/ideas/anonymous/thread/", {"receipt": receipt}).content.decode()
    assert "The dark gate" in page
    assert "closed box" in page
    for path in ("say", "rate"):
        answer = browser.post(f"/ideas/anonymous/thread/{path}/", {"receipt": receipt, "text": "x"})
        assert (answer.status_code, "come back tomorrow" in answer.content.decode()) == (409, True)
    assert open_box(at=OPENED - timedelta(seconds=1)) == 0
    assert open_box(at=OPENED) == 1
    assert open_box(at=OPENED) == 0
    assert not Sealed.objects.exists()
    assert not unowed().exists()


def test_the_filing_receipt_of_the_box_is_found_in_the_chain_after_it_was_opened(house: Plant) -> None:
    content, receipt = actions.submit(title="The gate", text="It is too narrow.", at=AT)
    assert verdict(digest=content, signed_with=signature(content)).holds is False
    open_box(at=OPENED)
    found = verdict(digest=content, signed_with=signature(content))
    made = queries.idea_of(receipt)
    assert made is not None
    assert (found.holds, found.signed, found.entry) == (True, True, made.filing)


def test_the_box_opens_at_one_hour_of_every_day() -> None:
    assert actions.next_opening(OPENED - timedelta(seconds=1)) == OPENED
    assert actions.next_opening(OPENED) == OPENED + timedelta(days=1)


def test_one_that_cannot_be_taken_out_stays_and_keeps_nobody_waiting(
    house: Plant, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed(title="One")
    sealed(title="Two")
    real = opening.owe_answer

    def sometimes(idea: Idea, **given: Any) -> Any:
        if idea.title == "One":
            raise Refusal("Nobody is in service.")
        return real(idea, **given)

    monkeypatch.setattr(opening, "owe_answer", sometimes)
    assert open_box(at=OPENED) == 1
    assert [waiting.words["title"] for waiting in Sealed.objects.all()] == ["One"]
    monkeypatch.undo()
    assert open_box(at=OPENED + timedelta(minutes=10)) == 1


def test_stirring_changes_nothing_but_the_order(house: Plant) -> None:
    for number in range(5):
        sealed(title=f"Idea {number}")
    before = list(Sealed.objects.order_by("pk").values())
    stir(at=AT)
    assert list(Sealed.objects.order_by("pk").values()) == before
