"""The kindnesses of words and presents: greet, offer a choice of gifts, credit points."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from kith.care.fields import Field, FieldKind
from kith.care.kindnesses import KINDNESSES, NAMES, Occasion
from kith.care.offers.linked import choice_link
from kith.care.offers.models import GiftOffer
from kith.kernel.clock import local_date
from kith.kernel.money import Money
from kith.kernel.subjects import Subject
from kith.kernel.texts import Text, text
from kith.ledger.lots.actions import grant
from kith.ledger.lots.kinds import KINDS, LedgerUnit
from kith.messaging.deliveries.actions import NewMessage, send_message
from kith.messaging.deliveries.models import MessageClass
from kith.messaging.wording.shelf import fill
from kith.people.organizations.models import Organization, OrganizationKind
from kith.portal.shell import words


def filled(said: Mapping[str, str], occasion: Occasion) -> Text:
    """Return words of a step with the placeholders of an occasion replaced."""
    values: dict[str, Text | str] = {"name": occasion.person.name, **occasion.values}
    return fill(text(said), values=values, allowed=(*NAMES, *occasion.values))


ANSWERS: Sequence[dict[str, Any]] = (
    {"kind": "good", "label": {"en": "All is well", "vi": "Mọi việc đều ổn", "zh-Hans": "一切都好"}},
    {"kind": "bad", "label": {"en": "Something is missing", "vi": "Tôi còn thiếu điều gì đó", "zh-Hans": "还缺点什么"}},
    {"kind": "pass", "label": {"en": "I would rather not say", "vi": "Tôi không muốn nói", "zh-Hans": "我不想说"}},
)
"""What a greeting that asks lets a person answer; conditions count them from 0."""


def _questions() -> Sequence[tuple[str, str]]:
    return (("", _("asks nothing")), ("well", _("asks whether all is well")))


class Greet:
    """Greets a person in their language; `title` and `body` are texts that may hold {name}."""

    label = gettext_lazy("Greet")
    icon = "mail"
    fields: Sequence[Field] = (
        Field("title", gettext_lazy("Greeting"), FieldKind.WORDS),
        Field("body", gettext_lazy("Text"), FieldKind.LONG_WORDS),
        Field("leads_to_gifts", gettext_lazy("Leads to the gifts"), FieldKind.YES),
        Field("asks", gettext_lazy("Asks for an answer"), FieldKind.CHOICE, choices=_questions),
    )

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Send the greeting, once for the step; it leads to the gifts where the step says so."""
        asks = bool(step.get("asks"))
        leads = step.get("leads_to_gifts") and not asks
        link = choice_link(run_id=occasion.run_id, person=occasion.person) if leads else ""
        message = NewMessage(
            title=filled(step["title"], occasion),
            body=filled(step["body"], occasion),
            message_class=MessageClass.TRANSACTIONAL,
            link=link,
            needs_acknowledgement=asks,
            options=ANSWERS if asks else (),
            dedupe_key=f"care:{occasion.run_id}:{occasion.position}",
            wording="care.greeting",
        )
        send_message(message=message, to=[occasion.person.pk], at=at)

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Quote the greeting."""
        title = text(step["title"]).in_language(get_language() or "en")
        if step.get("asks"):
            return _("sends “%s” in the person's language, and asks whether all is well") % title
        return _("sends “%s” in the person's language") % title


def _currencies() -> Sequence[tuple[str, str]]:
    """Return the currencies of which the ledger has a gift budget."""
    found = {kind.currency for kind in KINDS if kind.currency}
    return [(code, code) for code in sorted(found)]


class OfferGift:
    """Lets a person choose one gift; `budget`, `currency`, `days` to choose."""

    label = gettext_lazy("Offer a gift")
    icon = "gift"
    fields: Sequence[Field] = (
        Field("budget", gettext_lazy("Worth up to"), FieldKind.AMOUNT, start="0", most=10**9),
        Field("currency", gettext_lazy("Currency"), FieldKind.CHOICE, choices=_currencies, start="VND"),
        Field("days", gettext_lazy("Days to choose"), FieldKind.NUMBER, start=30, least=1, most=90),
    )

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Open the offer, once for the run."""
        GiftOffer.objects.get_or_create(
            run_id=occasion.run_id,
            defaults={
                "person": occasion.person,
                "budget": Decimal(step["budget"]),
                "currency": step["currency"],
                "offered_at": at,
                "until": at + timedelta(days=int(step["days"])),
            },
        )

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say how much and how long."""
        budget = words.money(Money(Decimal(step["budget"]), step["currency"]))
        return _("offers a gift worth up to %(budget)s, to be chosen within %(days)s days") % {
            "budget": budget,
            "days": step["days"],
        }


def _stores_of_value() -> Sequence[tuple[str, str]]:
    """Return the ledger's kinds of points and quotas, and of money those in the currencies of our companies."""
    ours = set(Organization.objects.filter(kind=OrganizationKind.OURS).values_list("currency", flat=True))
    counted = {LedgerUnit.POINTS, LedgerUnit.UNITS}
    kinds = [kind for kind in KINDS if kind.unit in counted or kind.currency in ours - {""}]
    return [(kind.code, f"{kind.label} ({kind.currency})" if kind.currency else str(kind.label)) for kind in kinds]


class Credit:
    """Grants points or a budget in the ledger; `kind`, `amount`, for how many `days` it holds (0: for ever)."""

    label = gettext_lazy("Credit points or a budget")
    icon = "coins"
    fields: Sequence[Field] = (
        Field("kind", gettext_lazy("Of what"), FieldKind.CHOICE, choices=_stores_of_value),
        Field("amount", gettext_lazy("How many"), FieldKind.NUMBER, start=10, least=1, most=100_000_000),
        Field("days", gettext_lazy("Days they hold (0: for ever)"), FieldKind.NUMBER, start=365, most=3650),
    )

    def do(self, *, occasion: Occasion, step: Mapping[str, Any], at: datetime) -> None:
        """Grant them, once for the step."""
        day, days = local_date(at, occasion.person.zone), int(step["days"])
        grant(
            holder=Subject("person", occasion.person.pk), kind=step["kind"], amount=Decimal(step["amount"]),
            valid_from=day, expires_on=day + timedelta(days=days) if days else None, at=at, once=True,
            source=f"care:{occasion.run_id}:{occasion.position}",
        )  # fmt: skip

    def explain(self, *, step: Mapping[str, Any]) -> str:
        """Say how many of which."""
        label = KINDS.get(step["kind"]).label if step["kind"] in KINDS else step["kind"]
        return _("credits %(amount)s × %(kind)s") % {"amount": step["amount"], "kind": label}


KINDNESSES.put("greet", Greet())
KINDNESSES.put("offer-gift", OfferGift())
KINDNESSES.put("credit", Credit())
