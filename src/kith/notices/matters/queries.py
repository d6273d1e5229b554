"""Reads of matters: what may be picked, and whom a stated matter concerns."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kith.kernel.refusals import BadInput
from kith.notices.matters.naming import lines_of
from kith.notices.matters.shelf import MATTERS, Concerned, Outside, Stated

SHOWN_CHOICES = 200


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the matters that may be picked, grouped by kind: `("site:VN-BD", "Bình Dương")`; of each the first 200."""
    groups = []
    for kind, matter in MATTERS.items():
        rows = [(f"{kind}:{choice.value}", choice.label) for choice in matter.choices("", SHOWN_CHOICES)]
        if matter.takes_lists:
            rows = [(f"{kind}:", str(matter.label))]
        if rows:
            groups.append((str(matter.label), rows))
    return groups


def stored(*, picked: str, invited: str = "", present: str = "") -> dict[str, Any] | None:
    """Return a stated matter as a notice keeps it, None where none was picked."""
    kind, colon, value = picked.partition(":")
    if not colon:
        return None
    matter: dict[str, Any] = {"kind": kind, "value": value}
    if kind in MATTERS and MATTERS.get(kind).takes_lists:
        matter |= {"invited": list(lines_of(invited)), "present": list(lines_of(present))}
    return matter


def _stated(matter: dict[str, Any]) -> Stated:
    return Stated(
        value=str(matter.get("value", "")),
        invited=tuple(matter.get("invited", ())),
        present=tuple(matter.get("present", ())),
    )


def concerned(matter: dict[str, Any], *, day: date) -> Concerned:
    """Return whom a kept matter concerns; `BadInput` for a kind that is not on the shelf."""
    if matter.get("kind") not in MATTERS:
        raise BadInput(_("Choose what this is about."), field="matter")
    return MATTERS.get(matter["kind"]).concerned(_stated(matter), day=day)


def outside(matter: dict[str, Any], *, day: date, limit: int = 5) -> Sequence[Outside]:
    """Return some who are just outside."""
    return MATTERS.get(matter["kind"]).outside(_stated(matter), day=day, limit=limit)


def sentence(matter: dict[str, Any]) -> str:
    """Return a stated matter in the reader's words."""
    kind = matter.get("kind", "")
    if kind not in MATTERS:
        return ""
    known = MATTERS.get(kind)
    label = next((c.label for c in known.choices("", 100_000) if c.value == matter.get("value")), "")
    return f"{known.label}: {label}" if label else str(known.label)
