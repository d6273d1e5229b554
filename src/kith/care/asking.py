"""The step that asks: what came of the kindnesses before, or in which segment somebody is; and its questions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from kith.care.conditions import CONDITIONS
from kith.care.errands.queries import done_for
from kith.care.fields import Field, FieldKind
from kith.care.kindnesses import BRANCH, KINDNESSES, Occasion
from kith.care.offers.queries import chosen_in
from kith.messaging.deliveries.models import ANSWERED, Delivery, State
from kith.people.segments.models import Segment
from kith.people.segments.queries import audience_sql, describe

GOOD, BAD = 0, 1
"""Which answer of a greeting that asks is which (`greeting.ANSWERS`)."""


def _deliveries(runs: Mapping[int, int], position: int) -> Mapping[str, int]:
    """Return the dedupe keys of greetings that came before `position`, with their runs."""
    return {f"care:{run}:{before}": run for run in runs for before in range(position)}


class GiftChosen:
    """They chose a gift that was offered."""

    label: StrOrPromise = gettext_lazy("they chose a gift")
    needs = frozenset({"offer-gift"})

    def holding(self, *, runs: Mapping[int, int], position: int, step: Mapping[str, Any], at: datetime) -> set[int]:
        """Return the runs whose offer was chosen from."""
        del position, step, at
        return chosen_in(run_ids=runs.keys())


class ErrandDone:
    """Whoever was asked did what they were asked."""

    def __init__(self, kindness: str, label: StrOrPromise) -> None:
        """Ask about errands of a kindness."""
        self.label: StrOrPromise = label
        self.needs = frozenset({kindness})

    def holding(self, *, runs: Mapping[int, int], position: int, step: Mapping[str, Any], at: datetime) -> set[int]:
        """Return the runs of which the last errand before was done."""
        del step, at
        return done_for(run_ids=runs.keys(), before=position, kinds=[f"care-{kind}" for kind in self.needs])


class Heard:
    """They opened the greeting, or answered it (with a certain answer)."""

    needs = frozenset({"greet"})

    def __init__(self, label: StrOrPromise, states: Sequence[State], answer: int | None = None) -> None:
        """Ask about deliveries in one of `states`, and with an answer where one is given."""
        self.label: StrOrPromise = label
        self.states = states
        self.answer = answer

    def holding(self, *, runs: Mapping[int, int], position: int, step: Mapping[str, Any], at: datetime) -> set[int]:
        """Return the runs of which one greeting before was heard so."""
        del step, at
        keys = _deliveries(runs, position)
        rows = Delivery.objects.filter(message__dedupe_key__in=list(keys), state__in=self.states)
        if self.answer is not None:
            rows = rows.filter(answer=self.answer)
        return {keys[key] for key in rows.values_list("message__dedupe_key", flat=True) if key is not None}


class InSegment:
    """They are in a segment, as its rule was when the step was written."""

    label: StrOrPromise = gettext_lazy("they are in the segment")
    needs: frozenset[str] = frozenset()

    def holding(self, *, runs: Mapping[int, int], position: int, step: Mapping[str, Any], at: datetime) -> set[int]:
        """Return the runs of those in the segment on the day of `at`."""
        del position
        audience = audience_sql(rule=step["rule"], day=at.date())
        sql = f"SELECT p.id FROM people_person p WHERE p.id = ANY(%(asked)s) AND ({audience.where})"  # noqa: S608
        with connection.cursor() as cursor:
            cursor.execute(sql, {**audience.params, "asked": list(runs.values())})
            inside = {row[0] for row in cursor.fetchall()}
        return {run for run, person_id in runs.items() if person_id in inside}


CONDITIONS.put("gift-chosen", GiftChosen())
CONDITIONS.put("opened", Heard(gettext_lazy("they opened the greeting"), (State.OPENED, *ANSWERED)))
CONDITIONS.put("answered", Heard(gettext_lazy("they answered the greeting"), ANSWERED))
CONDITIONS.put("answered-good", Heard(gettext_lazy("they answered that all is well"), ANSWERED, GOOD))
CONDITIONS.put("answered-bad", Heard(gettext_lazy("they answered that something is missing"), ANSWERED, BAD))
CONDITIONS.put("called", ErrandDone("call", gettext_lazy("somebody called them")))
CONDITIONS.put("task-done", ErrandDone("task", gettext_lazy("the task was done")))
CONDITIONS.put("segment", InSegment())


def _conditions() -> Sequence[tuple[str, str]]:
    return [(code, str(condition.label)) for code, condition in CONDITIONS.items()]


def _segments() -> Sequence[tuple[str, str]]:
    rows = [(str(each.pk), str(each.name)) for each in Segment.objects.order_by("id")[:200]]
    return [("", _("no segment")), *rows]


class Branch:
    """Asks, and goes on with one of two lists of steps. The round itself does it."""

    label = gettext_lazy("Ask, then go one way or the other")
    icon = "split"
    fields: Sequence[Field] = (
        Field("if", gettext_lazy("If"), FieldKind.CHOICE, choices=_conditions, start="gift-chosen"),
        Field("segment", gettext_lazy("Which segment (where you ask for one)"), FieldKind.CHOICE, choices=_segments),
    )

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Do nothing: the round asks."""

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Return the question."""
        if step["if"] == "segment":
            return _("if %(what)s: %(segment)s") % {
                "what": CONDITIONS.get("segment").label, "segment": describe(rule=step["rule"])
            }  # fmt: skip
        return _("if %s") % CONDITIONS.get(step["if"]).label


KINDNESSES.put(BRANCH, Branch())
