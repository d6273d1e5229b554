"""Columns and values of holdings in words a person reads."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.kernel.texts import Text
from kith.portal.shell.words import day, number, when

LONGEST = 240
_AMOUNT = re.compile(r"^-?\d{1,16}\.\d{4}$", re.ASCII)  # as amounts of money are kept
HIDDEN = frozenset({"public_id", "sort_key", "html", "folded", "seen_sha256", "body_sha256"})
"""Columns that stand in the file only: they tell a reader nothing, or the same again."""

LABELS: dict[str, Promise] = {
    "active": gettext_lazy("Active"),
    "address": gettext_lazy("Address"),
    "amount": gettext_lazy("Amount"),
    "answer": gettext_lazy("Answer"),
    "answered_at": gettext_lazy("Answered"),
    "asked_at": gettext_lazy("Asked"),
    "at": gettext_lazy("When"),
    "birth_day": gettext_lazy("Day of birth"),
    "birth_month": gettext_lazy("Month of birth"),
    "birth_year": gettext_lazy("Year of birth"),
    "birthday_calendar": gettext_lazy("Calendar of the birthday"),
    "birthday_visibility": gettext_lazy("Who may know my birthday"),
    "body": gettext_lazy("Text"),
    "cancelled": gettext_lazy("Cancelled"),
    "category": gettext_lazy("What it is about"),
    "closed_at": gettext_lazy("Closed"),
    "code": gettext_lazy("Code"),
    "consent_text": gettext_lazy("What I agreed to"),
    "created_at": gettext_lazy("Made"),
    "currency": gettext_lazy("Currency"),
    "delivered_at": gettext_lazy("Arrived"),
    "due_at": gettext_lazy("Due"),
    "due_on": gettext_lazy("Due"),
    "expires_at": gettext_lazy("Ends"),
    "expires_on": gettext_lazy("Ends"),
    "external_id": gettext_lazy("External id"),
    "for_organization": gettext_lazy("For the firm"),
    "full_name": gettext_lazy("Full name"),
    "given": gettext_lazy("Wanted"),
    "kept_at": gettext_lazy("Kept"),
    "kind": gettext_lazy("What"),
    "language": gettext_lazy("Language"),
    "last_seen_at": gettext_lazy("Used last"),
    "mailbox": gettext_lazy("Mailbox"),
    "message": gettext_lazy("Message"),
    "message_class": gettext_lazy("Class of messages"),
    "method": gettext_lazy("Way of paying"),
    "month": gettext_lazy("Month"),
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number"),
    "opened_at": gettext_lazy("Opened"),
    "organization": gettext_lazy("Company"),
    "payer_lines": gettext_lazy("Address"),
    "payer_name": gettext_lazy("Billed to"),
    "phone": gettext_lazy("Phone"),
    "placed_at": gettext_lazy("Placed"),
    "preferred_name": gettext_lazy("Preferred name"),
    "proof": gettext_lazy("Proof"),
    "quantity": gettext_lazy("Quantity"),
    "reason": gettext_lazy("Why"),
    "role": gettext_lazy("Role"),
    "sent_at": gettext_lazy("Sent"),
    "shift": gettext_lazy("Shift"),
    "ship_to": gettext_lazy("Where it goes"),
    "shipped_at": gettext_lazy("Sent"),
    "since": gettext_lazy("Since"),
    "site": gettext_lazy("Site"),
    "sku": gettext_lazy("SKU"),
    "source": gettext_lazy("Said where"),
    "stars": gettext_lazy("Stars"),
    "state": gettext_lazy("State"),
    "status": gettext_lazy("State"),
    "store": gettext_lazy("Store"),
    "subject": gettext_lazy("Title"),
    "submitted_at": gettext_lazy("Submitted"),
    "system": gettext_lazy("System"),
    "text": gettext_lazy("Text"),
    "title": gettext_lazy("Title"),
    "topic": gettext_lazy("What it is about"),
    "total": gettext_lazy("Total"),
    "unit": gettext_lazy("Unit"),
    "unit_price": gettext_lazy("Price of one"),
    "until": gettext_lazy("Until"),
    "username": gettext_lazy("Signs in as"),
    "value": gettext_lazy("Value"),
    "what": gettext_lazy("What"),
    "words": gettext_lazy("Words"),
    "zone": gettext_lazy("Time zone"),
}


def label_of(name: str) -> str:
    """Return what a column or lookup is called: its own word, else the name with spaces."""
    own = name.removesuffix("__name").removesuffix("__code").rpartition("__")[2]
    return str(LABELS[own]) if own in LABELS else own.replace("_", " ").capitalize()


def shown(value: Any, *, language: str) -> str:
    """Return a value as a person reads it: instants and days in words, texts in their language, long ones cut."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, Mapping):
        return _cut(Text(value).in_language(language) if value else "")
    if isinstance(value, list):
        return _cut(", ".join(str(each) for each in value))
    return _in_words(value) if isinstance(value, str) else str(value)


def _in_words(text: str) -> str:
    if _AMOUNT.match(text):
        cents = text.rpartition(".")[2].rstrip("0")
        return number(Decimal(text), len(cents))
    if text[:4].isdigit() and text[4:5] == "-":
        try:
            return day(date.fromisoformat(text)) if len(text) == 10 else when(datetime.fromisoformat(text))  # noqa: PLR2004  (a day in ISO 8601)
        except ValueError:
            return _cut(text)
    return _cut(text)


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
