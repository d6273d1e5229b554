"""Every row of `kith bench` by its name, and the one that is measured only when it is asked for."""

from collections.abc import Callable

from kith.config.benches import asking, footprint, live, loading, orders, pages, rows
from kith.config.benches.measuring import Row

IF_NAMED = "up-people"
BENCHES: dict[str, Callable[[int], Row]] = {
    **rows.BENCHES,
    **pages.BENCHES,
    **orders.BENCHES,
    **asking.BENCHES,
    **loading.BENCHES,
    **live.BENCHES,
    **footprint.BENCHES,
}
