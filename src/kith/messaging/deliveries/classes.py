"""What each class of messages rests on and may do: legal basis, hours, caps, digest. The arbiter reads only this."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from kith.messaging.deliveries.models import MessageClass


class Basis(StrEnum):
    """The legal bases of GDPR art. 6(1) that messages rest on."""

    CONSENT = "consent"
    CONTRACT = "contract"
    LEGAL_DUTY = "legal-duty"
    LEGITIMATE_INTEREST = "legitimate-interest"


@dataclass(frozen=True)
class Cap:
    """At most `number` messages by mail, push or SMS to a person within `within`; the others stand in the inbox."""

    number: int
    within: timedelta


@dataclass(frozen=True)
class Rules:
    """What a class may do. `held`: it waits for the person's hours. `asks_outsiders`: who is no employee must say yes.

    `sms` and `sms_cap`: whether a person without another way is told by SMS, and how often.
    """

    label: StrOrPromise
    basis: Basis
    why: StrOrPromise
    held: bool = False
    refusable: bool = False
    asks_outsiders: bool = False
    cap: Cap | None = None
    sms: bool = False
    sms_cap: Cap | None = None


WEEK = timedelta(days=7)
CLASSES: dict[str, Rules] = {
    MessageClass.SAFETY: Rules(
        label=_("Safety and urgent notices"),
        basis=Basis.LEGAL_DUTY,
        why=_("An employer must warn everyone in time; it cannot be refused."),
        sms=True,
    ),
    MessageClass.TRANSACTIONAL: Rules(
        label=_("What you asked for yourself"),
        basis=Basis.CONTRACT,
        why=_("It belongs to something you ordered, asked for or were promised."),
        sms=True,
        sms_cap=Cap(5, timedelta(days=1)),
    ),
    MessageClass.SERVICE: Rules(
        label=_("News and notices for your daily work"),
        basis=Basis.LEGITIMATE_INTEREST,
        why=_("You need it for your work or for what you have from us; you choose where it comes."),
        held=True,
        sms=True,
        sms_cap=Cap(2, timedelta(days=1)),
    ),
    MessageClass.SURVEY: Rules(
        label=_("Surveys"),
        basis=Basis.LEGITIMATE_INTEREST,
        why=_("We want to know how we do; you can refuse at any time."),
        held=True,
        refusable=True,
        cap=Cap(1, WEEK),
    ),
    MessageClass.MARKETING: Rules(
        label=_("Offers and news of products"),
        basis=Basis.CONSENT,
        why=_("Only with your consent; colleagues get the offers of the staff store until they refuse."),
        held=True,
        refusable=True,
        asks_outsiders=True,
        cap=Cap(2, WEEK),
    ),
}
BASES: dict[Basis, StrOrPromise] = {
    Basis.CONSENT: _("your consent"),
    Basis.CONTRACT: _("a contract or request"),
    Basis.LEGAL_DUTY: _("a legal duty"),
    Basis.LEGITIMATE_INTEREST: _("a legitimate interest"),
}
DIGESTED = (MessageClass.SERVICE, MessageClass.SURVEY, MessageClass.MARKETING)
"""Classes that a person may have told together once a day or a week."""
REFUSABLE = tuple(MessageClass(code) for code, rules in CLASSES.items() if rules.refusable)
