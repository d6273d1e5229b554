"""Due work of gifts: every hour addresses of parcels that arrived are forgotten."""

from datetime import datetime, timedelta

from kith.commerce.gifts.purging import forget_addresses
from kith.kernel.tasks import tick


@tick("commerce.gift-addresses", every=timedelta(hours=1))
def forget(at: datetime) -> None:
    """Forget where gifts went."""
    forget_addresses(at=at)
