"""The rules of owning, on paper."""

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kith.promises.commitments.owning import Asked, Chosen, Standing, Unknown, Why, choose

DUE = datetime(2027, 3, 5, tzinfo=UTC)
HERE = Standing(serving=True)
GONE = Standing(serving=False)


def away(days_after_due: int = 1, **given: Any) -> Standing:
    return Standing(serving=True, away_until=DUE + timedelta(days=days_after_due), **given)


def ask(*line: int, duty: tuple[int, ...] = (9,), never: tuple[int, ...] = ()) -> Asked:
    return Asked(line=line, duty=duty, due_at=DUE, never=frozenset(never))


def test_whoever_is_named_and_there_owns_it() -> None:
    assert choose(ask(1), {1: HERE}) == Chosen(1, Why.NAMED)


def test_whoever_is_back_in_time_keeps_it_whoever_is_not_is_stood_in_for() -> None:
    assert choose(ask(1), {1: away(-1, deputies=(2,))}) == Chosen(1, Why.NAMED)
    known = {1: away(deputies=(2, 3), manager=4), 2: away(), 3: HERE, 4: HERE}
    assert choose(ask(1), known) == Chosen(3, Why.DEPUTY)


def test_without_a_deputy_it_goes_up_past_everybody_who_is_not_there() -> None:
    known = {1: away(manager=2), 2: Standing(serving=False, manager=3), 3: HERE, 9: HERE}
    assert choose(ask(1), known) == Chosen(3, Why.MANAGER)


def test_a_leaver_passes_it_to_the_manager_and_not_to_a_deputy() -> None:
    known = {1: Standing(serving=False, deputies=(2,), manager=3), 2: HERE, 3: HERE}
    assert choose(ask(1), known) == Chosen(3, Why.MANAGER)


def test_a_merged_person_passes_it_to_the_one_who_stays() -> None:
    assert choose(ask(1), {1: Standing(serving=False, successor=2, manager=3), 2: HERE, 3: HERE}) == Chosen(
        2, Why.NAMED
    )


def test_circles_of_managers_end_on_duty() -> None:
    known = {1: Standing(serving=False, manager=2), 2: Standing(serving=False, manager=1), 9: HERE}
    assert choose(ask(1), known) == Chosen(9, Why.DUTY)


def test_whoever_waits_never_owns_it_while_there_is_anybody_else() -> None:
    assert choose(ask(1, never=(1,)), {1: Standing(serving=True, manager=2), 2: HERE}) == Chosen(2, Why.MANAGER)
    known = {1: away(deputies=(2,), manager=3), 2: HERE, 3: HERE}
    assert choose(ask(1, never=(2,)), known) == Chosen(3, Why.MANAGER)
    assert choose(ask(1, duty=(1,), never=(1,)), {1: HERE}) == Chosen(1, Why.DUTY)


def test_when_everybody_is_away_it_stays_with_whoever_it_was_meant_for() -> None:
    assert choose(ask(1), {1: away(), 9: away()}) == Chosen(1, Why.NAMED)


def test_when_nobody_is_in_service_there_is_no_owner() -> None:
    assert choose(ask(1), {1: GONE, 9: GONE}) is None
    assert choose(ask(), {9: GONE}) is None


def test_the_rules_say_whom_they_must_know_of() -> None:
    assert choose(ask(1), {}) == Unknown(frozenset({1}))
    assert choose(ask(1), {1: away(deputies=(2, 3))}) == Unknown(frozenset({2, 3}))
    assert choose(ask(1), {1: GONE}) == Unknown(frozenset({9}))


PEOPLE = st.integers(1, 8)
STANDINGS = st.builds(
    Standing,
    serving=st.booleans(),
    away_until=st.none() | st.integers(-3, 3).map(lambda days: DUE + timedelta(days=days)),
    deputies=st.lists(PEOPLE, max_size=3, unique=True).map(tuple),
    manager=st.none() | PEOPLE,
    successor=st.none() | PEOPLE,
)


@given(
    st.fixed_dictionaries(dict.fromkeys(range(1, 9), STANDINGS)),
    st.lists(PEOPLE, max_size=3, unique=True).map(tuple),
    st.lists(PEOPLE, min_size=1, max_size=3, unique=True).map(tuple),
    st.frozensets(PEOPLE, max_size=1),
)
def test_there_is_an_owner_in_service_whenever_the_duty_has_one(
    known: dict[int, Standing], line: tuple[int, ...], duty: tuple[int, ...], never: frozenset[int]
) -> None:
    chosen = choose(Asked(line=line, duty=duty, due_at=DUE, never=never), known)
    assert not isinstance(chosen, Unknown)
    if any(known[person].serving for person in duty):
        assert chosen is not None
    if chosen is None:
        return
    assert known[chosen.person_id].serving
    others = [p for p in (*line, *duty) if known[p].serving and p not in never]
    if others:
        assert chosen.person_id not in never
    free = [
        p for p in duty if known[p].serving and p not in never and (known[p].away_until or DUE - timedelta(1)) < DUE
    ]
    if free:
        assert (known[chosen.person_id].away_until or DUE - timedelta(1)) < DUE


@given(st.fixed_dictionaries(dict.fromkeys(range(1, 9), STANDINGS)), PEOPLE)
def test_asking_step_by_step_gives_the_same_answer_as_knowing_everybody(known: dict[int, Standing], start: int) -> None:
    asked = ask(start, duty=(8,))
    seen: dict[int, Standing] = {}
    while isinstance(answer := choose(asked, seen), Unknown):
        assert not answer.person_ids & seen.keys()
        seen |= {person: known[person] for person in answer.person_ids}
    assert answer == choose(asked, known)
