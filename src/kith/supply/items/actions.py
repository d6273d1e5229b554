"""Writes of items."""

from django.db import transaction
from django.utils.translation import gettext as _
from stdnum import ean
from stdnum.exceptions import ValidationError

from kith.kernel.refusals import BadInput
from kith.kernel.texts import Text
from kith.supply.items.models import Item, Tracking


def checked_gtin(gtin: str) -> str:
    """Return a GS1 number of 8, 12, 13 or 14 digits without spaces, "" for none; refuse a wrong check digit."""
    if not gtin.strip():
        return ""
    try:
        return str(ean.validate(gtin))
    except ValidationError as error:
        raise BadInput(
            _("“%s” is not a GTIN: its last digit does not fit the others.") % gtin[:20], field="gtin"
        ) from error


def save_item(
    *,
    sku: str,
    name: Text,
    description: Text | None = None,
    gtin: str = "",
    measure: str = "C62",
    tracking: Tracking = Tracking.NONE,
    is_stocked: bool = True,
) -> Item:
    """Save an item under its SKU, new or known."""
    sku = sku.strip()
    if not 1 <= len(sku) <= 64:  # noqa: PLR2004  (the column's length)
        raise BadInput(_("A SKU has 1 to 64 characters."), field="sku")
    with transaction.atomic():
        item, _new = Item.objects.update_or_create(
            sku=sku,
            defaults={
                "name": name,
                "description": description or Text(),
                "gtin": checked_gtin(gtin),
                "measure": measure,
                "tracking": tracking,
                "is_stocked": is_stocked,
            },
        )
    return item
