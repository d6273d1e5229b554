"""Steps as a tree: a question has two sides, each a list of steps. Pure: numbering, ways, and what proves the end.

Steps are numbered from 0 in the order in which they are read, each side of a question behind the question itself.
Every way leads to a higher number or out, so every path ends.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.care.kindnesses import BRANCH, END

SIDES = ("yes", "no")
Steps = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Node:
    """A step at its `position`; where it goes on: after `yes` (or done), after `no`; None: the programme is over.

    `depth` counts the questions around it, `side` is the side of the innermost one ("" outside of all).
    """

    position: int
    step: Mapping[str, Any]
    yes: int | None
    no: int | None
    depth: int = 0
    side: str = ""
    first: bool = True

    @property
    def kindness(self) -> str:
        """What the step is."""
        return str(self.step["kindness"])

    @property
    def ways(self) -> set[int | None]:
        """Where it may go on."""
        return {self.yes, self.no}


def size(steps: Steps) -> int:
    """Return how many steps there are, those inside of questions included."""
    return sum(1 + sum(size(step.get(side, ())) for side in SIDES) for step in steps)


def nodes(steps: Steps) -> list[Node]:
    """Return every step in the order of its number."""
    return list(_laid(steps, first=0, leave=None, depth=0, side=""))


def _laid(steps: Steps, *, first: int, leave: int | None, depth: int, side: str) -> Iterator[Node]:
    position = first
    for index, step in enumerate(steps):
        following = position + size([step])
        after = leave if index == len(steps) - 1 else following
        if step["kindness"] == BRANCH:
            starts = {"yes": position + 1, "no": position + 1 + size(step["yes"])}
            ways = {each: starts[each] if step[each] else after for each in SIDES}
            yield Node(position, step, ways["yes"], ways["no"], depth, side, not index)
            for each in SIDES:
                yield from _laid(step[each], first=starts[each], leave=after, depth=depth + 1, side=each)
        else:
            way = None if step["kindness"] == END else after
            yield Node(position, step, way, way, depth, side, not index)
        position = following


def reached(laid: Sequence[Node]) -> set[int]:
    """Return the numbers of the steps that some path comes to."""
    found = {0} if laid else set()
    for node in laid:
        if node.position in found:
            found |= {way for way in node.ways if way is not None}
    return found


@dataclass(frozen=True)
class Before:
    """What may have been done when a path comes to a step: by then, and before the last wait on the way."""

    done: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()


def befores(laid: Sequence[Node], *, wait: str) -> dict[int, Before]:
    """Return what some path has done before each step it comes to."""
    found = {0: Before()}
    for node in laid:
        here = found.get(node.position)
        if here is None:
            continue
        done = here.done | {node.kindness}
        left = Before(done, done if node.kindness == wait else here.settled)
        for way in node.ways:
            if way is not None:
                known = found.get(way, Before())
                found[way] = Before(known.done | left.done, known.settled | left.settled)
    return found


def most(laid: Sequence[Node], kindness: str) -> int:
    """Return how often one path does a kindness at most."""
    ahead: dict[int | None, int] = {None: 0}
    for node in reversed(laid):
        ahead[node.position] = (node.kindness == kindness) + max(ahead[way] for way in node.ways)
    return ahead.get(0, 0)


def put(steps: Steps, position: int, step: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the steps with the one at `position` replaced; a question keeps its sides."""
    return _changed(steps, position, lambda old: [{**step, **{side: old[side] for side in SIDES if side in old}}])


def take(steps: Steps, position: int) -> list[dict[str, Any]]:
    """Return the steps without the one at `position`, and without what is inside of it."""
    return _changed(steps, position, lambda _old: [])


def append(steps: Steps, step: Mapping[str, Any], *, into: int, side: str) -> list[dict[str, Any]]:
    """Return the steps with one added behind the last one of a side of the question at `into`."""
    return _changed(steps, into, lambda old: [{**old, side: [*old[side], dict(step)]}])


def move(steps: Steps, position: int, by: int) -> list[dict[str, Any]]:
    """Return the steps with the one at `position` moved among its neighbours; it stays on its side."""
    first = 0
    found = [dict(step) for step in steps]
    for index, step in enumerate(found):
        if first == position:
            found.insert(max(0, index + by), found.pop(index))
            return found
        inner = first + 1
        for side in SIDES:
            if inner <= position < inner + size(step.get(side, ())):
                step[side] = move(step[side], position - inner, by)
                return found
            inner += size(step.get(side, ()))
        first += size([step])
    return found


def _changed(steps: Steps, position: int, change: Any, first: int = 0) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for step in steps:
        if first == position:
            found += change(step)
        else:
            kept = dict(step)
            inner = first + 1
            for side in SIDES:
                if side in step:
                    kept[side] = _changed(step[side], position, change, inner)
                    inner += size(step[side])
            found.append(kept)
        first += size([step])
    return found
