"""The tax report: what was given to whom in a year, and what of it is income by the rule of the country."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from kith.commerce.gifts.models import Donation, Given
from kith.commerce.gifts.taxing import Threshold, Worth, taxable, threshold_of
from kith.kernel.clock import local_date
from kith.people.persons.models import Person


@dataclass(frozen=True)
class Reported:
    """One gift: `kind` “gift” or “donation”; `income` is None where no rule or another currency leaves it open.

    The worth of a gift that went to a charity instead is reported without an income: who gave it away got nothing.
    """

    person: Person
    country: str
    day: date
    kind: str
    what: str
    amount: Decimal
    currency: str
    rule: Threshold | None
    income: Decimal | None


def report(*, year: int, country: str = "") -> Iterator[Reported]:
    """Yield the gifts of a calendar year by country and person, of one country where one is given."""
    for (land, _person_id), rows in groupby(_rows(year, country), key=lambda row: (row.country, row.person.pk)):
        found = list(rows)
        rule = threshold_of(country=land, day=date(year, 12, 31))
        gifts = [row for row in found if row.kind == "gift"]
        incomes = iter(taxable([Worth(row.day, row.amount, row.currency) for row in gifts], rule)) if rule else None
        for row in found:
            income = next(incomes) if incomes is not None and row.kind == "gift" else None
            yield Reported(
                row.person, land, row.day, row.kind, row.what, row.amount, row.currency, rule,
                Decimal(0) if row.kind == "donation" else income,
            )  # fmt: skip


def _rows(year: int, country: str) -> Sequence[Reported]:
    given = Given.objects.filter(year=year).exclude(order__status="cancelled")
    donated = Donation.objects.filter(year=year)
    if country:
        given, donated = given.filter(country=country), donated.filter(country=country)
    found = [
        Reported(
            row.person, row.country, local_date(row.at, row.person.zone), "gift", str(row.gift.product.name), row.cost,
            row.currency, None, None,
        )
        for row in given.select_related("person", "gift__product")
    ]  # fmt: skip
    found += [
        Reported(
            row.person, row.country, local_date(row.at, row.person.zone), "donation", row.charity.name, row.amount,
            row.currency, None, None,
        )
        for row in donated.select_related("person", "charity")
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row.country, row.person.pk, row.day))
