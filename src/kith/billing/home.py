"""What billing puts on a person's home: bills still to pay."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from kith.billing.invoices.queries import bills_due
from kith.kernel.clock import at_local, local_date
from kith.kernel.money import Money
from kith.people.persons.models import Person
from kith.portal.home.cards import CARDS, FAMILIES, STAMPS, Card, Zone, stamp_of

SHOWN = 3


class MyBills:
    """The card of bills; one query."""

    def cards(self, *, person: Person, roles: frozenset[str], at: datetime) -> Sequence[Card]:
        """Return one card while a bill is to be paid, due with the first of them."""
        del roles
        day = local_date(at, person.zone)
        bills = list(bills_due(person_id=person.pk, day=day)[:SHOWN])
        if not bills:
            return []
        return [
            Card(
                key="billing.due",
                title=_("Bills to pay"),
                template="billing/bills/card.html",
                context={"rows": [(bill, Money(bill.due, bill.currency)) for bill in bills]},
                why=_("These bills are yours, and something of them is still to be paid."),
                zone=Zone.TODO,
                due_at=at_local(bills[0].due_on, 23, 59, person.zone),
                weight=40,
            )
        ]


CARDS.put("billing.due", MyBills())
STAMPS.put(
    "billing.due",
    stamp_of(
        "SELECT i.id, i.xmin || ' ' || (SELECT count(*) FROM billing_allocation a WHERE a.invoice_id = i.id) AS mark "
        "FROM billing_invoice i JOIN billing_payer p ON p.id = i.payer_id "
        "WHERE p.person_id = %(person)s OR p.organization_id IN (SELECT t.for_organization_id FROM people_tie t "
        "WHERE t.person_id = %(person)s AND t.for_organization_id IS NOT NULL)"
    ),
)
FAMILIES.put("billing.due", _("Bills to pay"))
