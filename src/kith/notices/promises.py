"""What notices give to promises: acknowledgements owed, as debts; home shows each as a card of its own."""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from kith.messaging.deliveries.queries import to_acknowledge
from kith.messaging.deliveries.rendering import render
from kith.promises.debts import DEBTS, Debt
from kith.promises.duty.shelf import DUTIES, Duty


class Acknowledgements:
    """Notices that wait for a person's acknowledgement."""

    def owed_by(self, *, person_id: int, at: datetime) -> Sequence[Debt]:
        """Return the acknowledgements a person owes, soonest due first; one query."""
        del at
        language = get_language() or "en"
        return [
            Debt(
                key=f"acknowledge:{row.pk}",
                label=_("Acknowledge: %(title)s") % {"title": render(row.message, language=language).title},
                link=reverse("message", args=[row.message.public_id]),
                due_at=row.message.due_at,
                since=row.message.at,
            )
            for row in to_acknowledge(person_id=person_id)
        ]


DUTIES.put("notices", Duty("notices", _lazy("Notices that are not answered")))
DEBTS.put("acknowledgements", Acknowledgements())
