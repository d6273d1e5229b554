"""A person writes to a function: an answer is owed until it is given, and nobody else reads it."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kith.kernel.facts.telling import tell_all
from kith.kernel.refusals import BadInput, NotAllowed, NotFound, Refusal
from kith.messaging.conversations import actions, queries
from kith.messaging.conversations.actions import Words
from kith.messaging.conversations.models import Conversation, Decision, Handover, Post, Turned
from kith.messaging.conversations.rules import Standing
from kith.people.persons.models import Person
from kith.promises.actions import set_holders
from kith.promises.commitments.models import Promise, State
from kith.voice.ideas.models import Idea
from tests.messaging.conversations import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> Person:
    return make.colleague("Nguyễn Thị Lan")


@pytest.fixture
def ha(lan: Person) -> Person:
    made = make.colleague("Phạm Thu Hà")
    for code in ("general", "hr", "ideas", "support", "moderation"):
        set_holders(code=code, persons=[made], at=AT, by_id=None)
    return made


def asked(by: Person, *, desk: str = "hr") -> Post:
    return actions.ask(by=make.standing(by), desk=desk, title="My leave", words=Words("How many days?"), at=AT)


def promises(kind: str) -> list[tuple[str, int | None, int | None]]:
    rows = Promise.objects.filter(kind=kind).order_by("pk")
    return [(row.state, row.owner_id, row.waiting_person_id) for row in rows]


def test_a_question_is_owed_and_kept_by_the_answer_and_the_next_one_anew(lan: Person, ha: Person) -> None:
    talk = asked(lan).conversation
    tell_all(at=AT)
    assert promises("message-answer") == [(State.OPEN, ha.pk, lan.pk)]
    make.said(talk, lan, "and next year?")
    tell_all(at=AT)
    assert len(promises("message-answer")) == 1, "more words before the answer are one question"
    later = AT + timedelta(hours=1)
    words = Words("Twelve.")
    answer = actions.say(conversation=talk, standing=make.standing(ha, "hr"), words=words, at=later)
    tell_all(at=later)
    assert (answer.ours, promises("message-answer")) == (True, [(State.KEPT, ha.pk, lan.pk)])
    make.said(talk, lan, "Thank you. And unpaid?", at=later)
    tell_all(at=later)
    assert [state for state, _o, _w in promises("message-answer")] == [State.KEPT, State.OPEN]


def test_who_owes_the_answer_without_the_role_reads_and_answers_it(lan: Person, ha: Person) -> None:
    talk = asked(lan).conversation
    with pytest.raises(NotFound):
        make.said(talk, ha, "too early: nobody knows yet that she owes it")
    tell_all(at=AT)
    helped = queries.helped_by(person_id=ha.pk, kind="conversation")
    assert helped == {talk.pk}
    standing = Standing(ha, employed=True, helped=helped)
    assert list(queries.served_by(standing)) == [talk]
    assert actions.say(conversation=talk, standing=standing, words=Words("Twelve."), at=AT).ours


def test_human_resources_read_questions_to_them_and_no_private_conversation(lan: Person, ha: Person) -> None:
    hung = make.colleague("Lê Văn Hùng")
    private, group, other = make.direct(lan, hung), make.grouped(lan, hung), asked(lan, desk="support").conversation
    talk = asked(lan).conversation
    hr = make.standing(ha, "hr", "administrator")
    assert list(queries.visible_to(hr)) == [talk]
    for closed in (private, group, other):
        with pytest.raises(NotFound):
            actions.say(conversation=closed, standing=hr, words=Words("I look in"), at=AT)
    assert list(queries.visible_to(make.standing(hung))) == [private, group]


def test_customers_write_to_the_service_only(ha: Person) -> None:
    emily = people.customer("Emily Clark")
    talk = asked(emily, desk="support").conversation
    assert list(queries.visible_to(make.standing(emily))) == [talk]
    with pytest.raises(BadInput, match="whom you want to ask"):
        asked(emily, desk="hr")
    with pytest.raises(NotAllowed, match="Write to the service"):
        make.direct(emily, ha)
    with pytest.raises(NotAllowed, match="Write to the service"):
        make.grouped(emily, ha)


def test_asking_twice_with_one_key_is_one_question(lan: Person, ha: Person) -> None:
    words = Words("How many days?", key=uuid4())
    for _twice in range(2):
        actions.ask(by=make.standing(lan), desk="hr", title="My leave", words=words, at=AT)
    assert (Conversation.objects.count(), Post.objects.count()) == (1, 1)
    with pytest.raises(Refusal, match="serve this desk yourself"):
        actions.ask(by=make.standing(ha, "hr"), desk="hr", title="x", words=Words("x"), at=AT)


@pytest.fixture
def shifts(ha: Person) -> dict[str, Person]:
    """Two shifts of one unit: Lan on the early one; Hùng leads the late one, in which Mai works."""
    unit = people.unit()
    early = people.shift("early", starts="06:00", ends="14:00")
    late = people.shift("late", starts="14:00", ends="22:00")
    hung = people.employee("Lê Văn Hùng", unit=unit, shift=late)
    found = {
        "lan": people.employee("Nguyễn Thị Lan", unit=unit, shift=early),
        "hung": hung,
        "mai": people.employee("Đỗ Ngọc Mai", unit=unit, shift=late, manager=hung),
    }
    return found | {"ha": ha}


def test_a_note_passes_to_the_lead_of_the_next_shift_who_must_read_it(shifts: dict[str, Person]) -> None:
    unit = shifts["lan"].ties.get().assignments.get().unit
    talk = make.shifted(shifts["ha"], {"attribute": "unit", "is": [unit.path]})
    by = make.standing(shifts["lan"])
    words = Words("Valve 3 leaks; spare part ordered.", key=uuid4())
    note = actions.hand_over(conversation=talk, standing=by, words=words, at=AT)
    again = actions.hand_over(conversation=talk, standing=by, words=words, at=AT)
    assert note == again
    assert (note.lead, note.to_shift.code if note.to_shift else "") == (shifts["hung"], "late")
    assert note.due_at == AT.replace(hour=8), "15:00 in Vietnam: an hour after the late shift begins"
    tell_all(at=AT)
    assert promises("handover-reading") == [(State.OPEN, shifts["hung"].pk, shifts["lan"].pk)]
    with pytest.raises(NotAllowed, match="Lê Văn Hùng takes this note over"):
        actions.acknowledge(conversation=talk, standing=make.standing(shifts["mai"]), seq=note.post.seq, at=AT)
    actions.acknowledge(conversation=talk, standing=make.standing(shifts["hung"]), seq=note.post.seq, at=AT)
    tell_all(at=AT)
    assert promises("handover-reading") == [(State.KEPT, shifts["hung"].pk, shifts["lan"].pk)]
    assert Handover.objects.get().acknowledged_by == shifts["hung"]


def test_a_roster_follows_its_rule_and_a_move_ends_reading_at_once(shifts: dict[str, Person]) -> None:
    unit = shifts["lan"].ties.get().assignments.get().unit
    late = {"all": [{"attribute": "unit", "is": [unit.path]}, {"attribute": "shift", "is": ["late"]}]}
    talk = make.shifted(shifts["ha"], late)
    assert {row.person for row in queries.members_of(talk)} == {shifts["hung"], shifts["mai"]}
    make.said(talk, shifts["mai"], "Who takes Friday?")
    shifts["mai"].ties.get().assignments.update(shift=shifts["lan"].ties.get().assignments.get().shift)
    with pytest.raises(NotFound):
        queries.conversation_of(make.standing(shifts["mai"]), public_id=talk.public_id, at=AT)
    with pytest.raises(NotFound):
        make.said(talk, shifts["mai"], "still here?")
    assert actions.sync(conversation_id=talk.pk, at=AT) == (0, 1)
    assert actions.sync(conversation_id=talk.pk, at=AT) == (0, 0)
    shifts["lan"].ties.get().assignments.update(shift=shifts["hung"].ties.get().assignments.get().shift)
    assert actions.sync(conversation_id=talk.pk, at=AT) == (1, 0)
    member = queries.member_of(talk, person_id=shifts["lan"].pk)
    assert member is not None
    assert [post.text for post in queries.posts_of(talk, since=member.since_seq)] == ["Who takes Friday?"]
    assert queries.unread_of(member) == 0


def test_a_reported_post_is_decided_once_with_a_sentence_that_both_sides_read(lan: Person, ha: Person) -> None:
    hung = make.colleague("Lê Văn Hùng")
    talk = make.direct(lan, hung)
    post = make.said(talk, hung, "You are useless")
    report = actions.report(post=post, by=make.standing(lan), reason="It insults me", at=AT)
    assert actions.report(post=post, by=make.standing(lan), reason="again", at=AT) == report
    with pytest.raises(Refusal, match="what others wrote"):
        actions.report(post=post, by=make.standing(hung), reason="my own", at=AT)
    tell_all(at=AT)
    assert promises("report-decision") == [(State.OPEN, ha.pk, lan.pk)]
    with pytest.raises(NotAllowed):
        actions.decide(report=report, by=make.standing(lan, "moderator"), removes=True, words="mine", at=AT)
    assert list(queries.reports_concerning(person_id=hung.pk)) == [], "the author hears of it when it is decided"
    actions.decide(report=report, by=make.standing(ha), removes=True, words="Insults are not for here.", at=AT)
    tell_all(at=AT)
    assert promises("report-decision")[0][0] == State.KEPT
    post.refresh_from_db()
    assert (post.text, post.withdrawn_by_id) == ("", ha.pk)
    for person in (lan, hung):
        assert [(row.decision, row.words) for row in queries.reports_concerning(person_id=person.pk)] == [
            (Decision.REMOVED, "Insults are not for here.")
        ]
    with pytest.raises(Refusal, match="decided already"):
        actions.decide(report=report, by=make.standing(ha, "moderator"), removes=False, words="no", at=AT)


def test_a_message_becomes_an_idea_or_a_promise_once(lan: Person, ha: Person) -> None:
    hung = make.colleague("Lê Văn Hùng")
    talk = make.direct(lan, hung)
    post = make.said(talk, lan, "A mirror at gate 2\nLorries do not see us.")
    first = actions.turn(post=post, by=make.standing(lan), name="idea", at=AT)
    assert actions.turn(post=post, by=make.standing(lan), name="idea", at=AT) == first
    idea = Idea.objects.get()
    assert (idea.title, idea.author) == ("A mirror at gate 2", lan)
    with pytest.raises(Refusal):
        actions.turn(post=post, by=make.standing(hung), name="idea", at=AT)
    actions.turn(post=post, by=make.standing(hung), name="promise", at=AT)
    assert promises("said-so") == [(State.OPEN, hung.pk, lan.pk)]
    assert Turned.objects.count() == 2
