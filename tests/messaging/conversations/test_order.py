"""Order and exactly once: many senders at once, pages that come and go, and what happens without the lock."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, connections, transaction
from django.db.models import Max
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kith.messaging.conversations import actions, queries
from kith.messaging.conversations.models import Conversation, Member, Post
from kith.people.persons.models import Person
from tests.messaging.conversations import make
from tests.people import make as people
from tests.people.make import AT

SENDERS, EACH = 20, 20


def at_once(work: list[Callable[[], Any]]) -> None:
    """Run all of them in threads of their own, begun together."""
    gate = threading.Barrier(len(work))

    def run(one: Callable[[], Any]) -> None:
        gate.wait(timeout=60)
        try:
            one()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(work)) as pool:
        for done in [pool.submit(run, one) for one in work]:
            done.result(timeout=300)


def room(number: int = SENDERS) -> tuple[Conversation, list[Person]]:
    unit = people.unit()
    site = people.site(organization=unit.organization)
    members = [people.employee(unit=unit, site=site) for _n in range(number)]
    return make.grouped(members[0], *members[1:]), members


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_twenty_senders_at_once_give_a_sequence_without_gaps_each_post_once() -> None:
    talk, members = room()

    def sender(person: Person) -> Callable[[], None]:
        def send() -> None:
            standing = make.standing(person)
            for n in range(EACH):
                words = actions.Words(f"{person.pk}:{n}", key=UUID(int=person.pk * 1000 + n))
                for _resent in range(1 + n % 2):  # every other one is sent twice, as after a lost answer
                    actions.say(conversation=talk, standing=standing, words=words, at=AT)

        return send

    at_once([sender(person) for person in members])
    rows = list(Post.objects.filter(conversation=talk).order_by("seq").values_list("seq", "rev", "author_id", "text"))
    assert [seq for seq, _rev, _author, _text in rows] == list(range(1, SENDERS * EACH + 1))
    assert [rev for _seq, rev, _author, _text in rows] == list(range(1, SENDERS * EACH + 1))
    for person in members:
        assert [text for _s, _r, author, text in rows if author == person.pk] == [
            f"{person.pk}:{n}" for n in range(EACH)
        ], "the posts of one sender stand in the order they were sent"
    talk.refresh_from_db()
    assert (talk.last_seq, talk.rev) == (SENDERS * EACH, SENDERS * EACH)
    assert Member.objects.filter(conversation=talk, read_seq__gt=talk.last_seq).count() == 0


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_numbers_are_given_twice() -> None:
    """The negative control: the same crowd, taking the highest number plus one without waiting for one another."""
    talk, members = room(8)
    taken: list[int] = []
    gate = threading.Barrier(len(members))

    def send() -> None:
        with transaction.atomic():
            newest = Post.objects.filter(conversation=talk).aggregate(n=Max("seq"))["n"] or 0
            gate.wait(timeout=60)
            taken.append(newest + 1)

    at_once([send for _person in members])
    assert len(set(taken)) < len(taken)


@pytest.mark.django_db(transaction=True)
def test_removal_in_the_middle_ends_writing_at_one_number() -> None:
    talk, (lead, hung, mai) = room(3)
    refused = []

    def write() -> None:
        for n in range(40):
            try:
                make.said(talk, hung, f"{n}")
            except Exception as error:  # noqa: BLE001  (which one is what the test looks at)
                refused.append(type(error).__name__)

    def remove() -> None:
        make.said(talk, mai, "now")
        actions.remove(conversation=talk, by=make.standing(lead), person=hung, at=AT)

    at_once([write, remove])
    gone = Post.objects.get(conversation=talk, text="removed")
    assert set(refused) <= {"NotFound"}
    assert Post.objects.filter(conversation=talk, author=hung, kind="words", seq__gt=gone.seq).count() == 0
    assert Post.objects.filter(conversation=talk, author=hung, kind="words").count() == 40 - len(refused)


class Page:
    """A page as the browser keeps it: it asks for changes since the last it knows, and puts each post at its number."""

    def __init__(self, talk: Conversation) -> None:
        self.talk, self.rev = talk, 0
        self.posts: dict[int, tuple[int, str]] = {}
        self.appended: list[int] = []

    def ask(self, size: int) -> bool:
        rows = queries.changed_posts(self.talk, since=0, after=0, rev=self.rev, size=size)
        for row in rows:
            if row.seq not in self.posts:
                self.appended.append(row.seq)
            self.posts[row.seq] = (row.rev, row.text)
            self.rev = max(self.rev, row.rev)
        return bool(rows)


@pytest.mark.django_db
@settings(
    max_examples=15, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(
    steps=st.lists(
        st.one_of(
            st.tuples(st.just("say"), st.integers(0, 2), st.booleans()),
            st.tuples(st.just("edit"), st.integers(1, 12), st.booleans()),
            st.tuples(st.just("withdraw"), st.integers(1, 12), st.booleans()),
            st.tuples(st.just("ask"), st.integers(1, 4), st.booleans()),
        ),
        max_size=40,
    )
)
def test_a_page_that_comes_and_goes_ends_with_every_post_once_in_order(steps: list[tuple[str, int, bool]]) -> None:
    with transaction.atomic():
        talk, members = room(3)
        here, away = Page(talk), Page(talk)
        for what, number, flag in steps:
            step(talk, members, what, number, twice=flag)
            if what == "ask":
                (here if flag else away).ask(number)
        for page in (here, away):
            while page.ask(3):
                pass
        stands = {row.seq: (row.rev, row.text) for row in Post.objects.filter(conversation=talk)}
        for page in (here, away):
            assert page.posts == stands
            assert sorted(page.posts) == list(range(1, len(stands) + 1))
            assert len(page.appended) == len(set(page.appended)), "nothing is appended a second time"
        transaction.set_rollback(True)


def step(talk: Conversation, members: list[Person], what: str, number: int, *, twice: bool) -> None:
    """Do one thing; a resend is the same thing again."""
    if what == "say":
        key = uuid4()
        for _resent in range(1 + twice):
            make.said(talk, members[number], f"{key}", key=key)
    post = Post.objects.filter(conversation=talk, seq=number, withdrawn_at=None).select_related("author").first()
    if post is None or what not in {"edit", "withdraw"}:
        return
    standing = make.standing(post.author)
    if what == "edit":
        text = post.text if twice else f"{uuid4()}"
        actions.edit(conversation=talk, standing=standing, seq=number, text=text, at=AT)
    else:
        actions.withdraw(conversation=talk, standing=standing, seq=number, at=AT)


@pytest.mark.django_db
def test_a_post_in_a_conversation_of_five_thousand_is_one_row_and_ten_notes() -> None:
    unit = people.unit()
    lead = people.employee(unit=unit)
    talk = make.grouped(lead, people.employee(unit=unit))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO people_person (public_id, full_name, preferred_name, sort_key, language, zone, mailbox, phone, "
            "birthday_calendar, birthday_visibility, leap_day, created_at) SELECT gen_random_uuid(), 'P ' || n, '', "
            "'p ' || n, 'en', 'UTC', '', '', 'solar', 'nobody', 'feb-28', now() FROM generate_series(1, 4998) n "
            "RETURNING id"
        )
        ids = [row[0] for row in cursor.fetchall()]
    Member.objects.bulk_create(Member(conversation=talk, person_id=key, joined_at=AT) for key in ids)
    before = Member.objects.count()
    post = make.said(talk, lead, "to everybody")
    assert (post.seq, Post.objects.count(), Member.objects.count()) == (1, 1, before)
    member = Member.objects.select_related("conversation").get(conversation=talk, person_id=ids[0])
    assert queries.unread_of(member) == 1
    assert len(queries.picked(talk, words="p 49", but=lead.pk)) == queries.PICKED
