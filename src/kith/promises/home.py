"""What promises put on a person's home: what I owe, and what I wait for."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of
from kith.promises.commitments.models import Promise
from kith.promises.commitments.queries import owed_by, owed_to
from kith.promises.commitments.showing import owed_lines, shown

SHOWN = 5


def _first(promises: QuerySet[Promise]) -> tuple[list[Promise], int]:
    """Return the first few promises and how many there are; the second query only where there are more."""
    rows = list(promises[: SHOWN + 1])
    return rows[:SHOWN], promises.count() if len(rows) > SHOWN else len(rows)


class MyPromises:
    """The cards of promises."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card for what is owed and one for what is waited for; debts are cards of their keepers."""
        del roles
        return [*self._owed(person, at), *self._awaited(person, at)]

    def _owed(self, person: Person, at: datetime) -> list[Card]:
        promises, number = _first(owed_by(person_id=person.pk))
        if not promises:
            return []
        lines = owed_lines(shown(promises, person_id=person.pk, at=at), [])
        return [
            Card(
                key="promises.owed",
                title=_("My promises"),
                template="promises/commitments/card_owed.html",
                context={"lines": lines, "more": number - len(lines), "now": at},
                why=_("You owe this to somebody."),
                zone=Zone.TODO,
                due_at=lines[0].due_at,
                weight=10,
                mandatory=True,
            )
        ]

    def _awaited(self, person: Person, at: datetime) -> list[Card]:
        promises, number = _first(owed_to(person_id=person.pk))
        if not promises:
            return []
        rows = shown(promises, person_id=person.pk, at=at)
        return [
            Card(
                key="promises.awaited",
                title=_("What I am waiting for"),
                template="promises/commitments/card_awaited.html",
                context={"rows": rows, "more": number - len(rows), "now": at},
                why=_("Somebody owes this to you."),
                zone=Zone.CONCERNS,
                weight=20,
            )
        ]


CARDS.put("promises", MyPromises())
STAMPS.put(
    "promises",
    stamp_of(
        "SELECT p.id, p.xmin::text AS mark FROM promises_promise p "
        "WHERE p.owner_id = %(person)s AND p.state IN ('open', 'paused') "
        "UNION SELECT p.id, p.xmin::text FROM promises_promise p "
        "WHERE p.waiting_person_id = %(person)s AND p.state IN ('open', 'paused')"
    ),
)
FAMILIES.put("promises.owed", _("My promises"))
FAMILIES.put("promises.awaited", _("What I am waiting for"))
