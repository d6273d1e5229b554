"""The three layers of home merged: what holds for every set of cards and every arrangement."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kith.portal.home.cards import Card, Zone
from kith.portal.home.merging import Layer, family, is_hidden, merge, moved

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
FAMILIES = [f"room.{letter}" for letter in "abcdefgh"]
FAMILY = st.sampled_from(FAMILIES)
LAYERS = st.builds(
    Layer,
    order=st.lists(FAMILY, unique=True).map(tuple),
    hidden=st.lists(FAMILY, unique=True).map(tuple),
    shown=st.lists(FAMILY, unique=True).map(tuple),
)


def card(key: str, zone: Zone = Zone.CONCERNS, **given: object) -> Card:
    return Card(key=key, title=key, template="", why="", zone=zone, **given)  # type: ignore[arg-type]


@st.composite
def decks(draw: st.DrawFn) -> list[Card]:
    keys = draw(st.lists(st.tuples(FAMILY, st.integers(0, 3)), unique=True, max_size=16))
    return [
        card(
            f"{key}.{number}",
            draw(st.sampled_from(Zone)),
            mandatory=draw(st.booleans()),
            weight=draw(st.integers(0, 9)),
            due_at=draw(st.none() | st.integers(0, 99).map(lambda hours: NOON + timedelta(hours=hours))),
        )
        for key, number in keys
    ]


@given(decks(), LAYERS, LAYERS)
def test_mandatory_cards_are_always_there_and_nothing_comes_twice(deck: list[Card], default: Layer, own: Layer) -> None:
    zones = merge(deck, default=default, own=own)
    shown = [each.key for zone in zones.values() for each in zone]
    assert len(shown) == len(set(shown))
    assert {each.key for each in deck if each.mandatory} <= set(shown) <= {each.key for each in deck}
    assert all(each.zone is zone for zone, found in zones.items() for each in found)


@given(decks(), LAYERS, LAYERS)
def test_what_a_person_removed_stays_removed_whatever_the_default(deck: list[Card], default: Layer, own: Layer) -> None:
    shown = {each.key for zone in merge(deck, default=default, own=own).values() for each in zone}
    for each in deck:
        removed = family(each.key) in own.hidden and family(each.key) not in own.shown
        assert not (removed and not each.mandatory and each.key in shown)


@given(decks(), LAYERS, LAYERS)
def test_a_persons_order_survives_a_new_default(deck: list[Card], default: Layer, own: Layer) -> None:
    found = merge(deck, default=default, own=own)[Zone.CONCERNS]
    placed = [own.order.index(family(each.key)) for each in found if family(each.key) in own.order]
    assert placed == sorted(placed)
    assert [family(each.key) in own.order for each in found] == sorted(
        (family(each.key) in own.order for each in found), reverse=True
    )


@given(decks(), LAYERS, LAYERS)
def test_what_is_due_comes_by_due_time_and_before_what_is_not(deck: list[Card], default: Layer, own: Layer) -> None:
    due = [each.due_at for each in merge(deck, default=default, own=own)[Zone.TODO]]
    timed = [each for each in due if each is not None]
    assert due[: len(timed)] == sorted(timed)


def test_a_default_hides_until_a_person_brings_the_card_back() -> None:
    plain, default = card("room.a"), Layer(hidden=("room.a",))
    assert is_hidden(plain, default=default, own=Layer())
    assert not is_hidden(plain, default=default, own=Layer(shown=("room.a",)))
    assert not is_hidden(card("room.a", mandatory=True), default=default, own=Layer(hidden=("room.a",)))


def test_a_new_default_reaches_a_person_who_moved_other_cards() -> None:
    deck = [card("room.a"), card("room.b"), card("room.c"), card("room.d")]
    own = Layer(order=("room.c",))
    keys = [each.key for each in merge(deck, default=Layer(order=("room.d",)), own=own)[Zone.CONCERNS]]
    assert keys == ["room.c", "room.d", "room.a", "room.b"]


@given(st.lists(FAMILY, unique=True, min_size=1), st.data())
def test_moving_keeps_all_and_going_back_restores(order: list[str], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(order) - 1))
    up = moved(order, key=order[index], up=True)
    assert sorted(up) == sorted(order)
    assert up.index(order[index]) == max(0, index - 1)
    assert index == 0 or moved(up, key=order[index], up=False) == order
