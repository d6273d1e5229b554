"""One-time links: signed, hashed, used once, ending with the sessions they are bound to."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from kith.access.logins.actions import end_sessions
from kith.access.tokens.actions import forget_old, issue, issue_many, use
from kith.access.tokens.keys import is_ours, link_to, new_token
from kith.access.tokens.models import OneTimeToken
from kith.access.tokens.queries import find
from kith.kernel.subjects import Subject
from kith.people.persons.actions import deactivate
from tests.access import make
from tests.people import make as people

pytestmark = pytest.mark.django_db
AT = people.AT
LATER = AT + timedelta(hours=1)


def test_only_a_hash_is_kept_and_the_link_is_of_the_one_address(settings: "pytest.FixtureRequest") -> None:
    token = issue(purpose="sign-in", person_id=people.person().pk, expires_at=LATER)
    row = OneTimeToken.objects.get()
    assert token not in str(vars(row))
    assert link_to(token) == f"{settings.KITH_URL}/t/{token}/"
    assert find(token=token) == row


def test_a_made_up_token_costs_no_query(django_assert_num_queries: "pytest.FixtureRequest") -> None:
    body = new_token().partition("~")[0]
    with django_assert_num_queries(0):
        assert [find(token=token) for token in ("", "x", "~", f"{body}~", f"{body}~{'0' * 22}", "é~ü")] == [None] * 6
    assert is_ours(new_token())


def test_tokens_are_of_192_bits_and_never_the_same() -> None:
    made = {new_token() for _ in range(1_000)}
    assert len(made) == 1_000
    assert {len(token.partition("~")[0]) for token in made} == {32}


def test_a_purpose_that_is_on_no_shelf_is_a_programming_error() -> None:
    with pytest.raises(LookupError):
        issue(purpose="nothing", person_id=None, expires_at=LATER)


def test_a_link_is_used_as_often_as_it_may_and_not_too_late() -> None:
    token = find(token=issue(purpose="sign-in", person_id=people.person().pk, expires_at=LATER, uses=2))
    assert token is not None
    assert [use(token=token, at=AT) for _ in range(3)] == [True, True, False]
    late = find(token=issue(purpose="sign-in", person_id=people.person().pk, expires_at=LATER))
    assert late is not None
    assert use(token=late, at=LATER) is False


@pytest.mark.fault
@pytest.mark.django_db(transaction=True)
def test_of_twenty_uses_at_once_one_counts() -> None:
    token = find(token=issue(purpose="sign-in", person_id=people.person().pk, expires_at=LATER))
    start, won = threading.Barrier(20), []

    def go() -> None:
        start.wait()
        try:
            if token and use(token=token, at=AT):
                won.append(1)
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert won == [1]


@pytest.mark.fault
def test_a_bound_link_ends_with_the_sessions_and_a_free_one_with_the_person() -> None:
    login = make.login()
    bound = issue(purpose="sign-in", person_id=login.person_id, expires_at=LATER, ends_with_sessions=True)
    free = issue(purpose="sign-in", person_id=login.person_id, expires_at=LATER)
    end_sessions(login=login)
    assert find(token=bound) is None
    assert find(token=free) is not None
    deactivate(person=login.person, at=AT, by_id=None)
    assert find(token=free) is None


def test_a_used_bound_link_still_says_when() -> None:
    login = make.login()
    token = issue(purpose="sign-in", person_id=login.person_id, expires_at=LATER, ends_with_sessions=True)
    row = find(token=token)
    assert row is not None
    assert use(token=row, at=AT)
    end_sessions(login=login)
    again = find(token=token)
    assert again is not None
    assert again.used_at == AT


def test_many_links_are_written_in_one_statement(django_assert_num_queries: "pytest.FixtureRequest") -> None:
    ids = [people.person().pk for _ in range(50)]
    with django_assert_num_queries(1):
        tokens = issue_many(purpose="sign-in", person_ids=ids, expires_at=LATER, subject=Subject("notice", 7))
    found = find(token=tokens[ids[7]])
    assert found is not None
    assert (found.person_id, found.subject) == (ids[7], "notice:7")


def test_old_links_are_forgotten() -> None:
    issue(purpose="sign-in", person_id=None, expires_at=AT)
    issue(purpose="sign-in", person_id=None, expires_at=LATER)
    assert forget_old(before=LATER) == 1
