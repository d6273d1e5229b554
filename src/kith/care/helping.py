"""The kindnesses that ask somebody: a call, a task; and the two steps that only steer: wait, and end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from kith.care.errands.actions import run_errand
from kith.care.fields import Field, FieldKind
from kith.care.greeting import filled
from kith.care.kindnesses import END, KINDNESSES, WAIT, Occasion
from kith.kernel.texts import text
from kith.promises.duty.queries import known_codes
from kith.promises.duty.shelf import label_of
from kith.promises.kinds import KINDS, PromiseKind

LINE_MANAGER = "line-manager"


def _owners() -> Sequence[tuple[str, str]]:
    """Return who may be asked: the line manager, or whoever holds a duty."""
    return [
        (LINE_MANAGER, _("the person's line manager")),
        *((f"duty:{code}", _("duty: %s") % label_of(code)) for code in known_codes()),
    ]


def _owner_label(value: str) -> str:
    return dict(_owners()).get(value, value)


class Ask:
    """Lets somebody owe a call or a task for the person; `owner`, `words`, and `hours` of working time."""

    fields: Sequence[Field] = (
        Field("owner", gettext_lazy("Who does it"), FieldKind.CHOICE, choices=_owners, start=LINE_MANAGER),
        Field("words", gettext_lazy("What to do"), FieldKind.WORDS),
        Field("hours", gettext_lazy("Within working hours"), FieldKind.NUMBER, start=16, least=1, most=400),
    )

    def __init__(self, kind: str, label: Any, icon: str) -> None:
        """Ask for a promise of `kind`."""
        self.kind, self.label, self.icon = kind, label, icon

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Open the promise, once for the step."""
        owner = str(step["owner"])
        run_errand(
            kind=self.kind, run_id=occasion.run_id, position=occasion.position, person=occasion.person,
            words=filled(step["words"], occasion), duty=owner.removeprefix("duty:") if owner != LINE_MANAGER else None,
            hours=int(step["hours"]), at=at,
        )  # fmt: skip

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say who is asked for what, until when."""
        values = {
            "who": _owner_label(step["owner"]),
            "what": text(step["words"]).in_language(get_language() or "en"),
            "hours": step["hours"],
        }
        return _("asks %(who)s: “%(what)s”, within %(hours)s working hours") % values


def _units() -> Sequence[tuple[str, str]]:
    return (("days", _("days")), ("working-days", _("working days")))


class Wait:
    """Lets time pass: `days` of the kind `unit`, in the person's own calendar. The round itself does it."""

    label = gettext_lazy("Wait")
    icon = "hourglass"
    fields: Sequence[Field] = (
        Field("days", gettext_lazy("How many"), FieldKind.NUMBER, start=7, least=1, most=366),
        Field("unit", gettext_lazy("Which days"), FieldKind.CHOICE, choices=_units, start="days"),
    )

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Do nothing: the round lets the time pass."""

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say how long."""
        days = int(step["days"])
        if step["unit"] == "working-days":
            return ngettext("waits %(days)s working day", "waits %(days)s working days", days) % {"days": days}
        return ngettext("waits %(days)s day", "waits %(days)s days", days) % {"days": days}


class End:
    """Ends the programme for the person. The round itself does it."""

    label = gettext_lazy("End")
    icon = "flag"
    fields: Sequence[Field] = ()

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Do nothing: the round ends."""

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say so."""
        del step
        return _("ends here")


KINDS.put("care-call", PromiseKind("care-call", gettext_lazy("Call somebody"), withdrawable=False))
KINDS.put("care-task", PromiseKind("care-task", gettext_lazy("Do something for somebody"), withdrawable=False))
KINDNESSES.put(WAIT, Wait())
KINDNESSES.put("call", Ask("care-call", gettext_lazy("Ask for a call"), "phone-call"))
KINDNESSES.put("task", Ask("care-task", gettext_lazy("Ask for a task"), "clipboard-list"))
KINDNESSES.put(END, End())
