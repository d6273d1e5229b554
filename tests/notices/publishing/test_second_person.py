from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from kith.kernel import clock
from kith.kernel.refusals import NotAllowed, Refusal
from kith.kernel.texts import Text
from kith.messaging.deliveries.models import Delivery, State
from kith.notices.publishing import actions, agreeing
from kith.notices.publishing.budget import budget_of, heard
from kith.notices.publishing.models import Approval, NoticeState, NoticeVersion
from kith.notices.rulebook.queries import current
from kith.notices.severities import Severity
from kith.people.persons.models import Person
from tests.access import make as access
from tests.notices import make
from tests.notices.publishing.test_notices import answer, signed_in
from tests.people import make as people
from tests.people.make import AT

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kith.config.urls")]


def used_up(author: Person) -> None:
    for _ in range(3):
        make.published(author)


def second() -> Person:
    person = people.employee()
    access.grant(person, "leadership")
    return person


def test_above_the_budget_a_second_person_publishes_and_is_named() -> None:
    author, other = people.employee(), second()
    used_up(author)
    assert budget_of(person_id=author.pk, book=current(), at=AT).left == 0
    notice = make.draft(author)
    with pytest.raises(Refusal, match="second person"):
        actions.publish(notice=notice, by=author, at=AT)
    asked = agreeing.ask_to_publish(notice=notice, by=author, at=AT)
    with pytest.raises(Refusal, match="asked already"):
        agreeing.ask_to_publish(notice=notice, by=author, at=AT)
    with pytest.raises(NotAllowed, match="yourself"):
        agreeing.decide(approval=asked, granted=True, by=author, at=AT)
    assert Delivery.objects.filter(person_id=other.pk, message__about=f"notice:{notice.pk}").count() == 1
    agreeing.decide(approval=asked, granted=True, by=other, at=AT)
    notice.refresh_from_db()
    version = NoticeVersion.objects.get(notice=notice)
    assert (notice.state, version.released_by, version.approved_by) == (NoticeState.PUBLISHED, author, other)
    with pytest.raises(Refusal, match="decided already"):
        agreeing.decide(approval=asked, granted=False, by=other, at=AT, why="No")


def test_the_database_itself_knows_that_nobody_agrees_with_themselves() -> None:
    author = people.employee()
    used_up(author)
    asked = agreeing.ask_to_publish(notice=make.draft(author), by=author, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        Approval.objects.filter(pk=asked.pk).update(granted=True, decided_by=author)


def test_drills_and_quiet_notices_need_nobody_and_the_budget_is_each_ones_own() -> None:
    author, other = people.employee(), people.employee()
    used_up(author)
    for given in ({"drill": True}, {"severity": Severity.IMPORTANT}):
        assert make.published(author, **given).state == NoticeState.PUBLISHED
    assert make.published(other).state == NoticeState.PUBLISHED
    assert budget_of(person_id=author.pk, book=current(), at=AT).used == 3


def test_a_text_changed_after_the_question_is_not_what_was_agreed_to() -> None:
    author, other = people.employee(), second()
    used_up(author)
    notice = make.draft(author)
    asked = agreeing.ask_to_publish(notice=notice, by=author, at=AT)
    make.draft(author, notice=notice, body=Text({**make.BODY, "en": "Something else."}))
    with pytest.raises(Refusal, match="decided already"):
        agreeing.decide(approval=asked, granted=True, by=other, at=AT)
    asked.refresh_from_db()
    assert (asked.granted, asked.decided_by) == (False, None)


def test_a_no_needs_words_and_reaches_who_asked() -> None:
    author, other = people.employee(), second()
    used_up(author)
    asked = agreeing.ask_to_publish(notice=make.draft(author), by=author, at=AT)
    with pytest.raises(Refusal, match="why not"):
        agreeing.decide(approval=asked, granted=False, by=other, at=AT, why=" ")
    agreeing.decide(approval=asked, granted=False, by=other, at=AT, why="It is not urgent.")
    told = Delivery.objects.select_related("message").filter(person_id=author.pk).latest("id")
    assert told.message.body["en"].endswith("It is not urgent.")
    assert asked.notice.state == NoticeState.DRAFT


def test_a_correction_keeps_acknowledgements_with_diff_and_who_agreed() -> None:
    plant, other = make.plant(), second()
    notice = make.published(plant.author)
    answer(notice, plant.workers[0])
    title = Text({**make.TITLE, "en": "Stop line three"})
    with pytest.raises(Refusal, match="second person"):
        actions.amend(notice=notice, title=title, body=make.BODY, editorial=True, by=plant.author, at=AT)
    asked = agreeing.ask_to_correct(notice=notice, title=title, body=make.BODY, by=plant.author, at=AT)
    agreeing.decide(approval=asked, granted=True, by=other, at=AT)
    row = Delivery.objects.get(message_id=notice.message_id, person_id=plant.workers[0].pk)
    assert row.state == State.ACKNOWLEDGED
    version = NoticeVersion.objects.get(notice=notice, version=2)
    assert (version.editorial, version.approved_by) == (True, other)
    assert version.diff["en"]["title"] == [["", "Stop line "], ["del", "3"], ["ins", "three"]]
    assert version.diff["vi"]["title"] == [["", "Dừng chuyền 3"]]


def test_a_correction_of_a_text_that_is_another_by_now_is_refused() -> None:
    plant, other = make.plant(), second()
    notice = make.published(plant.author)
    asked = agreeing.ask_to_correct(
        notice=notice, title=Text({**make.TITLE, "en": "Stop line three"}), body=make.BODY, by=plant.author, at=AT
    )
    actions.amend(
        notice=notice, title=Text({**make.TITLE, "en": "Stop line 4"}), body=make.BODY, editorial=False,
        by=plant.author, at=AT,
    )  # fmt: skip
    with pytest.raises(Refusal, match="another one"):
        agreeing.decide(approval=asked, granted=True, by=other, at=AT)


def test_the_screens_of_the_second_person() -> None:
    plant, other = make.plant(), second()
    used_up(plant.author)
    notice = make.draft(plant.author, due_at=clock.now() + timedelta(hours=1))
    author, leader = signed_in(plant.author, "communications"), access.client(other)
    assert author.post(f"/desk/notices/{notice.public_id}/publish/").status_code == 302
    asked = Approval.objects.get()
    url = f"/desk/notices/approvals/{asked.public_id}/"
    assert "another person must decide" in author.get(url).content.decode()
    assert author.post(url, {"granted": "yes"}).status_code == 403
    assert "Stop line 3" in leader.get("/desk/notices/approvals/").content.decode()
    assert "Put the bottles aside" in leader.get(url).content.decode()
    assert leader.post(url, {"granted": "no", "why": ""}).status_code == 409
    assert access.client(plant.workers[0]).get(url).status_code == 403
    assert leader.post(url, {"granted": "yes"}).status_code == 302
    notice.refresh_from_db()
    assert notice.state == NoticeState.PUBLISHED


def test_a_sender_sees_how_their_own_notices_were_answered_drills_apart() -> None:
    plant = make.plant()
    notice = make.published(plant.author)
    make.published(plant.author, drill=True)
    make.published(people.employee())
    answer(notice, plant.workers[0])
    mine = heard(person_id=plant.author.pk, at=AT)
    assert (mine.notices, mine.answered) == (1, 1)
    assert mine.percent == 100 // mine.audience
    assert heard(person_id=plant.author.pk, at=AT, drill=True).answered == 0
    assert heard(person_id=plant.workers[0].pk, at=AT).percent is None
    screen = signed_in(plant.author, "communications")
    assert f"{mine.percent} %" in screen.get("/desk/notices/sender/").content.decode()


def test_the_budget_screen_takes_the_same_queries_for_one_and_three(django_assert_num_queries: Any) -> None:
    author = people.employee()
    for _ in range(3):
        make.published(author)
        with django_assert_num_queries(2):
            budget_of(person_id=author.pk, book=current(), at=AT)
        with django_assert_num_queries(1):
            heard(person_id=author.pk, at=AT)
