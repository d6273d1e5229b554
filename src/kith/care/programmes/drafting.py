"""Writes of programmes: begun, written, looked at by a second person, released; paused, and retired."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from kith.care.programmes import rules
from kith.care.programmes.exits import stop_inside
from kith.care.programmes.facts import ProgrammeReleased
from kith.care.programmes.models import FreeDay, Inside, Period, Programme, ProgrammeVersion, VersionState
from kith.care.programmes.moving import move_inside
from kith.care.programmes.queries import draft_of
from kith.kernel.facts import publish
from kith.kernel.refusals import BadInput, NotAllowed, Refusal
from kith.kernel.texts import Text

TAKEN = frozenset({"new", "quiet", "dates", "gifts", "cards"})
EVERYONE = {"attribute": "tie", "is": ["employee"]}


@dataclass(frozen=True)
class Caps:
    """How often a person enters in a period, and how many are inside at once (None: no cap); days off, and leavers."""

    entry_cap: int | None = None
    period: str = Period.YEAR
    at_once: int | None = None
    on_free_day: str = FreeDay.SAME
    leavers_stay: bool = False


@dataclass(frozen=True)
class Draft:
    """What a version says, beside its steps."""

    rule: Any
    hour: int
    settings: Mapping[str, Any] = field(default_factory=dict)
    caps: Caps = field(default_factory=Caps)


def release(
    *, code: str, name: Text, moment: str, rule: Any, hour: int, steps: Sequence[dict[str, Any]], at: datetime,
    by_id: int | None, settings: Mapping[str, Any] | None = None, caps: Caps | None = None,
) -> Programme:  # fmt: skip
    """Release the next version of the programme `code` as data that Kith ships with; the first makes it, off.

    People write on screen instead, and a second one releases: `start`, `edit`, `ask`, `approve`.
    """
    clean = rules.clean_settings(settings or {}, moment=moment)
    kept = [rules.clean_step(step, moment=moment) for step in steps]
    caps = caps or Caps()
    with transaction.atomic():
        programme, _fresh = Programme.objects.select_for_update().get_or_create(
            code=code, defaults={"name": name, "moment": moment}
        )
        programme.name, programme.moment = name, moment
        programme.current = ProgrammeVersion.objects.create(
            programme=programme, version=_next_number(programme), rule=rules.clean_rule(rule, keeper="hr"),
            hour=rules.check_hour(hour), settings=clean, steps=kept, entry_cap=caps.entry_cap, period=caps.period,
            at_once=caps.at_once, on_free_day=caps.on_free_day, leavers_stay=caps.leavers_stay,
            released_at=at, released_by_id=by_id,
        )  # fmt: skip
        programme.save()
        publish(ProgrammeReleased(programme_id=programme.pk, version=programme.current.version), at=at, by_id=by_id)
    return programme


def _next_number(programme: Programme) -> int:
    return (programme.versions.aggregate(last=Max("version"))["last"] or 0) + 1


def _new_code(name: Text) -> str:
    """Return an address of its own for a programme, from its name."""
    stem = slugify(name.in_language("en"))[:50] or "programme"
    codes = set(Programme.objects.filter(code__startswith=stem).values_list("code", flat=True)) | TAKEN
    return stem if stem not in codes else next(f"{stem}-{n}" for n in range(2, 10_000) if f"{stem}-{n}" not in codes)


def start(*, name: Text, moment: str, settings: Mapping[str, Any], keeper: str, at: datetime, by_id: int) -> Programme:
    """Begin a programme with an empty first draft."""
    if not all(name.values()) or not name:
        raise BadInput(_("Give it a name in every language."), field="name")
    clean = rules.clean_settings(settings, moment=moment)
    with transaction.atomic():
        programme = Programme.objects.create(code=_new_code(name), name=name, moment=moment, keeper=keeper)
        ProgrammeVersion.objects.create(
            programme=programme, version=1, state=VersionState.DRAFT, hour=9, settings=clean, steps=[],
            rule=rules.clean_rule(rules.OUTSIDE if keeper == "shop" else EVERYONE, keeper=keeper),
            drafted_by_id=by_id, drafted_at=at,
        )  # fmt: skip
    return programme


def redraft(*, programme: Programme, at: datetime, by_id: int) -> ProgrammeVersion:
    """Return the draft of a programme's next version, begun as a copy of the one that holds where there is none."""
    with transaction.atomic():
        kept = Programme.objects.select_for_update().get(pk=programme.pk)
        if kept.retired_at is not None:
            raise Refusal(_("This programme is retired; begin a new one."))
        known, current = draft_of(kept), kept.current
        if known is not None:
            return known
        if current is None:
            raise Refusal(_("This programme has no version."))
        return ProgrammeVersion.objects.create(
            programme=kept, version=_next_number(kept), state=VersionState.DRAFT, rule=current.rule,
            hour=current.hour, settings=current.settings, steps=current.steps, entry_cap=current.entry_cap,
            period=current.period, at_once=current.at_once, on_free_day=current.on_free_day,
            leavers_stay=current.leavers_stay, drafted_by_id=by_id, drafted_at=at,
        )  # fmt: skip


def writing(version: ProgrammeVersion) -> ProgrammeVersion:
    """Return a draft, locked; `Refusal` for what may not be written any more."""
    kept = ProgrammeVersion.objects.select_related("programme").select_for_update(of=("self",)).get(pk=version.pk)
    if kept.state == VersionState.REVIEW:
        raise Refusal(_("It is being looked at; take it back first."))
    if kept.state != VersionState.DRAFT:
        raise Refusal(_("This version was released and stays as it is; draft the next one."))
    return kept


def edit(*, version: ProgrammeVersion, draft: Draft, at: datetime, by_id: int) -> ProgrammeVersion:
    """Write what a draft says, its steps aside; whoever wrote last is its author."""
    with transaction.atomic():
        kept = writing(version)
        programme = kept.programme
        kept.rule = rules.clean_rule(draft.rule, keeper=programme.keeper)
        kept.hour = rules.check_hour(draft.hour)
        kept.settings = rules.clean_settings(draft.settings, moment=programme.moment)
        kept.entry_cap, kept.period, kept.at_once = draft.caps.entry_cap, draft.caps.period, draft.caps.at_once
        if draft.caps.on_free_day not in FreeDay.values:
            raise BadInput(_("Say what happens on a day on which nobody works."), field="on_free_day")
        kept.on_free_day, kept.leavers_stay = draft.caps.on_free_day, draft.caps.leavers_stay
        kept.drafted_by_id, kept.drafted_at = by_id, at
        kept.save()
    return kept


def ask(*, version: ProgrammeVersion, inside: str, at: datetime, by_id: int) -> ProgrammeVersion:
    """Ask a second person to look at a draft. `inside` says what shall become of the people inside the old version."""
    if inside not in Inside.values:
        raise BadInput(_("Say what happens to people who are inside."), field="inside")
    with transaction.atomic():
        kept = writing(version)
        rules.check_whole(kept.steps)
        kept.state, kept.inside, kept.asked_at, kept.note = VersionState.REVIEW, inside, at, ""
        kept.drafted_by_id = by_id
        kept.save()
    return kept


def _looking(version: ProgrammeVersion) -> ProgrammeVersion:
    kept = ProgrammeVersion.objects.select_related("programme").select_for_update(of=("self",)).get(pk=version.pk)
    if kept.state != VersionState.REVIEW:
        raise Refusal(_("Nobody asked for a look at this version."))
    return kept


def send_back(*, version: ProgrammeVersion, note: str) -> ProgrammeVersion:
    """Let a draft be written again: its author takes it back, or a second person says what is missing."""
    with transaction.atomic():
        kept = _looking(version)
        kept.state, kept.asked_at, kept.note = VersionState.DRAFT, None, " ".join(note.split())[:500]
        kept.save()
    return kept


def approve(*, version: ProgrammeVersion, at: datetime, by_id: int) -> Programme:
    """Release a version that was looked at: it holds from now on, and the programme runs.

    Only somebody else than its author may. People inside the old version finish it, go on in this one, or are
    stopped, as was asked.
    """
    with transaction.atomic():
        kept = _looking(version)
        if kept.drafted_by_id == by_id:
            raise NotAllowed(_("Somebody else looks at it: who wrote it cannot release it."))
        rules.check_whole(kept.steps)
        kept.state, kept.released_at, kept.released_by_id = VersionState.RELEASED, at, by_id
        kept.save()
        programme = kept.programme
        if kept.inside == Inside.STOP:
            stop_inside(programme_id=programme.pk, at=at)
        if kept.inside == Inside.MOVE:
            move_inside(into=kept)
        programme.current, programme.is_active = kept, True
        programme.save(update_fields=["current", "is_active"])
        publish(ProgrammeReleased(programme_id=programme.pk, version=kept.version), at=at, by_id=by_id)
    return programme


def switch(*, programme: Programme, on: bool, inside: str = Inside.FINISH, at: datetime | None = None) -> None:
    """Let a programme run or pause. People inside finish, or with `inside` stop are stopped at `at`."""
    with transaction.atomic():
        kept = Programme.objects.select_for_update().get(pk=programme.pk)
        if on and kept.retired_at is not None:
            raise Refusal(_("This programme is retired; begin a new one."))
        if on and kept.current_id is None:
            raise Refusal(_("A second person has to release it first."))
        kept.is_active = on
        kept.save(update_fields=["is_active"])
        if not on and inside == Inside.STOP and at is not None:
            stop_inside(programme_id=kept.pk, at=at)


def retire(*, programme: Programme, inside: str, at: datetime) -> None:
    """End a programme for good; what it did stays. People inside finish, or are stopped."""
    with transaction.atomic():
        switch(programme=programme, on=False, inside=inside, at=at)
        Programme.objects.filter(pk=programme.pk).update(retired_at=at)
