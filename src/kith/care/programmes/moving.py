"""What becomes of people inside when a new version is released and takes them over."""

from collections import Counter

from django.db.models import QuerySet

from kith.care.programmes.models import ProgrammeVersion, Run
from kith.care.programmes.tree import SIDES, Steps, nodes


def same_so_far(old: Steps, new: Steps, *, upto: int) -> bool:
    """Say whether two versions say the same up to the step with the number `upto`, and the new one has that step."""
    return len(nodes(new)) > upto and _bare(old, upto) == _bare(new, upto)


def _bare(steps: Steps, upto: int) -> list[object]:
    """Return the first steps, each without what is inside of it but with the place where it stands."""
    return [
        (node.depth, node.side, node.first, {key: said for key, said in node.step.items() if key not in SIDES})
        for node in nodes(steps)[:upto]
    ]


def movable(into: ProgrammeVersion) -> tuple[int, int]:
    """Return how many people inside the versions before could go on in `into`, and how many could not."""
    going = _places(into)
    moves = sum(number for key, number in going.items() if _may(into, key))
    return moves, sum(going.values()) - moves


def move_inside(*, into: ProgrammeVersion) -> int:
    """Let people inside the versions before go on in `into` where all they got so far is the same; return how many.

    They keep their place and their day; the others finish the version they are in.
    """
    moved = 0
    for key in _places(into):
        if _may(into, key):
            version_id, step = key
            moved += _inside(into).filter(version_id=version_id, step=step).update(version=into)
    return moved


def _inside(into: ProgrammeVersion) -> QuerySet[Run]:
    runs = Run.objects.filter(programme_id=into.programme_id, state__in=("due", "waiting"))
    return runs.exclude(version_id=into.pk)


def _places(into: ProgrammeVersion) -> Counter[tuple[int, int]]:
    return Counter(_inside(into).values_list("version_id", "step"))


def _may(into: ProgrammeVersion, key: tuple[int, int]) -> bool:
    version_id, step = key
    old = ProgrammeVersion.objects.get(pk=version_id)
    return same_so_far(old.steps, into.steps, upto=step)
