"""Reads of the check-out: what is bought, how it may be paid, whom the bill may be for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from kith.billing.payers.models import Payer
from kith.billing.processes.methods import Asked
from kith.billing.processes.queries import Offer, current, offered
from kith.commerce.baskets.queries import quoted
from kith.commerce.baskets.quotes import Quote
from kith.commerce.prices.queries import Counter
from kith.people.organizations.models import Organization
from kith.people.ties.models import Tie
from kith.people.ties.queries import in_force

NOBODY = 0


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page shows: quote, ways of paying, firms to order for, and where the last order went."""

    quote: Quote
    offers: list[Offer]
    firms: list[Organization]
    last_address: str = ""

    @property
    def may_order(self) -> bool:
        """Whether nothing stands in the way."""
        ways = any(not offer.problem for offer in self.offers)
        return bool(self.quote.lines) and not self.quote.problems and (ways or not self.quote.total)


def laid_out(*, counter: Counter, wanted: Mapping[int, int], language: str, at: datetime) -> Desk:
    """Return what the check-out page shows at a counter."""
    quote = quoted(counter=counter, wanted=wanted, language=language)
    person_id = counter.person_id
    offers: list[Offer] = []
    if quote.total:
        asked = Asked(person_id or NOBODY, counter.store.organization_id, quote.total, language, at)
        offers = offered(process=counter.process or current(code=counter.store.process), asked=asked)
        offers = [offer for offer in offers if person_id is not None or not offer.needs_sign_in]
    address = ""
    if person_id is not None:
        address = Payer.objects.filter(person_id=person_id).values_list("address", flat=True).first() or ""
    return Desk(quote, offers, firms_of(person_id=person_id, counter=counter), address)


def firms_of(*, person_id: int | None, counter: Counter) -> list[Organization]:
    """Return the outside firms a person may order for, by name."""
    if person_id is None:
        return []
    ties = Tie.objects.filter(in_force(counter.day), person_id=person_id, for_organization__isnull=False)
    found = {tie.for_organization_id: tie.for_organization for tie in ties.select_related("for_organization")}
    return sorted((firm for firm in found.values() if firm is not None), key=lambda firm: firm.name)
