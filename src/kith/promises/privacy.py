"""What promises keeps on a person: what is owed to and by them, and what was said when it was kept."""

from django.db.models import Case, Value, When
from django.utils.translation import gettext_lazy as _

from kith.people.privacy.shelf import HOLDINGS, Kept
from kith.people.privacy.tables import Table, Tables
from kith.people.privacy.traces import MARK
from kith.promises.commitments.models import Promise, PromiseEvent
from kith.promises.duty.models import DutyHolder

_SHOWN = ("public_id", "kind", "state", "opened_at", "due_at", "kept_at", "withdrawn_at")
_KEPT = Kept(_("That something was owed, until when, and that it was kept: identifiers and times."), "GDPR art. 5(2)")

HOLDINGS.put(
    "promises.promises",
    Tables(
        label=_("What is owed to you and what you owe, with due times and proof."),
        tables=(
            Table(
                Promise,
                _("What is owed to me"),
                (*_SHOWN, "words", "proof"),
                person=("waiting_person_id",),
                subject="promise",
                blanks={"proof": Case(When(proof="", then=Value("")), default=Value(MARK)), "words": ""},
                keeps=_KEPT,
            ),
            Table(Promise, _("What I owe"), _SHOWN, person=("owner_id", "escalated_to_id"), keeps=_KEPT, mine=False),
            Table(
                PromiseEvent,
                _("What happened to what is owed to me"),
                ("what", "at", "reason"),
                person=("promise__waiting_person_id",),
                blanks={"reason": ""},
            ),
            Table(DutyHolder, _("Duties I hold"), ("role__code", "rank", "since")),
        ),
        refers={
            Promise: ("subject", "about", "unit", "chain", "duty_role"),
            PromiseEvent: ("promise", "by_id", "from_person", "to_person", "rule"),
        },
        free={Promise: ("proof", "words"), PromiseEvent: ("reason",)},
    ),
)
