"""Writing: numbered without gaps, each once, changed for a quarter of an hour, taken back whenever."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.kernel.refusals import BadInput, NotFound, Refusal
from kith.messaging.conversations import actions, queries
from kith.messaging.conversations.models import Member, Post, PostKind
from kith.people.persons.models import Person
from kith.people.ties.models import Tie
from tests.messaging.conversations import make
from tests.people import make as people
from tests.people.make import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan() -> Person:
    return make.colleague("Nguyễn Thị Lan")


@pytest.fixture
def hung() -> Person:
    return make.colleague("Lê Văn Hùng")


def numbers(conversation: Any) -> list[tuple[int, str]]:
    return list(Post.objects.filter(conversation=conversation).order_by("seq").values_list("seq", "text"))


def test_two_colleagues_have_one_conversation_whoever_begins(lan: Person, hung: Person) -> None:
    assert make.direct(lan, hung) == make.direct(hung, lan)
    with pytest.raises(BadInput, match="this is you"):
        make.direct(lan, lan)
    with pytest.raises(Refusal, match="work here"):
        make.direct(lan, people.customer("Emily"))


def test_posts_are_numbered_and_unread_is_a_difference(lan: Person, hung: Person) -> None:
    talk = make.direct(lan, hung)
    make.said(talk, lan, "Xin chào")
    make.said(talk, lan, "Ca đêm thiếu một người")
    assert numbers(talk) == [(1, "Xin chào"), (2, "Ca đêm thiếu một người")]
    mine = queries.listed(make.standing(hung), before=None, size=10)
    assert [queries.unread_of(row) for row in mine] == [2]
    actions.mark_read(member=mine[0], seq=99)
    mine = queries.listed(make.standing(hung), before=None, size=10)
    assert [queries.unread_of(row) for row in mine] == [0]
    assert [queries.unread_of(row) for row in queries.listed(make.standing(lan), before=None, size=10)] == [0]
    actions.mark_unread(member=mine[0], seq=2)
    assert [queries.unread_of(row) for row in queries.listed(make.standing(hung), before=None, size=10)] == [1]


def test_the_same_key_is_the_same_post_and_never_other_words(lan: Person, hung: Person) -> None:
    talk, key = make.direct(lan, hung), uuid4()
    first = make.said(talk, lan, "once", key=key)
    assert make.said(talk, lan, "once", key=key).pk == first.pk
    actions.edit(conversation=talk, standing=make.standing(lan), seq=1, text="twice", at=AT)
    assert make.said(talk, lan, "once", key=key).pk == first.pk, "a resend after an edit is still the same"
    with pytest.raises(Refusal, match="other words"):
        make.said(talk, lan, "other", key=key)
    make.said(talk, hung, "once", key=key)
    assert numbers(talk) == [(1, "twice"), (2, "once")], "another person's key is another key"


@pytest.mark.parametrize("text", ["", "   \n", "\u200b\u200b", "a\0b", "x" * 8001, "\u202e\u200f"])
def test_what_nobody_could_read_is_refused_with_its_limits(lan: Person, hung: Person, text: str) -> None:
    talk = make.direct(lan, hung)
    with pytest.raises(BadInput, match="Write 1 to 8000 characters"):
        make.said(talk, lan, text)
    assert numbers(talk) == []


@pytest.mark.parametrize(
    "text", ["x" * 8000, "<script>alert(1)</script>", "'; DROP TABLE x;--", "Thu Hà 张伟 🎉\n\nnext", "%s {} {{ x }}"]
)
def test_any_words_are_kept_as_they_are(lan: Person, hung: Person, text: str) -> None:
    talk = make.direct(lan, hung)
    assert make.said(talk, lan, text).text == text


def test_an_edit_keeps_the_original_for_fifteen_minutes(lan: Person, hung: Person) -> None:
    talk = make.direct(lan, hung)
    make.said(talk, lan, "at nine")
    edited = AT + timedelta(minutes=14, seconds=59)
    actions.edit(conversation=talk, standing=make.standing(lan), seq=1, text="at ten", at=edited)
    post = Post.objects.get()
    assert (post.text, post.original, post.edited_at, post.rev) == ("at ten", "at nine", edited, 2)
    with pytest.raises(Refusal, match="15 minutes"):
        actions.edit(
            conversation=talk, standing=make.standing(lan), seq=1, text="at eleven", at=AT + timedelta(minutes=15)
        )
    with pytest.raises(NotFound):
        actions.edit(conversation=talk, standing=make.standing(hung), seq=1, text="mine", at=AT)


def test_a_withdrawn_post_keeps_its_number_and_nothing_else(lan: Person, hung: Person) -> None:
    talk = make.direct(lan, hung)
    make.said(talk, lan, "too much said")
    actions.edit(conversation=talk, standing=make.standing(lan), seq=1, text="much said", at=AT)
    late = AT + timedelta(days=300)
    for _twice in range(2):
        actions.withdraw(conversation=talk, standing=make.standing(lan), seq=1, at=late)
    post = Post.objects.get()
    assert (post.seq, post.text, post.earlier, post.withdrawn_at, post.rev) == (1, "", None, late, 3)
    with pytest.raises(NotFound):
        actions.withdraw(conversation=talk, standing=make.standing(hung), seq=1, at=late)


def test_who_left_or_was_removed_or_is_a_stranger_writes_nothing(lan: Person, hung: Person) -> None:
    mai = make.colleague("Đỗ Ngọc Mai")
    talk = make.grouped(lan, hung, mai)
    make.said(talk, hung, "hello")
    actions.leave(conversation=talk, standing=make.standing(hung), at=AT)
    actions.remove(conversation=talk, by=make.standing(lan), person=mai, at=AT)
    for person in (hung, mai, make.colleague("Somebody")):
        with pytest.raises(NotFound):
            make.said(talk, person, "still here")
        with pytest.raises(NotFound):
            queries.conversation_of(make.standing(person), public_id=talk.public_id, at=AT)
    assert numbers(talk) == [(1, "hello"), (2, "left"), (3, "removed")]


def test_when_employment_ends_nothing_is_read_or_written_from_the_next_day(lan: Person, hung: Person) -> None:
    talk = make.direct(lan, hung)
    make.said(talk, lan, "hello")
    Tie.objects.filter(person=hung).update(until=date(2026, 11, 25))
    tomorrow = AT + timedelta(days=1)
    assert make.said(talk, hung, "last day").seq == 2
    with pytest.raises(NotFound):
        make.said(talk, hung, "gone", at=tomorrow)
    assert queries.listed(make.standing(hung, at=tomorrow), before=None, size=10) == []
    with pytest.raises(Refusal, match="no longer works here"):
        make.said(talk, lan, "are you there?", at=tomorrow)


def test_blocking_ends_direct_messages_in_both_directions_until_it_is_lifted(lan: Person, hung: Person) -> None:
    talk = make.direct(lan, hung)
    actions.block(person=hung, other=lan, at=AT)
    with pytest.raises(Refusal, match="takes no messages from you"):
        make.said(talk, lan, "hello")
    with pytest.raises(Refusal, match="You take no messages"):
        make.said(talk, hung, "hello")
    group = make.grouped(lan, hung)
    make.said(group, lan, "in a group they still work together")
    actions.unblock(person=hung, other_id=lan.pk)
    assert make.said(talk, lan, "hello").seq == 1


def test_a_mention_finds_members_only(lan: Person, hung: Person) -> None:
    make.colleague("Anna Keller")
    talk = make.grouped(lan, hung)
    post = make.said(talk, lan, "@lê văn hùng và @Anna Keller: xem máy 3")
    assert post.mentions == [hung.pk]
    assert Member.objects.get(conversation=talk, person=hung).mentioned_seq == 1


def test_topics_are_one_whatever_case_was_typed(lan: Person, hung: Person) -> None:
    talk = make.grouped(lan, hung)
    make.said(talk, lan, "one", topic="Máy 3")
    make.said(talk, hung, "two", topic="  may  3 ")
    make.said(talk, hung, "three", topic="")
    assert [(topic.name, topic.last_seq) for topic in queries.topics_of(talk)] == [("Máy 3", 2)]


def test_what_a_new_member_may_read_begins_with_their_coming(lan: Person, hung: Person) -> None:
    mai = make.colleague("Đỗ Ngọc Mai")
    talk = make.grouped(lan, hung)
    make.said(talk, lan, "between the two of us")
    assert actions.add(conversation=talk, by=make.standing(lan), people=[mai, hung], at=AT) == 1
    make.said(talk, lan, "welcome")
    member = queries.member_of(talk, person_id=mai.pk)
    assert member is not None
    shown = [(post.seq, post.kind) for post in queries.posts_of(talk, since=member.since_seq)]
    assert shown == [(3, PostKind.WORDS), (2, PostKind.EVENT)]
    with pytest.raises(NotFound):
        queries.post_of(talk, since=member.since_seq, seq=1)


def test_writing_costs_the_same_in_a_conversation_of_two_and_of_forty(lan: Person, hung: Person) -> None:
    unit = people.unit()
    many = [people.employee(unit=unit) for _n in range(38)]
    small, large = make.grouped(lan, hung), make.grouped(lan, hung, *many)
    counts: list[int] = []
    for talk in (small, large):
        with CaptureQueriesContext(connection) as counted:
            make.said(talk, lan, "hello", key=UUID(int=len(counts)))
        counts.append(len(counted))
    assert counts[0] == counts[1] <= 16
