"""Steps as a tree: whatever is drawn, its numbers are those of reading, and every path comes to an end."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kith.care.programmes.timing import planned
from kith.care.programmes.tree import Steps, append, befores, most, move, nodes, put, reached, size, take

LEAVES = st.sampled_from(["greet", "wait", "offer-gift", "end"]).map(
    lambda kind: {"kindness": kind, "days": 1, "unit": "days"}
)
TREES: Any = st.recursive(
    st.lists(LEAVES, max_size=3),
    lambda inner: st.lists(
        st.one_of(LEAVES, st.builds(lambda yes, no: {"kindness": "branch", "yes": yes, "no": no}, inner, inner)),
        max_size=3,
    ),
    max_leaves=10,
)


def paths(steps: Steps) -> list[list[int]]:
    """Walk every path there is, by brute force over the tree itself."""
    laid = nodes(steps)
    found, open_ones = [], [[0]] if laid else []
    while open_ones:
        path = open_ones.pop()
        assert len(path) <= len(laid)
        for way in laid[path[-1]].ways:
            if way is None:
                found.append(path)
            else:
                open_ones.append([*path, way])
    return found


@settings(deadline=None)
@given(TREES)
def test_every_path_ends_and_numbers_only_grow(steps: list[dict[str, Any]]) -> None:
    laid = nodes(steps)
    assert [node.position for node in laid] == list(range(size(steps)))
    walked = paths(steps)
    assert bool(walked) == bool(steps)
    assert all(path == sorted(set(path)) for path in walked)
    assert {position for path in walked for position in path} == reached(laid)


@settings(deadline=None)
@given(TREES)
def test_what_may_come_before_is_what_some_path_has_done(steps: list[dict[str, Any]]) -> None:
    laid = nodes(steps)
    gifts = [sum(laid[at].kindness == "offer-gift" for at in path) for path in paths(steps)]
    assert most(laid, "offer-gift") == max(gifts, default=0)
    known = befores(laid, wait="wait")
    for path in paths(steps):
        for place, position in enumerate(path):
            assert {laid[at].kindness for at in path[:place]} <= known[position].done


@settings(deadline=None)
@given(TREES)
def test_the_day_of_a_step_is_the_latest_of_all_paths(steps: list[dict[str, Any]]) -> None:
    day = date(2027, 3, 1)
    latest: dict[int, int] = {}
    laid = nodes(steps)
    for path in paths(steps):
        waited = 0
        for at in path:
            waited += laid[at].kindness == "wait"
            latest[at] = max(latest.get(at, 0), waited)
    found = planned(steps, day, lambda _day: True)
    assert {at: (each - day).days for at, each in enumerate(found) if each is not None} == latest


@settings(deadline=None)
@given(TREES, st.data())
def test_steps_are_put_taken_and_moved_inside_of_questions(steps: list[dict[str, Any]], data: st.DataObject) -> None:
    laid = nodes(steps)
    if not laid:
        return
    position = data.draw(st.sampled_from(range(len(laid))))
    marked = put(steps, position, {"kindness": laid[position].kindness, "mark": True})
    assert [node.position for node in nodes(marked) if node.step.get("mark")] == [position]
    assert size(marked) == size(steps)
    assert size(take(steps, position)) == size(steps) - size([laid[position].step])
    moved = move(marked, position, data.draw(st.sampled_from([-1, 1])))
    there = next(node for node in nodes(moved) if node.step.get("mark"))
    assert (there.depth, there.side) == (laid[position].depth, laid[position].side)
    assert sorted(str(node.kindness) for node in nodes(moved)) == sorted(node.kindness for node in laid)
    if laid[position].kindness == "branch":
        grown = append(steps, {"kindness": "greet", "mark": True}, into=position, side="no")
        added = next(node for node in nodes(grown) if node.step.get("mark"))
        assert (added.side, added.depth) == ("no", laid[position].depth + 1)
