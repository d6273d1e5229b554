"""A programme in words, and a greeting as a real person would read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from kith.care.kindnesses import BRANCH, KINDNESSES
from kith.care.moments import MOMENTS
from kith.care.programmes.models import FreeDay, Programme, ProgrammeVersion, VersionState
from kith.care.programmes.tree import SIDES, Steps, size
from kith.kernel.texts import Text, text
from kith.messaging.wording.shelf import fill
from kith.people.persons.models import Person
from kith.people.segments.queries import describe, preview


@dataclass(frozen=True)
class ShownStep:
    """A step in words."""

    label: str
    sentence: str
    icon: str
    position: int = 0
    first: bool = True
    writable: bool = True
    sides: Sequence[tuple[str, str, Sequence["ShownStep"]]] = ()
    """Of a question: (“yes” or “no”, its words, the steps there)."""


@dataclass(frozen=True)
class Shown:
    """A version of a programme in words."""

    programme: Programme
    version: ProgrammeVersion | None
    moment: str
    audience: str
    steps: list[ShownStep]
    caps: list[str]
    free_day: str = ""

    @property
    def state(self) -> tuple[str, str]:
        """How the programme stands, in a word and a tone."""
        if self.programme.retired_at is not None:
            return _("Retired"), "neutral"
        if self.programme.current_id is None:
            return _("Draft"), "info"
        return (_("On"), "ok") if self.programme.is_active else (_("Paused"), "due")


def _caps(version: ProgrammeVersion) -> list[str]:
    periods = {"month": _("in a month"), "quarter": _("in a quarter"), "year": _("in a year")}
    found = []
    if version.entry_cap:
        values = {"times": version.entry_cap, "period": periods[version.period]}
        found.append(_("for one person at most %(times)s × %(period)s") % values)
    if version.at_once:
        found.append(_("at most %s people at one time") % version.at_once)
    if version.leavers_stay:
        found.append(_("who leaves the audience stays inside"))
    return found


def free_days() -> dict[str, str]:
    """Return what may happen where the hour falls on a day on which the person does not work."""
    return {
        FreeDay.SAME: _("on that day all the same"),
        FreeDay.NEXT: _("on the next working day"),
        FreeDay.BEFORE: _("on the working day before"),
    }


def shown_steps(steps: Steps, first: int = 0) -> list[ShownStep]:
    """Return steps in words, those inside of a question on its sides."""
    found, position = [], first
    for index, step in enumerate(steps):
        kind, inner = KINDNESSES.get(step["kindness"]), position + 1
        sides: list[tuple[str, str, Sequence[ShownStep]]] = []
        for side in SIDES if step["kindness"] == BRANCH else ():
            sides.append((side, _("Yes") if side == "yes" else _("Otherwise"), shown_steps(step[side], inner)))
            inner += size(step[side])
        found.append(
            ShownStep(
                str(kind.label), kind.explain(step=step), kind.icon, position, not index, bool(kind.fields), sides
            )
        )
        position += size([step])
    return found


def shown(programme: Programme, version: ProgrammeVersion | None) -> Shown:
    """Return a version of a programme in the reader's words."""
    return Shown(
        programme=programme,
        version=version,
        moment=moment_in_words(programme, version),
        audience=describe(rule=version.rule) if version else "",
        steps=shown_steps(version.steps) if version else [],
        caps=_caps(version) if version else [],
        free_day=free_days()[version.on_free_day] if version else "",
    )


def moment_in_words(programme: Programme, version: ProgrammeVersion | None) -> str:
    """Return the moment with what is set for it."""
    moment = MOMENTS.get(programme.moment)
    words = [str(moment.label)]
    for field in moment.fields if version else ():
        value = str(version.settings.get(field.name, "")) if version else ""
        words.append(f"{field.label}: {dict(field.choices()).get(value, value)}")
    return " · ".join(words)


@dataclass(frozen=True)
class Preview:
    """Words as a real person would read them, in each language; `theirs` is the one they get."""

    person: Person
    texts: list[tuple[str, str, str]]
    theirs: str


def preview_of(
    version: ProgrammeVersion, step: Mapping[str, Any], *, person: Person | None, day: date
) -> Preview | None:
    """Return a greeting as `person`, else the first of the audience, would read it; None where it has no words."""
    if "title" not in step:
        return None
    reader = person or next(iter(preview(rule=version.rule, day=day, limit=1)), None)
    if reader is None:
        return None
    placeholders = MOMENTS.get(version.programme.moment).placeholders
    values: dict[str, Text | str] = {"name": reader.name, **dict.fromkeys(placeholders, "5")}
    title, body = (fill(text(step[part]), values=values, allowed=tuple(values)) for part in ("title", "body"))
    return Preview(
        person=reader,
        texts=[(tag, title[tag], body.get(tag, "")) for tag in title],
        theirs=title.language_for(reader.language),
    )


def is_open(version: ProgrammeVersion | None) -> bool:
    """Say whether a version may still be written."""
    return version is not None and version.state == VersionState.DRAFT
