"""The kinds of value that gift budgets are: money, one kind a currency."""

from django.utils.translation import gettext_lazy as _

from kith.ledger.lots.kinds import KINDS, Kind

GIFT_BUDGET = "gift-budget"
CURRENCIES = (
    "AUD", "BRL", "CAD", "CHF", "CNY", "CZK", "DKK", "EUR", "GBP", "HKD", "HUF", "IDR", "INR", "JPY", "KRW", "MXN",
    "MYR", "NOK", "NZD", "PHP", "PLN", "RON", "SEK", "SGD", "THB", "TRY", "TWD", "USD", "VND", "ZAR",
)  # fmt: skip


def budget_kind(currency: str) -> str:
    """Return the ledger's kind of a gift budget in a currency, `gift-budget-vnd`."""
    return f"{GIFT_BUDGET}-{currency.lower()}"


for _currency in CURRENCIES:
    KINDS.put(budget_kind(_currency), Kind(budget_kind(_currency), _("Gift budget"), "money", _currency))
